/*
 * What the database must look like and how a connection to it must behave,
 * whoever wrote the file.
 *
 * There is one connection at a time (folder.h), and it locks the file for
 * itself: so no memory is shared or mapped, and what SQLite before 3.51.3 can
 * do wrong to a log with several connections cannot happen. Another program
 * that has the file open makes us work without it, at once: nothing waits.
 * Nothing is synced (schema.c says why), so a row may be lost or torn by a
 * power cut; its seal tells.
 */
#ifndef TMPGUARD_STORE_SCHEMA_H
#define TMPGUARD_STORE_SCHEMA_H

#include "core/base/error.h"
#include "store/database.h"

#define SCHEMA_PAGE_SIZE 4096

/* Limit what a hostile file can make SQLite do. Touches no file. */
void schema_harden(struct sqlite3 *sqlite);

/*
 * Set the pragmas, make the table in an empty file, and verify that the file
 * holds our table and nothing else. Returns 0, or -1 and *err; a file that
 * looks otherwise is `damaged`.
 */
int schema_prepare(struct database *database, struct error *err);

#endif

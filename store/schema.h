/*
 * What the database must look like and how a connection to it must behave,
 * whoever wrote the file.
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

/*
 * The first bytes of an SQLite file, read without SQLite: opening a file with
 * it may already change that file, and not every file is ours to change.
 */
#ifndef TMPGUARD_STORE_HEADER_H
#define TMPGUARD_STORE_HEADER_H

#include <stddef.h>

/* So much of the file says what it is, in bytes. */
#define HEADER_SIZE 100

/* "tgrd", where SQLite files say whose they are. */
#define HEADER_APPLICATION_ID 0x74677264

/* The version of our tables; another one is not read. */
#define HEADER_SCHEMA_VERSION 2

enum header_kind {
    HEADER_EMPTY,   /* no bytes: a file to begin in */
    HEADER_OURS,    /* made by this version */
    HEADER_OLDER,   /* made by an older version */
    HEADER_NEWER,   /* made by a newer version */
    HEADER_FOREIGN, /* another program's database */
    HEADER_DAMAGED, /* no database at all */
};

/* What a file is that begins with these bytes; size < HEADER_SIZE: all of it.
 */
enum header_kind header_kind(const unsigned char *bytes, size_t size);

#endif

/*
 * The cache's files in its folder, as files: what is in their place, begin
 * afresh, set aside, remove. Only the owner of the folder may do any of it,
 * and none of it while the database is open.
 */
#ifndef TMPGUARD_STORE_FILES_H
#define TMPGUARD_STORE_FILES_H

#include "core/base/error.h"
#include "store/folder.h"
#include "store/header.h"

#define FILES_DATABASE "cache.db"
#define FILES_BAD      "cache.db.bad" /* the last one that was set aside */

/*
 * Is what stands in the database's place, and beside it, absent or a regular
 * file of ours? Returns 0, or -1 and *err. Follows and opens nothing.
 */
int files_check(const struct folder *folder, struct error *err);

/* What kind of file the database is; HEADER_EMPTY if there is none. */
int files_kind(const struct folder *folder, enum header_kind *kind,
               struct error *err);

/* Put an empty file, mode 0600, in the database's place, and nothing beside. */
int files_begin(const struct folder *folder, struct error *err);

/* Move the database to FILES_BAD, over an earlier one. */
int files_set_aside(const struct folder *folder, struct error *err);

/* Delete all of ours: the database, what is beside it, FILES_BAD, the lock. */
int files_remove(const struct folder *folder, struct error *err);

/* The absolute path of the database, for free(). */
char *files_path(const struct folder *folder);

#endif

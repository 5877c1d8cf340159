/*
 * Small files on disk: read whole, written under a temporary name and then
 * renamed, so that nobody ever sees half of one.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_DISK_H
#define TMPGUARD_HOOKS_SYSTEM_DISK_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/* A larger file is not read, in bytes. */
#define DISK_SIZE_MAX ((size_t)16 << 20)

/* A list of paths that we own. Start from { 0 }. */
struct paths {
    char **items;
    size_t items_count, items_room;
};

void paths_release(struct paths *paths);

/*
 * Append a file's bytes to *bytes. Returns 1, 0 if there is none, or -1 and
 * *err: unreadable, no regular file, over the limit.
 */
int disk_read(struct buffer *bytes, const char *path, struct error *err);

/* Does the file hold exactly these bytes? Unreadable is no. */
bool disk_holds(const char *path, struct text bytes);

/* Is there anything by that name, a dangling link too? */
bool disk_has(const char *path);

/* Write all of it to an open file: 0, or -1 and errno. */
int disk_write_all(int fd, struct text bytes);

/* Put a file in place, over one that is there. Returns 0, or -1 and *err. */
int disk_write(const char *path, struct text bytes, mode_t mode,
               struct error *err);

/* The same by git's rule for its files: the new one is PATH.lock, and nobody
 * else may be writing. */
int disk_write_locked(const char *path, struct text bytes, mode_t mode,
                      struct error *err);

/* FOLDER/NAME, for free(). */
char *disk_join(const char *folder, const char *name);

/* Append the folders that make_folders would make to *missing, outermost
 * first. */
void disk_missing(struct paths *missing, const char *path);

/* Make a folder and those above it. Returns 0, or -1 and *err. */
int disk_make_folders(const char *path, struct error *err);

/* Delete a file. One that is not there is fine. Returns 0, or -1 and *err. */
int disk_remove(const char *path, struct error *err);

/* The path without symbolic links, for free(); its last parts may not exist.
 */
char *disk_resolve(const char *path);

/* Is `path` the folder, or in it? Both are resolved. */
bool disk_is_below(const char *path, const char *folder);

#endif

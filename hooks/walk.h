/*
 * Walking folders on disk: never recursive, sorted, following no links.
 */
#ifndef TMPGUARD_HOOKS_WALK_H
#define TMPGUARD_HOOKS_WALK_H

#include <stdbool.h>

#include "core/buffer.h"
#include "core/error.h"

struct walk_visitor {
    /* A regular file: the path that opens it, and the one to show. */
    void (*file)(void *payload, const char *path, const char *shown);
    /* Shall this folder be entered? Not asked about the first. */
    bool (*enter)(void *payload, const char *path, const char *shown);
    /* A folder that could not be read, and why. */
    void (*unreadable)(void *payload, const char *shown, const char *reason);
    void *payload;
};

/*
 * Visit the files of a folder and of the folders below it, but of no folder
 * named `.git`. What is shown begins with `shown`; "" shows what is relative
 * to the folder. Symbolic links and special files are passed over.
 */
void walk_folder(const char *path, const char *shown,
                 const struct walk_visitor *visitor);

/*
 * Append the bytes of a regular file to *bytes, if there are at most size_max.
 * Never blocks on a pipe and follows no link at the end of the path. With
 * `wanted` (may be NULL) the file is read on only if that says so of its first
 * 512 bytes or less. Returns 1, 0 if it is not wanted, -1 and *err.
 */
int walk_read(struct buffer *bytes, const char *path, size_t size_max,
              bool (*wanted)(struct text head), struct error *err);

#endif

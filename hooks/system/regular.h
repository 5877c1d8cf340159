/*
 * Reading regular files whole.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_REGULAR_H
#define TMPGUARD_HOOKS_SYSTEM_REGULAR_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/*
 * Append the bytes of a regular file to *bytes, if there are at most size_max.
 * The path is relative to the open `folder`, which may be AT_FDCWD. Never
 * blocks on a pipe and follows no link at the end of the path. With `wanted`
 * (may be NULL) the file is read on only if that says so of its first 512
 * bytes or less. Returns 1, 0 if it is not wanted, -1 and *err.
 */
int regular_read(struct buffer *bytes, int folder, const char *path,
                 size_t size_max, bool (*wanted)(struct text head),
                 struct error *err);

#endif

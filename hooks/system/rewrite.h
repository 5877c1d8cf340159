/*
 * Changing a file that others may be changing, too.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_REWRITE_H
#define TMPGUARD_HOOKS_SYSTEM_REWRITE_H

#include "core/base/error.h"
#include "core/base/text.h"

/*
 * Put `after` in place of a regular file that holds `before`, whole or not at
 * all: a new file beside it with the same owner and mode, then a rename.
 * Returns 0, or -1 and *err with the file as it was: it is no regular file (no
 * link is followed), has other names, holds something else by now, or cannot
 * be written.
 */
int rewrite_file(const char *path, struct text before, struct text after,
                 struct error *err);

#endif

/*
 * A unified diff, as `git apply` and `patch -p1` take it.
 */
#ifndef TMPGUARD_CORE_FIX_PATCH_H
#define TMPGUARD_CORE_FIX_PATCH_H

#include "core/fix/edits.h"

/* Lines around a change. */
#define PATCH_CONTEXT 3

/* Append the diff of the file `path` that settled edits make of the text;
   nothing if there are none. */
void patch_append(struct buffer *out, struct text path, struct text text,
                  const struct edits *edits);

#endif

/*
 * A value of the cache that may be larger than one entry: it is cut into
 * pieces that all begin with the same check of the whole.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_PIECES_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_PIECES_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "hooks/joint/analyse.h"

/* A larger value is not kept, in bytes. */
#define PIECES_SIZE_MAX ((size_t)24 << 20)

/* Keep a value under a name. */
void pieces_put(struct analyser *analyser, struct text name, struct text value);

/* Append the value of a name; false if it is not there as a whole. */
bool pieces_get(struct analyser *analyser, struct text name,
                struct buffer *value);

#endif

/*
 * An object as instructions on another one, its base (gitformat-pack(5)): copy
 * these bytes of the base, insert those.
 */
#ifndef TMPGUARD_HOOKS_GIT_DELTA_H
#define TMPGUARD_HOOKS_GIT_DELTA_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/text.h"

/* The head of a delta: the sizes of its base and of its result, in bytes. */
bool delta_sizes(struct text delta, size_t *base_size, size_t *size);

/*
 * Write the result, exactly `size` bytes, to `out`. False if the delta is
 * damaged or made for something else: what is at `out` is then undefined.
 */
bool delta_apply(char *out, size_t size, struct text base, struct text delta);

#endif

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
 * The instructions, one after the other: what each gives, never none, in the
 * base where it is copied. Returns 1, 0 at the end, -1 if the delta is damaged.
 */
struct delta_reader {
    struct text base, rest; /* private */
};

bool delta_open(struct delta_reader *reader, struct text base,
                struct text delta);
int delta_next(struct delta_reader *reader, struct text *part);

/*
 * Write the result, exactly `size` bytes, to `out`. False if the delta is
 * damaged or made for something else: what is at `out` is then undefined.
 */
bool delta_apply(char *out, size_t size, struct text base, struct text delta);

#endif

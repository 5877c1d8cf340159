/*
 * The entries of a pack in the order in which they lie in it, and which of
 * them begins at an offset.
 */
#ifndef TMPGUARD_HOOKS_GIT_OFFSETS_H
#define TMPGUARD_HOOKS_GIT_OFFSETS_H

#include <stdint.h>

#include "hooks/git/pack_index.h"

#define OFFSETS_NONE UINT32_MAX

/* Start from OFFSETS_EMPTY. Places are numbered from 0. */
struct offsets {
    uint32_t count;
    uint64_t *offsets; /* by place, ascending */
    uint32_t *entries; /* by place: the entry of the index */
    /* Private: the first place of each range of 2^shift bytes. */
    uint32_t *ranges;
    size_t ranges_count;
    unsigned shift;
};

#define OFFSETS_EMPTY ((struct offsets){ .count = 0 })

/* An entry whose offset is in no table has UINT64_MAX. */
void offsets_open(struct offsets *offsets, const struct pack_index *index);

/* The place of the entry that begins at `offset`, or OFFSETS_NONE. */
uint32_t offsets_find(const struct offsets *offsets, uint64_t offset);

/* Closing an empty one, or twice, is fine. */
void offsets_close(struct offsets *offsets);

#endif

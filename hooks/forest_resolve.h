/*
 * One object from its entry, and from the base that it is a delta on.
 */
#ifndef TMPGUARD_HOOKS_FOREST_RESOLVE_H
#define TMPGUARD_HOOKS_FOREST_RESOLVE_H

#include "core/buffer.h"
#include "hooks/forest_held.h"
#include "hooks/inflate.h"

/* What one thread needs for it. Start from { .inflater = inflater_open() }. */
struct resolver {
    struct inflater *inflater;
    struct shelf shelf;
    struct buffer delta;
    size_t size_max;
};

/*
 * The object of the entry at an offset, held by one user, without number and
 * depth; `base` is NULL for what is stored whole. The delta, if it is made by
 * one, is valid until the next call. NULL and *reason if it cannot be had.
 */
struct held *resolve(struct resolver *resolver, const struct pack *pack,
                     uint64_t offset, const struct forest_object *base,
                     enum forest_reason *reason);

void resolver_release(struct resolver *resolver);

#endif

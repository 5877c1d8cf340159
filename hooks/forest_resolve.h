/*
 * One object from its entry, and from the base that it is a delta on.
 */
#ifndef TMPGUARD_HOOKS_FOREST_RESOLVE_H
#define TMPGUARD_HOOKS_FOREST_RESOLVE_H

#include "core/buffer.h"
#include "hooks/forest_held.h"
#include "hooks/forest_parts.h"
#include "hooks/inflate.h"

/* What one thread needs for it. Start from { .inflater = inflater_open() }. */
struct resolver {
    const struct pack *pack;
    struct inflater *inflater;
    struct shelf shelf;
    struct buffer delta;
    size_t size_max;
};

/*
 * The object of a node, held by one user, without number and depth; `base` is
 * NULL for a root that is stored whole. The delta, if it is made of one, is
 * valid until the next call. NULL and *reason if it cannot be had.
 */
struct held *resolve(struct resolver *resolver, const struct forest_node *node,
                     const struct forest_object *base,
                     enum forest_reason *reason);

void resolver_release(struct resolver *resolver);

#endif

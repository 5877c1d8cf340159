/*
 * One object from its entry, and from the base that it is a delta on.
 */
#ifndef TMPGUARD_HOOKS_GIT_FOREST_RESOLVE_H
#define TMPGUARD_HOOKS_GIT_FOREST_RESOLVE_H

#include "core/base/buffer.h"
#include "hooks/git/forest_held.h"
#include "hooks/git/inflate.h"

/* What one thread needs for it. Start from { .inflater = inflater_open() }. */
struct resolver {
    struct inflater *inflater;
    struct shelf shelf;
    struct buffer delta;
    size_t size_max;
};

/* An entry of a pack: where it lies, and which one of the index it is, or
 * RESOLVE_UNKNOWN; then its checksum is not looked at. */
struct resolve_entry {
    uint64_t offset;
    uint32_t entry;
};

#define RESOLVE_UNKNOWN UINT32_MAX

/*
 * The object of an entry, held by one user, without number and depth; `base`
 * is NULL for what is stored whole. The delta, if it is made by one, is valid
 * until the next call. NULL and *reason if it cannot be had.
 */
struct held *resolve(struct resolver *resolver, const struct pack *pack,
                     const struct resolve_entry *at,
                     const struct forest_object *base,
                     enum forest_reason *reason);

void resolver_release(struct resolver *resolver);

#endif

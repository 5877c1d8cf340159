/*
 * Binary search, written once: the first of some sorted items that is not
 * below what is sought. Who searches says of one item after the other whether
 * it is:
 *
 *     struct bound found = bound_in(0, count);
 *
 *     while (bound_open(&found))
 *         bound_step(&found, items[found.middle] < wanted);
 *
 * found.low is then its number, or count if all of them are below.
 */
#ifndef TMPGUARD_CORE_BASE_BOUND_H
#define TMPGUARD_CORE_BASE_BOUND_H

#include <stdbool.h>
#include <stddef.h>

/* All before `low` are below, none from `high` on is; read `low`, `middle`. */
struct bound {
    size_t low, high;
    size_t middle; /* the one to look at */
};

/* Among the items from `low` up to `high`, without that. */
static inline struct bound bound_in(size_t low, size_t high)
{
    return (struct bound){ low, high, 0 };
}

/* Is there one to look at? */
static inline bool bound_open(struct bound *found)
{
    found->middle = found->low + (found->high - found->low) / 2;
    return found->low < found->high;
}

/* Go on behind it, if it is below, or else before it. */
static inline void bound_step(struct bound *found, bool is_below)
{
    if (is_below)
        found->low = found->middle + 1;
    else
        found->high = found->middle;
}

/* The last one that is below; the first, if none is. */
static inline size_t bound_before(const struct bound *found)
{
    return found->low - (found->low > 0);
}

#endif

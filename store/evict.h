/*
 * Making room: entries of other builds go first, which may never be asked for
 * again, then those that were not used for longest.
 */
#ifndef TMPGUARD_STORE_EVICT_H
#define TMPGUARD_STORE_EVICT_H

#include "store/database.h"

/*
 * In the transaction under way, drop entries until the others need no more
 * than `size_max` bytes, and cut the file. Adds to *count how many went.
 * Returns 0, or -1 and *err.
 */
int evict_to(struct database *database, int64_t build, uint64_t size_max,
             uint64_t *count, struct error *err);

/* The same with all entries of other builds, whatever room there is. */
int evict_others(struct database *database, int64_t build, uint64_t *count,
                 struct error *err);

#endif

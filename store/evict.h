/*
 * Making room: the entries that were not used for longest go first.
 */
#ifndef TMPGUARD_STORE_EVICT_H
#define TMPGUARD_STORE_EVICT_H

#include "store/database.h"

/*
 * In the transaction under way, drop entries until the others need no more
 * than `size_max` bytes, and cut the file. Adds to *count how many went.
 * Returns 0, or -1 and *err.
 */
int evict_to(struct database *database, uint64_t size_max, uint64_t *count,
             struct error *err);

#endif

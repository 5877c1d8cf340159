/*
 * What happened to the cache over all runs, as lines of text in its lock file:
 * whoever holds the lock may write there. Numbers that are lost, as on a full
 * disk, are no loss.
 */
#ifndef TMPGUARD_STORE_COUNTS_H
#define TMPGUARD_STORE_COUNTS_H

#include <stdint.h>

struct counts {
    uint64_t hits, misses;
    uint64_t writes;
    uint64_t skipped;     /* not kept: no room on the disk */
    uint64_t evicted;     /* rows dropped for their age, or their build */
    uint64_t rejected;    /* rows whose seal did not fit */
    uint64_t quarantined; /* bad files set aside */
};

/* What the file says; what it does not say is 0. */
struct counts counts_read(int file);

/* The sum of two. */
struct counts counts_sum(const struct counts *a, const struct counts *b);

/* Add to what the file says, unless all of it is 0. */
void counts_add(int file, const struct counts *more);

#endif

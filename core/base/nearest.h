/*
 * "Did you mean": the known word that is nearest to an unknown one.
 */
#ifndef TMPGUARD_CORE_BASE_NEAREST_H
#define TMPGUARD_CORE_BASE_NEAREST_H

#include <stddef.h>

/* Start from NEAREST_TO(word); offer every known word. */
struct nearest {
    const char *word;
    const char *best;  /* NULL while nothing is near */
    unsigned distance; /* of best */
};

#define NEAREST_TO(unknown) ((struct nearest){ (unknown), NULL, 0 })

void nearest_offer(struct nearest *nearest, const char *known);

/* Insertions, deletions, replacements and swaps of neighbours between two
 * words; longer words than 40 bytes are far from everything. */
unsigned nearest_distance(const char *a, const char *b);

#endif

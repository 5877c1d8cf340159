/*
 * Objects of a walk in memory, with their bytes: counted by who still needs
 * them. What is given back is taken again, by the thread that gave it back.
 */
#ifndef TMPGUARD_HOOKS_GIT_FOREST_HELD_H
#define TMPGUARD_HOOKS_GIT_FOREST_HELD_H

#include "hooks/git/forest.h"

struct held {
    struct held *next; /* on the shelf */
    atomic_uint users;
    unsigned class;
    void *data; /* what `enter` returned */
    struct forest_object object;
    char bytes[];
};

/* Memory that is at hand, by powers of two. Start from { 0 }. */
#define HELD_CLASSES 32

struct shelf {
    struct held *classes[HELD_CLASSES];
    size_t size; /* bytes, of all on it */
};

/* For one user: `size` bytes, not zeroed; object.bytes is set. NULL if no
 * class is that large. */
struct held *held_take(struct shelf *shelf, size_t size);

/* One more user. Returns `held`. */
struct held *held_share(struct held *held);

/* One less. True if it was the last: then nobody else uses it any more, and
 * it is for held_give_back. */
bool held_is_last(struct held *held);
void held_give_back(struct shelf *shelf, struct held *held);

/* Free what is on the shelf. */
void shelf_release(struct shelf *shelf);

#endif

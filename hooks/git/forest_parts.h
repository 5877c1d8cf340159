/*
 * What forest.c builds and forest_walk.c walks.
 */
#ifndef TMPGUARD_HOOKS_GIT_FOREST_PARTS_H
#define TMPGUARD_HOOKS_GIT_FOREST_PARTS_H

#include "hooks/git/forest.h"

/*
 * A node comes before all that is made of it, which lies right behind it:
 * its first branch begins with the next node, each further one `size` nodes
 * behind the one before. Branches grow, so the heaviest is the last.
 */
struct forest_node {
    uint64_t offset;
    uint32_t entry;
    uint32_t size;        /* nodes: itself and all that is made of it */
    unsigned char type;   /* enum object_type; 0: unknown */
    unsigned char reason; /* enum forest_reason; 0: none known yet */
    bool base_elsewhere;  /* a root that is a delta on an object elsewhere */
};

struct forest {
    const struct pack *pack;
    struct forest_node *nodes;
    uint32_t count;
    uint32_t types[OBJECT_TAG + 1];
};

#endif

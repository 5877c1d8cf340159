/*
 * The paths of a tree, or of an index that differs from one, looked up folder
 * by folder: a folder is read when something in it is asked after first.
 */
#ifndef TMPGUARD_HOOKS_JOINT_LISTING_H
#define TMPGUARD_HOOKS_JOINT_LISTING_H

#include "core/base/intern.h"
#include "hooks/git/diff.h"
#include "hooks/git/object.h"

struct repo;

/* Start from { .repo = …, .tree = …, .changes = … }. */
struct listing {
    struct repo *repo;
    struct object_id tree;      /* size 0: nothing */
    const struct diff *changes; /* what stands differently, or NULL */
    struct intern paths;        /* those that are known, */
    struct diff_side *sides;    /* and what stands there; mode 0: nothing */
    size_t sides_count, sides_room;
    struct intern folders; /* those that were read */
};

/*
 * What stands at a path; "" is the root. Returns 1, 0 if nothing does, -1 and
 * *err if a folder on the way cannot be read.
 */
int listing_find(struct diff_side *side, struct listing *listing,
                 struct text path, struct error *err);

void listing_release(struct listing *listing);

#endif

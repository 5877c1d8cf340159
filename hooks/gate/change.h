/*
 * A commit, made or about to be made, against each of its parents.
 */
#ifndef TMPGUARD_HOOKS_GATE_CHANGE_H
#define TMPGUARD_HOOKS_GATE_CHANGE_H

#include "core/base/error.h"
#include "hooks/git/diff.h"

struct repo;

struct change_parent {
    struct object_id commit; /* zero: none, the diff is against nothing */
    struct object_id tree;   /* that it is compared with */
    struct diff diff;        /* from the parent to the change */
    struct diff renames;     /* the same with renames, once change_renames */
    bool renames_known;
};

/* Start from CHANGE_EMPTY. One parent at least. */
struct change {
    struct object_id tree; /* of the commit; size 0: it is the index */
    /* The index: what tree it says itself to be; size 0: it does not. */
    struct object_id index_tree;
    struct change_parent *parents;
    size_t parents_count, parents_room;
};

#define CHANGE_EMPTY ((struct change){ .parents = NULL })

/*
 * The path that `path` had in a parent that has no such path: git's renames,
 * of files that are at least half alike. The old side, or NULL if it is new,
 * in *entry; git computes renames once, on the first question.
 * Returns 0, or -1 and *err.
 */
int change_source(const struct diff_entry **entry, struct change *change,
                  size_t parent, const char *path, struct error *err);

/*
 * What differs between two commits or trees, with the same renames.
 * Returns 0, or -1 and *err; release the diff in either case.
 */
int change_renames(struct diff *renames, const struct object_id *before,
                   const struct object_id *after, struct error *err);

void change_release(struct change *change);

#endif

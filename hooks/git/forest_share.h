/*
 * Who does what of a walk: the trees are taken in small portions, in the order
 * of the pack; once they are out, a thread that has nothing to do is given
 * branches by one that has.
 */
#ifndef TMPGUARD_HOOKS_GIT_FOREST_SHARE_H
#define TMPGUARD_HOOKS_GIT_FOREST_SHARE_H

#include <pthread.h>
#include <stdatomic.h>

#include "hooks/git/forest_held.h"
#include "hooks/git/forest_parts.h"

/* Nodes from `start` up to `end`: whole trees, or one branch and its base. */
struct share {
    uint32_t start, end;
    struct held *base; /* NULL for trees */
};

struct shares {
    const struct forest *forest;
    atomic_uint next;      /* node: the first tree that nobody took */
    atomic_int wanted;     /* threads that wait, less the branches given */
    pthread_mutex_t mutex; /* of all below */
    pthread_cond_t changed;
    unsigned working; /* threads */
    struct share *given;
    size_t given_count, given_room;
};

void shares_open(struct shares *shares, const struct forest *forest);

/* A thread begins; shares_take, which returned false, ends it. */
void shares_begin(struct shares *shares);
bool shares_take(struct shares *shares, struct share *share);

/* Is it worth giving away a branch of `size` nodes? */
bool shares_want(struct shares *shares, uint32_t size);
void shares_give(struct shares *shares, struct share share);

void shares_close(struct shares *shares);

#endif

/*
 * The reduced tree of a commit from that of its parent: only what differs is
 * read. For the few commits that are newer than what is known of a history.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_DIFFERENCE_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_DIFFERENCE_H

#include "hooks/history/history_trees.h"

/*
 * The form of the tree object `tree`, a number of trees->ids, where `base` is
 * the form of the tree object `base_tree`.
 */
uint32_t reduce_difference(struct history_trees *trees, uint32_t base_tree,
                           uint32_t base, uint32_t tree);

#endif

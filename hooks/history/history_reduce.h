/*
 * From the objects of trees to their reduced forms. What the log of the packs
 * has is taken from there, without reading it again; any other tree is read.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_REDUCE_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_REDUCE_H

#include "hooks/history/history_trees.h"

/* The form of the tree object `tree`, a number of trees->ids. */
uint32_t reduce_tree(struct history_trees *trees, uint32_t tree);

/* Its form is known from elsewhere. */
void reduce_know(struct history_trees *trees, uint32_t tree, uint32_t form);

#endif

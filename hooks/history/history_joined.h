/*
 * The reduced trees of a history with what the files of each commit's tree are
 * together (view.h), in place of what each of them is alone.
 *
 * A tree is looked at as a whole only if it differs from a parent's in what
 * that one's answer depends on; all others share the answer of a parent.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_JOINED_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_JOINED_H

#include "hooks/history/history.h"
#include "hooks/history/history_commits.h"
#include "hooks/history/history_trees.h"

/*
 * Replace the reduced tree of each commit of the order. A tree that cannot be
 * looked at is as its files are alone, and reported as incomplete.
 */
void joined_find(uint32_t *roots, struct history_commits *commits,
                 struct history_trees *trees,
                 const struct history_options *options);

#endif

/*
 * Go through all commits, parents first, and follow each finding from the
 * commit that introduced it to the one that removed it.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_FOLD_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_FOLD_H

#include <stdint.h>

#include "hooks/history/history_commits.h"
#include "hooks/history/history_entries.h"
#include "hooks/history/history_states.h"
#include "hooks/history/history_trees.h"

struct history_fold {
    struct history_commits *commits; /* sorted */
    struct history_trees *trees;
    struct entries *entries; /* begun; filled */
    /* Of each commit, while the walk needs it: */
    struct state **states;
    uint32_t *uses;        /* children to come */
    const uint32_t *roots; /* reduced trees */
};

/* Fill the entries, where roots[] has the reduced trees of the commits
 * (history_roots.h). Those live in the tree of a COMMIT_TIP are marked. */
void history_fold(struct history_commits *commits, struct history_trees *trees,
                  const uint32_t *roots, struct entries *entries);

#endif

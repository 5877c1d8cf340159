/*
 * What differs between two trees of a history, by path.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_CHANGES_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_CHANGES_H

#include "hooks/git/diff.h"
#include "hooks/history/history_trees.h"

/* More entries that differ are not looked at one by one. */
#define HISTORY_CHANGES_MAX 1000000

/*
 * A file, or whatever else is no folder, that is new, gone or other than
 * before: what stands there now, mode 0 if nothing does. Of folders only those
 * that are new or gone, before what is in them. False: that is enough.
 */
typedef bool changes_visit(void *payload, struct text path,
                           const struct diff_side *now);

/*
 * Visit what stands differently in the tree `now`, a number of trees->ids, from
 * the tree `before`. Returns 0, or -1 if a folder cannot be read or is over a
 * limit: then not all was visited.
 */
int changes_each(struct history_trees *trees, uint32_t before, uint32_t now,
                 changes_visit *visit, void *payload);

#endif

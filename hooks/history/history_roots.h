/*
 * The reduced tree of each commit: as a snapshot has it, from its parent's, or
 * from the objects.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_ROOTS_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_ROOTS_H

#include "hooks/history/history.h"
#include "hooks/history/history_commits.h"
#include "hooks/history/history_snapshot.h"
#include "hooks/history/history_trees.h"

/*
 * Fill roots[], by number of the commit, for all in order. All that is read of
 * trees and blobs is read here. The snapshot, whose trees were added, may be
 * NULL.
 */
void roots_find(uint32_t *roots, struct history_commits *commits,
                struct history_trees *trees, const struct snapshot *snapshot,
                const struct history_options *options);

#endif

/*
 * Keep what a scan of a whole history found out (history_snapshot.h).
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_SAVE_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_SAVE_H

#include "hooks/history/history_snapshot.h"

/*
 * Keep what was found out of the commits in order, whose reduced trees are in
 * roots[], by number. What is incomplete is left out, or nothing is kept.
 */
void history_save(const struct snapshot_owner *owner,
                  const struct history_commits *commits,
                  const struct history_trees *trees, const uint32_t *roots,
                  const struct report_stats *stats);

#endif

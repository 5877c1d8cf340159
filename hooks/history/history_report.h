/*
 * From the entries of a history to the findings of a report.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_REPORT_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_REPORT_H

#include "hooks/git/pathspec.h"
#include "hooks/history/history_commits.h"
#include "hooks/history/history_entries.h"
#include "hooks/history/history_trees.h"
#include "hooks/joint/report.h"

/*
 * Add those entries to *report that a commit which was asked for introduced or
 * removed, and that stood at one of `paths`.
 */
void history_report(struct report *report, struct history_commits *commits,
                    struct history_trees *trees, struct entries *entries,
                    const struct pathspec *paths);

#endif

/*
 * Which commits were asked for: revisions, or all refs.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_RANGE_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_RANGE_H

#include "core/base/error.h"
#include "hooks/history/history.h"
#include "hooks/history/history_commits.h"

/*
 * Mark the commits: WANTED what is to be walked, TIP what it starts from,
 * HIDDEN what the revisions take away and what is too old, BESIDE what is too
 * new, MAIN what HEAD or, without refs, the first revision reaches. Of the
 * hidden ones only those are wanted that are parents of what is not. Reflogs
 * that lack commits are in *report. Returns 0, or -1 and *err.
 */
int range_mark(struct history_commits *commits,
               const struct history_options *options, struct report *report,
               struct error *err);

/* Was everything asked for, and nothing less? */
bool range_is_whole(const struct history_options *options);

/* Want the hidden commits too: sets commits->deep. */
void range_deepen(struct history_commits *commits);

#endif

/*
 * The same call that several branches introduced, each for itself: commits
 * that were cherry-picked or rebased.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_TWINS_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_TWINS_H

#include <stdint.h>

#include "hooks/history/history_commits.h"
#include "hooks/joint/report.h"

/* Of more calls than this that were introduced several times, the others are
 * left alone: each eight take a walk through all commits. */
#define TWINS_CALLS_MAX 4096

/*
 * Number the findings of a report (report_finding.twin), of which introduced[]
 * has the commits. Those with the same path, function and fingerprint get the
 * same number if none of their commits is an ancestor of another: what comes
 * back on the same line is another one.
 */
void twins_find(struct report *report, const uint32_t *introduced,
                const struct history_commits *commits);

#endif

/*
 * The gate: what would a commit introduce, or did it?
 *
 * A commit introduces a finding that none of its parents has. Findings are
 * compared as multisets (finding_same) within one path, then along renames:
 * a file that is new, and one that is gone and at least half alike. A merge
 * may hold as many of the same call as its parents together, less the merge
 * base's. Suppressed findings count as absent, unless the policy says else.
 */
#ifndef TMPGUARD_HOOKS_GATE_CHECK_H
#define TMPGUARD_HOOKS_GATE_CHECK_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "hooks/joint/analyse.h"
#include "hooks/joint/report.h"

struct deadline;
struct policy;
struct repo;

struct check_options {
    bool codeql_compat; /* findings that are over_approximated too */
    /* What git's settings say, or NULL for nothing; that of the trees, which
     * can be stricter, is added. */
    struct policy *policy;
    /* Of check_pre_receive, or NULL: what is not compared until then makes the
     * report late. */
    const struct deadline *deadline;
    /* Of check_staged, or NULL: takes the tree that is staged, and stays as it
     * is if that cannot be told. */
    struct object_id *staged;
};

/*
 * All of these add what is introduced to *report, as findings that block, and
 * what could not be read or analysed as incomplete; the report is sorted.
 * They return 0, or -1 and *err if nothing was checked: ERROR_USAGE for a
 * revision that does not exist and a policy that is malformed, ERROR_GIT and
 * others if git refuses.
 */

/* What the next commit would introduce. */
int check_staged(struct repo *repo, const struct check_options *options,
                 struct analyser *analyser, struct report *report,
                 struct error *err);

/* What one commit introduced. */
int check_commit(struct repo *repo, const char *revision,
                 const struct check_options *options, struct analyser *analyser,
                 struct report *report, struct error *err);

/*
 * What the commits of "A..B" introduced and B still has, at the place where B
 * has it. "A...B" is B without what A reaches, too.
 */
int check_range(struct repo *repo, const char *range,
                const struct check_options *options, struct analyser *analyser,
                struct report *report, struct error *err);

/*
 * The same for what a push would send: the commits of all lines that git
 * gives its pre-push hook, that no remote-tracking ref has. Without any line,
 * those of HEAD. ERROR_USAGE if a line is not such a line.
 */
int check_pre_push(struct repo *repo, struct text lines,
                   const struct check_options *options,
                   struct analyser *analyser, struct report *report,
                   struct error *err);

/*
 * The same for what a push brought, in git's pre-receive hook, where what was
 * pushed is in quarantine: the commits of all lines that no ref has. A tree
 * that is pushed alone is compared with HEAD's. Without any line, nothing.
 */
int check_pre_receive(struct repo *repo, struct text lines,
                      const struct check_options *options,
                      struct analyser *analyser, struct report *report,
                      struct error *err);

#endif

/*
 * Every insecure call of all past commits: who introduced it, who removed it,
 * and whether it is still there.
 *
 * A commit introduces a finding that none of its parents has, and removes one
 * that all of its parents have. Findings are compared as multisets
 * (finding_same) within one path, then along renames: a file that is gone and
 * one that is new in the same commit, with the same blob or similar lines. A
 * merge may hold as many of the same call as its parents together, less the
 * merge base's.
 *
 * One entry is one call from its introduction to its removal; one that comes
 * back is another entry, and so is a copy. Where two branches introduced the
 * same call and were merged, each has its entry.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "hooks/joint/analyse.h"
#include "hooks/joint/report.h"

struct repo;

/* `what` is a plural noun ("commits"); total is 0 while it is not known.
 * Called by one thread at a time, which need not be that of the scan. */
typedef void history_progress(void *payload, const char *what, uint64_t done,
                              uint64_t total);

/* Refs that add commits, as git's options of these names have it. */
enum history_kind {
    HISTORY_ALL, /* HEAD, those of other worktrees, and every ref */
    HISTORY_BRANCHES,
    HISTORY_TAGS,
    HISTORY_REMOTES,
    HISTORY_REFLOG, /* every commit that a reflog names */
};

struct history_refs {
    enum history_kind kind;
    const char *pattern; /* a glob, below refs/heads/ and so on; or NULL */
};

/* Start from { 0 }: all that refs reach. */
struct history_options {
    /*
     * Revisions as git words them: "B" adds what B reaches, "^A" takes away
     * what A reaches, "A..B" is both, "A...B" is what only one of them
     * reaches. With none, or only "^A", and no refs: HISTORY_ALL.
     */
    const char *const *revisions;
    size_t revisions_count;
    const struct history_refs *refs;
    size_t refs_count;
    /*
     * By the committer's date, as git log has it: not beyond a commit that is
     * older than `since`; those newer than `until` are not listed. Dates as
     * git words them, or NULL.
     */
    const char *since, *until;
    bool first_parent; /* other parents of merges do not exist */
    /* Pathspecs (pathspec.h): list only what stood at one of them. */
    const char *const *paths;
    size_t paths_count;
    bool across_files;  /* what the files of a tree give each other counts */
    bool codeql_compat; /* findings that are over_approximated too */
    unsigned threads;   /* 0: as many as there are processors */
    history_progress *progress; /* NULL: nobody looks */
    void *payload;              /* for progress */
};

/*
 * Fill *report, which starts from REPORT_EMPTY and is sorted at the end:
 *
 *   path, finding, excerpt  as they stood at the introduction
 *   now                     as they stand in the tree of HEAD, else of another
 *                           tip, if that is another place
 *   introduced              never NULL
 *   removed                 NULL while live. Where several branches removed
 *                           it: the oldest commit that HEAD (else, the first
 *                           revision) reaches, else the oldest. NULL and not
 *                           live: only a merge lost it that took another side
 *   elsewhere               the same while it is live: on another branch
 *   live                    in the tree of a ref; with revisions or refs, in
 *                           the tree of one that adds commits (what a reflog
 *                           names does not count)
 *   paths                   all that it had
 *   blocks                  live and not suppressed
 *   stats.commits           commits whose changes were looked at
 *   stats.files             distinct blobs of regular files met,
 *   stats.python_files      of them Python
 *
 * Only what the chosen commits introduced or removed is listed.
 * With across_files each tree is decided as `check` decides it: view.h.
 *
 * What is missing, damaged, or cannot be analysed is in report->incomplete,
 * once each, and is taken to hold what its predecessor held. A commit whose
 * parent is not there (a shallow clone) introduces what it holds, and is
 * incomplete. analyser->stats should be &report->stats.
 *
 * Where paths lead to no finding, those that HEAD (else, the first revision)
 * does not have are in report->notes.
 *
 * Returns 0, or -1 and *err: ERROR_USAGE for a revision that names no commit,
 * a pattern that matches no ref, a date that is none, or a path that cannot
 * be.
 */
int history_scan(struct repo *repo, const struct history_options *options,
                 struct analyser *analyser, struct report *report,
                 struct error *err);

#endif

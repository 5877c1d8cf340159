#include "hooks/history.h"

#include "hooks/history_commits.h"
#include "hooks/history_entries.h"
#include "hooks/history_fold.h"
#include "hooks/history_range.h"
#include "hooks/history_report.h"
#include "hooks/history_trees.h"

struct history {
    struct history_commits commits;
    struct history_blobs blobs;
    struct history_trees trees;
    struct entries entries;
};

/*
 * A range is walked without what lies before it if that cannot matter: one
 * commit is all that lies before, so every merge base is within, and nothing
 * is removed whose introduction lies before.
 */
static bool is_deep(const struct history_commits *commits)
{
    size_t edges = 0;

    for (size_t i = 0; i < commits->order_count; i++)
        edges +=
            (commits->commits[commits->order[i]].flags & COMMIT_HIDDEN) != 0;
    return edges > 1;
}

static bool removes_older(const struct history *history)
{
    const struct entries *entries = &history->entries;

    for (size_t i = 0; i < entries->entries_count; i++) {
        const struct entry *entry = &entries->entries[i];
        uint32_t flags = history->commits.commits[entry->introduced].flags;

        if (flags & COMMIT_HIDDEN && entry->removed != ENTRY_NOT_REMOVED &&
            !entry->live)
            return true;
    }
    return false;
}

static void fold(struct history *history, const struct history_options *options)
{
    entries_release(&history->entries);
    entries_begin(&history->entries);
    history_fold(&history->commits, &history->trees, &history->entries,
                 options);
}

static void follow(struct history *history,
                   const struct history_options *options)
{
    struct history_commits *commits = &history->commits;

    commits_sort(commits);
    if (!is_deep(commits)) {
        fold(history, options);
        if (!removes_older(history))
            return;
    }
    range_deepen(commits);
    commits_sort(commits);
    fold(history, options);
}

/*
 * Did what is not there matter? For what was asked for, and for a hidden
 * commit that is named: it may not be the one that introduced.
 */
static bool is_incomplete(uint32_t flags)
{
    if (flags & COMMIT_MISSING)
        return flags & COMMIT_TIP;
    return flags & COMMIT_CUT &&
           (!(flags & COMMIT_HIDDEN) || flags & COMMIT_NAMED);
}

static void report_commits(struct history_commits *commits,
                           struct report *report)
{
    for (uint32_t i = 0; i < commits->commits_count; i++)
        if (is_incomplete(commits->commits[i].flags))
            commits_report(commits, i, report);
    for (size_t i = 0; i < commits->order_count; i++)
        report->stats.commits +=
            !(commits->commits[commits->order[i]].flags & COMMIT_HIDDEN);
}

int history_scan(struct repo *repo, const struct history_options *options,
                 struct analyser *analyser, struct report *report,
                 struct error *err)
{
    struct history history = {
        .commits = { .repo = repo, .trees = &history.trees.ids },
        .blobs = { .repo = repo,
                   .analyser = analyser,
                   .report = report,
                   .codeql_compat = options->codeql_compat,
                   .later = true,
                   .threads = options->threads },
        .trees = { .blobs = &history.blobs },
    };
    int result = range_mark(&history.commits, options, err);

    report->history = true;
    if (result == 0) {
        follow(&history, options);
        history_report(report, &history.commits, &history.trees,
                       &history.entries);
        report_commits(&history.commits, report);
        report_sort(report);
    }
    entries_release(&history.entries);
    trees_release(&history.trees);
    blobs_release(&history.blobs);
    commits_release(&history.commits);
    return result;
}

#include "hooks/history/history.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/history/history_commits.h"
#include "hooks/history/history_entries.h"
#include "hooks/history/history_fold.h"
#include "hooks/history/history_joined.h"
#include "hooks/history/history_range.h"
#include "hooks/history/history_report.h"
#include "hooks/history/history_roots.h"
#include "hooks/history/history_save.h"
#include "hooks/history/history_snapshot.h"
#include "hooks/history/history_trees.h"
#include "hooks/history/sweep.h"

/* With so many commits that a snapshot does not know, reading everything is
 * faster than reading one by one. */
#define FRESH_MAX 2000

/* So many make it worth to write it anew. */
#define FRESH_SAVED_MIN 256

struct history {
    const struct history_options *options;
    struct snapshot_owner owner;
    struct snapshot *snapshot;
    struct sweep *sweep;
    struct history_commits commits;
    struct history_blobs blobs;
    struct history_trees trees;
    uint32_t *roots;
    struct entries entries;
    struct pathspec paths;
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
            !entry->live &&
            !(history->commits.commits[entry->removed].flags & COMMIT_BESIDE))
            return true;
    }
    return false;
}

static void fold(struct history *history)
{
    struct history_commits *commits = &history->commits;

    entries_release(&history->entries);
    entries_begin(&history->entries);
    free(history->roots);
    history->roots =
        memory_new(commits->commits_count, sizeof(*history->roots));
    if (history->sweep)
        sweep_wait(history->sweep);
    roots_find(history->roots, commits, &history->trees, history->snapshot,
               history->options);
    if (history->options->across_files)
        joined_find(history->roots, commits, &history->trees, history->options);
    history_fold(commits, &history->trees, history->roots, &history->entries);
}

static void follow(struct history *history)
{
    struct history_commits *commits = &history->commits;

    commits_sort(commits);
    if (!is_deep(commits)) {
        fold(history);
        if (!removes_older(history))
            return;
    }
    range_deepen(commits);
    commits_sort(commits);
    fold(history);
}

/*
 * Did what is not there matter? For what was asked for, and for a hidden
 * commit that is named: it may not be the one that introduced.
 */
static bool is_incomplete(uint32_t flags)
{
    if (flags & COMMIT_GONE)
        return true;
    if (flags & COMMIT_MISSING)
        return flags & (COMMIT_TIP | COMMIT_LOGGED);
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
            !(commits->commits[commits->order[i]].flags & COMMIT_UNASKED);
}

/* Find out which commits there are, with as little reading as can be. */
static int find_commits(struct history *history, struct report *report,
                        struct error *err)
{
    struct history_commits *commits = &history->commits;

    history->snapshot = snapshot_load(&history->owner);
    if (history->snapshot)
        snapshot_add_commits(history->snapshot, commits);
    else
        history->sweep = sweep_open(commits->repo, history->options, report);
    commits->sweep = history->sweep;
    if (range_mark(commits, history->options, report, err) < 0)
        return -1;
    if (history->snapshot && commits->fresh > FRESH_MAX)
        history->sweep = sweep_open(commits->repo, history->options, report);
    commits->sweep = history->sweep;
    return 0;
}

static void find_entries(struct history *history, struct report *report)
{
    if (history->sweep)
        trees_use_sweep(&history->trees, history->sweep);
    if (history->snapshot)
        snapshot_add_trees(history->snapshot, &history->trees);
    if (history->snapshot && !history->sweep)
        snapshot_count(history->snapshot, &report->stats);
    follow(history);
}

/* The commit that HEAD or the first revision is at, if it was walked. */
static uint32_t find_main(const struct history_commits *commits)
{
    for (size_t i = commits->order_count; i-- > 0;)
        if (commits->commits[commits->order[i]].flags & COMMIT_MAIN)
            return commits->order[i];
    return COMMIT_NONE;
}

static void note_path(struct history *history, uint32_t commit,
                      struct text path, struct report *report)
{
    struct history_trees *trees = &history->trees;
    uint32_t tree = commits_tree(&history->commits, commit);
    struct object_id id = commits_id(&history->commits, commit);
    char hex[OBJECT_HEX_MAX], words[OBJECT_HEX_MAX + 80];
    char *name;

    if (path.size && path.bytes[path.size - 1] == '/')
        path.size--;
    if (path.size == 0 || tree == COMMIT_TREE_UNREAD ||
        trees_has_path(trees, tree, intern_add(&trees->paths, path)))
        return;
    object_id_format(&id, hex);
    snprintf(words, sizeof(words),
             "nothing is there in commit %.12s, and nothing was found there",
             hex);
    name = memory_copy(path.bytes, path.size);
    report_note(report, name, words);
    free(name);
}

/* A path without findings may be one that is not there. */
static void note_paths(struct history *history, struct report *report)
{
    uint32_t newest = find_main(&history->commits);

    if (report->findings_count || newest == COMMIT_NONE)
        return;
    for (size_t i = 0; i < history->paths.items_count; i++)
        note_path(history, newest, text_of(history->paths.items[i]), report);
}

/* What is kept is what files are alone. */
static void save(const struct history *history, const struct report *report)
{
    if (!history->options->across_files && range_is_whole(history->options) &&
        history->owner.analyser->store &&
        (!history->snapshot || history->commits.fresh >= FRESH_SAVED_MIN))
        history_save(&history->owner, &history->commits, &history->trees,
                     history->roots, &report->stats);
}

static void release(struct history *history)
{
    pathspec_release(&history->paths);
    entries_release(&history->entries);
    free(history->roots);
    trees_release(&history->trees);
    blobs_release(&history->blobs);
    commits_release(&history->commits);
    sweep_close(history->sweep);
    snapshot_close(history->snapshot);
}

int history_scan(struct repo *repo, const struct history_options *options,
                 struct analyser *analyser, struct report *report,
                 struct error *err)
{
    struct history history = {
        .options = options,
        .owner = { analyser, repo, options->codeql_compat },
        .commits = { .repo = repo, .trees = &history.trees.ids },
        .blobs = { .repo = repo,
                   .analyser = analyser,
                   .report = report,
                   .codeql_compat = options->codeql_compat,
                   .later = true,
                   .threads = options->threads },
    };
    int result;

    analyser->alone = true;
    trees_begin(&history.trees, &history.blobs);
    result = pathspec_read(&history.paths, repo, options->paths,
                           options->paths_count, err);
    if (result == 0)
        result = find_commits(&history, report, err);
    report->history = true;
    if (result == 0) {
        find_entries(&history, report);
        history_report(report, &history.commits, &history.trees,
                       &history.entries, &history.paths);
        report_commits(&history.commits, report);
        note_paths(&history, report);
        report_sort(report);
        save(&history, report);
    }
    release(&history);
    analyser->alone = false;
    return result;
}

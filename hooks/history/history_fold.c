#include "hooks/history/history_fold.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/history/history_step.h"

static void drop(struct history_fold *fold, uint32_t commit)
{
    state_release(fold->states[commit]);
    fold->states[commit] = NULL;
}

static void drop_parents(struct history_fold *fold, uint32_t commit)
{
    size_t count;
    const uint32_t *parents = commits_parents(fold->commits, commit, &count);

    for (size_t p = 0; p < count; p++)
        if (--fold->uses[parents[p]] == 0)
            drop(fold, parents[p]);
}

/* What HEAD has, or what it comes from, is shown where it stands there: HEAD
 * comes after all that it reaches. */
static void mark_live(struct history_fold *fold, const struct state *state,
                      bool is_main)
{
    const struct history_blobs *blobs = fold->trees->blobs;

    for (size_t f = 0; f < state->count; f++) {
        const struct file_state *file = state->files[f];
        const struct occurrence *all = blobs_occurrences(blobs, file->held);

        for (uint32_t i = 0; i < file->count; i++) {
            const struct entry_place place = { file->path, file->held,
                                               all[i].finding };

            entries_live(fold->entries, file->sets[i], &place,
                         &blobs->findings[all[i].finding], is_main);
        }
    }
}

static void visit(struct history_fold *fold, uint32_t commit)
{
    const struct history_commit *about = &fold->commits->commits[commit];

    fold->states[commit] = step_commit(fold, commit);
    if (about->flags & COMMIT_TIP)
        mark_live(fold, fold->states[commit], about->flags & COMMIT_MAIN);
    drop_parents(fold, commit);
    if (fold->uses[commit] == 0)
        drop(fold, commit);
}

void history_fold(struct history_commits *commits, struct history_trees *trees,
                  const uint32_t *roots, struct entries *entries)
{
    size_t count = commits->commits_count;
    struct history_fold fold = {
        .commits = commits,
        .trees = trees,
        .entries = entries,
        .states = memory_new(count, sizeof(struct state *)),
        .uses = commits_uses(commits),
        .roots = roots,
    };

    for (size_t i = 0; i < commits->order_count; i++)
        visit(&fold, commits->order[i]);
    free(fold.states);
    free(fold.uses);
}

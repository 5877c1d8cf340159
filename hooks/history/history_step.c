#include "hooks/history/history_step.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/git/object.h"
#include "hooks/history/history_file.h"
#include "hooks/history/history_renames.h"
#include "hooks/history/history_sets.h"

struct step {
    struct history_fold *fold;
    uint32_t commit;
    size_t parents_count; /* those that are there */
    uint32_t *parents;
    struct state **states; /* of each parent */
    struct losses *losses;
    struct tree_files files; /* of the commit */
    /* Of file f in parent p, at [f * parents_count + p]: NULL if not there. */
    struct file_state **before;
};

static struct file_state **before_of(const struct step *step, size_t file)
{
    return step->before + file * step->parents_count;
}

static void find_parents(struct step *step)
{
    struct history_fold *fold = step->fold;
    size_t count;
    const uint32_t *parents =
        commits_parents(fold->commits, step->commit, &count);

    step->parents = memory_new(count, sizeof(*step->parents));
    step->states = memory_new(count, sizeof(struct state *));
    step->losses = memory_new(count, sizeof(*step->losses));
    for (size_t i = 0; i < count; i++) {
        if (!fold->states[parents[i]])
            continue;
        step->parents[step->parents_count] = parents[i];
        step->states[step->parents_count++] = fold->states[parents[i]];
    }
}

/* Nearly all commits touch no finding: one integer says so. */
static bool is_unchanged(const struct step *step)
{
    const uint32_t *roots = step->fold->roots;

    for (size_t i = 0; i < step->parents_count; i++)
        if (step->states[i] != step->states[0] ||
            roots[step->parents[i]] != roots[step->commit])
            return false;
    return step->parents_count > 0;
}

static void list_files(struct step *step)
{
    struct history_fold *fold = step->fold;

    if (trees_flatten(fold->trees, fold->roots[step->commit], &step->files) < 0)
        commits_report_why(fold->commits, step->commit,
                           "too many of its files have findings",
                           fold->trees->blobs->report);
}

/* Is the path the folder or file `above`, or below it? */
static bool is_within(struct text path, struct text above)
{
    return above.size == 0 ||
           (text_starts_with(path, above) &&
            (path.size == above.size || path.bytes[above.size] == '/'));
}

/* Put in place of what could not be read the files that parents had there. */
static void expand_unknown(struct step *step)
{
    const struct intern *paths = &step->fold->trees->paths;
    struct tree_files files = { .files = NULL };

    for (size_t i = 0; i < step->files.files_count; i++) {
        const struct tree_file *file = &step->files.files[i];
        struct text above = intern_text(paths, file->path);

        if (file->blob != TREES_UNKNOWN) {
            *ARRAY_PUSH(files.files) = *file;
            continue;
        }
        for (size_t p = 0; p < step->parents_count; p++)
            for (size_t k = 0; k < step->states[p]->count; k++) {
                uint32_t path = step->states[p]->files[k]->path;

                if (is_within(intern_text(paths, path), above))
                    *ARRAY_PUSH(files.files) =
                        (struct tree_file){ path, TREES_UNKNOWN };
            }
    }
    tree_files_sort(&files);
    free(step->files.files);
    step->files = files;
}

static bool has_unknown(const struct tree_files *files)
{
    for (size_t i = 0; i < files->files_count; i++)
        if (files->files[i].blob == TREES_UNKNOWN)
            return true;
    return false;
}

/* Both lists are sorted by path. */
static void find_same_paths(struct step *step)
{
    step->before = memory_new(step->files.files_count * step->parents_count,
                              sizeof(struct file_state *));
    for (size_t p = 0; p < step->parents_count; p++) {
        const struct state *state = step->states[p];
        size_t k = 0;

        for (size_t f = 0; f < step->files.files_count; f++) {
            uint32_t path = step->files.files[f].path;

            while (k < state->count && state->files[k]->path < path)
                k++;
            if (k < state->count && state->files[k]->path == path)
                before_of(step, f)[p] = state->files[k];
        }
    }
}

/* Which files of parent `p` does no file of the commit continue? */
static bool *find_gone(const struct step *step, size_t p)
{
    const struct state *state = step->states[p];
    bool *gone = memory_new(state->count, sizeof(*gone));

    for (size_t k = 0; k < state->count; k++)
        gone[k] = true;
    for (size_t f = 0; f < step->files.files_count; f++) {
        const struct file_state *before = before_of(step, f)[p];

        if (before)
            gone[state_find(state, before->path)] = false;
    }
    return gone;
}

/* New against parent `p`, and no other parent has just this file. */
static bool is_new(const struct step *step, size_t f, size_t p)
{
    const struct tree_file *file = &step->files.files[f];
    struct file_state *const *before = before_of(step, f);

    if (before[p] || file->blob == TREES_UNKNOWN)
        return false;
    for (size_t i = 0; i < step->parents_count; i++)
        if (before[i] && before[i]->path == file->path &&
            before[i]->held == file->blob)
            return false;
    return true;
}

static struct tree_files list_gone(const struct step *step, size_t p)
{
    struct tree_files old = { .files = NULL };
    bool *gone = find_gone(step, p);

    for (size_t k = 0; k < step->states[p]->count; k++) {
        const struct file_state *file = step->states[p]->files[k];

        if (gone[k] && file->count)
            *ARRAY_PUSH(old.files) =
                (struct tree_file){ file->path, file->held };
    }
    free(gone);
    return old;
}

static struct tree_files list_new(const struct step *step, size_t p)
{
    struct tree_files new = { .files = NULL };

    for (size_t f = 0; f < step->files.files_count; f++)
        if (is_new(step, f, p))
            *ARRAY_PUSH(new.files) = step->files.files[f];
    return new;
}

static void set_before(struct step *step, size_t p, uint32_t path,
                       uint32_t old_path)
{
    const struct state *state = step->states[p];

    for (size_t f = 0; f < step->files.files_count; f++)
        if (step->files.files[f].path == path)
            before_of(step, f)[p] = state->files[state_find(state, old_path)];
}

/* A tree that is not there any more tells of no renames. */
static void find_origins(struct step *step, size_t p,
                         const struct tree_files *old,
                         const struct tree_files *new, uint32_t *from)
{
    struct history_commits *commits = step->fold->commits;
    struct rename_side before = { commits_tree(commits, step->parents[p]),
                                  old->files, old->files_count };
    struct rename_side after = { commits_tree(commits, step->commit),
                                 new->files, new->files_count };

    if (before.tree != COMMIT_TREE_UNREAD && after.tree != COMMIT_TREE_UNREAD) {
        renames_find(step->fold->trees, &before, &after, from);
        return;
    }
    for (size_t i = 0; i < new->files_count; i++)
        from[i] = RENAMES_NONE;
}

static void find_renames(struct step *step, size_t p)
{
    struct tree_files old = list_gone(step, p), new = { .files = NULL };
    uint32_t *from;

    if (old.files_count)
        new = list_new(step, p);
    from = memory_new(new.files_count, sizeof(*from));
    if (new.files_count)
        find_origins(step, p, &old, &new, from);
    for (size_t i = 0; i < new.files_count; i++)
        if (from[i] != RENAMES_NONE)
            set_before(step, p, new.files[i].path, old.files[from[i]].path);
    free(from);
    free(old.files);
    free(new.files);
}

static struct state *follow_files(struct step *step)
{
    struct state *state = state_new(step->files.files_count);

    for (size_t f = 0; f < step->files.files_count; f++) {
        struct file_change change = {
            .commit = step->commit,
            .path = step->files.files[f].path,
            .blob = step->files.files[f].blob,
            .parents_count = step->parents_count,
            .parents = step->parents,
            .before = before_of(step, f),
            .losses = step->losses,
        };

        state->files[f] = file_follow(step->fold, &change);
    }
    return state;
}

static void lose_gone(struct step *step, size_t p)
{
    bool *gone = find_gone(step, p);

    for (size_t k = 0; k < step->states[p]->count; k++)
        if (gone[k])
            file_lose(step->fold, step->states[p]->files[k], &step->losses[p]);
    free(gone);
}

/* The same call, lost from another parent; each stands for one. */
static struct lost *find_lost(const struct step *step, struct losses *losses,
                              const struct lost *wanted)
{
    const struct intern *sets = &step->fold->entries->sets;

    for (size_t i = 0; i < losses->lost_count; i++) {
        struct lost *lost = &losses->lost[i];

        if (!lost->taken && sets_meet(sets, lost->set, wanted->set))
            return lost;
    }
    for (size_t i = 0; i < losses->lost_count; i++) {
        struct lost *lost = &losses->lost[i];

        if (!lost->taken && lost->key == wanted->key &&
            lost->path == wanted->path)
            return lost;
    }
    return NULL;
}

/* The entries that every parent lost with this call; empty if one did not. */
static uint32_t lost_by_all(const struct step *step, const struct lost *lost)
{
    struct intern *sets = &step->fold->entries->sets;
    uint32_t set = lost->set;

    for (size_t p = 1; p < step->parents_count; p++) {
        struct lost *other = find_lost(step, &step->losses[p], lost);

        if (!other)
            return SETS_EMPTY;
        other->taken = true;
        set = sets_union(sets, set, other->set);
    }
    return set;
}

static void remove_lost(struct step *step, const struct state *state)
{
    struct entries *entries = step->fold->entries;
    uint32_t flags = step->fold->commits->commits[step->commit].flags;
    unsigned char rank = (unsigned char)((flags & COMMIT_UNASKED ? 0 : 2) +
                                         (flags & COMMIT_MAIN ? 1 : 0));

    for (size_t p = 0; p < step->parents_count; p++)
        if (!step->losses[p].lost_count)
            return;
    for (size_t f = 0; f < state->count; f++)
        for (uint32_t i = 0; i < state->files[f]->count; i++)
            entries_see(entries, state->files[f]->sets[i], step->commit);
    for (size_t i = 0; step->parents_count && i < step->losses[0].lost_count;
         i++)
        entries_remove(entries, lost_by_all(step, &step->losses[0].lost[i]),
                       step->commit, rank);
}

static struct state *follow(struct step *step)
{
    struct state *state;

    list_files(step);
    if (has_unknown(&step->files))
        expand_unknown(step);
    find_same_paths(step);
    for (size_t p = 0; p < step->parents_count; p++)
        find_renames(step, p);
    state = follow_files(step);
    for (size_t p = 0; p < step->parents_count; p++)
        lose_gone(step, p);
    remove_lost(step, state);
    return state;
}

struct state *step_commit(struct history_fold *fold, uint32_t commit)
{
    struct step step = { .fold = fold, .commit = commit };
    struct state *state;

    find_parents(&step);
    state = is_unchanged(&step) ? state_share(step.states[0]) : follow(&step);
    for (size_t p = 0; p < step.parents_count; p++)
        free(step.losses[p].lost);
    free(step.losses);
    free(step.parents);
    free(step.states);
    free(step.before);
    free(step.files.files);
    return state;
}

/*
 * A merge may hold as many calls of one text as its parents together, less
 * what they have from their merge base: then each side brought its own. The
 * pairing of calls (match_versions) decides which entry continues where; this
 * count alone decides how many are new.
 */
#include "hooks/history/history_file.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/history/history_match.h"
#include "hooks/history/history_sets.h"

static struct intern *sets_of(const struct history_fold *fold)
{
    return &fold->entries->sets;
}

static void lose(const struct history_fold *fold, const struct file_state *file,
                 uint32_t at, struct losses *losses)
{
    const struct occurrence *all =
        blobs_occurrences(fold->trees->blobs, file->held);

    *ARRAY_PUSH(losses->lost) = (struct lost){ .set = file->sets[at],
                                               .key = all[at].key,
                                               .path = file->path };
}

void file_lose(const struct history_fold *fold, const struct file_state *file,
               struct losses *losses)
{
    for (uint32_t i = 0; i < file->count; i++)
        lose(fold, file, i, losses);
}

/* The one state that all parents who have the file share, if it fits. */
static struct file_state *unchanged(const struct file_change *change)
{
    struct file_state *only = NULL;

    for (size_t i = 0; i < change->parents_count; i++) {
        struct file_state *before = change->before[i];

        if (before && only && before != only)
            return NULL;
        if (before)
            only = before;
    }
    if (only && only->path == change->path && only->blob == change->blob)
        return only;
    return NULL;
}

/* Join what the parent held in the very same blob. */
static void continue_all(const struct history_fold *fold,
                         struct file_state *file,
                         const struct file_state *before)
{
    for (uint32_t i = 0; i < file->count; i++)
        file->sets[i] =
            sets_union(sets_of(fold), file->sets[i], before->sets[i]);
}

/* What cannot be read is taken to hold what it held before. */
static struct file_state *carry(const struct history_fold *fold,
                                const struct file_change *change)
{
    struct file_state *file = NULL;

    for (size_t i = 0; i < change->parents_count; i++) {
        const struct file_state *before = change->before[i];

        if (!before || (file && file->held != before->held))
            continue;
        if (!file)
            file = file_state_new(change->path, TREES_UNKNOWN, before->held,
                                  before->count);
        continue_all(fold, file, before);
    }
    return file ? file : file_state_new(change->path, TREES_UNKNOWN, 0, 0);
}

static void continue_some(const struct history_fold *fold,
                          struct file_state *file,
                          const struct file_state *before,
                          struct losses *losses)
{
    const struct history_blobs *blobs = fold->trees->blobs;
    struct version old = { blobs_occurrences(blobs, before->held), before->sets,
                           before->count };
    struct version new = { blobs_occurrences(blobs, file->held), file->sets,
                           file->count };
    uint32_t *partner = memory_new(before->count, sizeof(*partner));

    match_versions(sets_of(fold), &old, &new, partner);
    for (uint32_t i = 0; i < before->count; i++) {
        if (partner[i] == MATCH_NONE)
            lose(fold, before, i, losses);
        else
            file->sets[partner[i]] = sets_union(
                sets_of(fold), file->sets[partner[i]], before->sets[i]);
    }
    free(partner);
}

/* The parent with the fewest findings of those that are not done. */
static size_t next_parent(const struct file_change *change, const bool *done)
{
    size_t best = change->parents_count;

    for (size_t i = 0; i < change->parents_count; i++)
        if (!done[i] &&
            (best == change->parents_count ||
             change->before[i]->count < change->before[best]->count))
            best = i;
    return best;
}

/* The same blob first, then the shorter: a long list could claim by order
 * what a short one has for certain. */
static void continue_parents(const struct history_fold *fold,
                             const struct file_change *change,
                             struct file_state *file)
{
    bool *done = memory_new(change->parents_count, sizeof(*done));
    size_t i;

    for (i = 0; i < change->parents_count; i++) {
        const struct file_state *before = change->before[i];

        done[i] = !before || before->held == file->held;
        if (before && done[i])
            continue_all(fold, file, before);
    }
    while ((i = next_parent(change, done)) < change->parents_count) {
        done[i] = true;
        continue_some(fold, file, change->before[i], &change->losses[i]);
    }
    free(done);
}

static size_t count_in(const struct history_fold *fold, uint32_t blob,
                       uint32_t key)
{
    const struct history_blobs *blobs = fold->trees->blobs;

    return match_count(blobs_occurrences(blobs, blob), blobs->blobs[blob].count,
                       key);
}

/* Looking for the merge base that has most of a key. */
struct base_search {
    const struct history_fold *fold;
    const struct file_change *change;
    uint32_t key;
    size_t most;
};

static void look_at_base(struct base_search *search, uint32_t base,
                         uint32_t path)
{
    uint32_t blob;
    size_t count;

    if (!trees_find(search->fold->trees, search->fold->roots[base], path,
                    &blob) ||
        blob == TREES_UNKNOWN)
        return;
    count = count_in(search->fold, blob, search->key);
    if (count > search->most)
        search->most = count;
}

static void visit_base(uint32_t base, void *payload)
{
    struct base_search *search = payload;
    const struct file_change *change = search->change;

    look_at_base(search, base, change->path);
    for (size_t i = 0; i < change->parents_count; i++)
        if (change->before[i] && change->before[i]->path != change->path)
            look_at_base(search, base, change->before[i]->path);
}

static size_t count_before(const struct history_fold *fold,
                           const struct file_state *before, uint32_t key)
{
    return before && before->count ? count_in(fold, before->held, key) : 0;
}

/* How many of `key` the commit may hold without introducing one. */
static size_t allowed(const struct history_fold *fold,
                      const struct file_change *change, uint32_t key)
{
    struct base_search search = { fold, change, key, 0 };
    size_t total = 0;

    for (size_t i = 0; i < change->parents_count; i++) {
        size_t count = count_before(fold, change->before[i], key);
        size_t sum = total + count;

        search.most = 0;
        if (i > 0 && total && count)
            commits_each_base(fold->commits, change->parents, i,
                              change->parents[i], visit_base, &search);
        sum = search.most < sum ? sum - search.most : 0;
        if (count > total)
            total = count;
        if (sum > total)
            total = sum;
    }
    return total;
}

/* All entries that the parents have under this key. */
static uint32_t entries_before(const struct history_fold *fold,
                               const struct file_change *change, uint32_t key)
{
    uint32_t set = SETS_EMPTY;

    for (size_t i = 0; i < change->parents_count; i++) {
        const struct file_state *before = change->before[i];
        const struct occurrence *all;

        if (!before || !before->count)
            continue;
        all = blobs_occurrences(fold->trees->blobs, before->held);
        for (uint32_t j = 0; j < before->count; j++)
            if (all[j].key == key)
                set = sets_union(sets_of(fold), set, before->sets[j]);
    }
    return set;
}

/* The occurrences of a file from `start` to `end`, which have one key. */
struct run {
    size_t start, end;
    uint32_t key;
};

static size_t unclaimed(const struct file_state *file, const struct run *run)
{
    size_t count = 0;

    for (size_t i = run->start; i < run->end; i++)
        count += file->sets[i] == SETS_EMPTY;
    return count;
}

/* How many of the run does the commit introduce? */
static size_t count_new(const struct history_fold *fold,
                        const struct file_change *change, const struct run *run)
{
    size_t size = run->end - run->start, most = 0, may;

    for (size_t i = 0; i < change->parents_count; i++) {
        size_t count = count_before(fold, change->before[i], run->key);

        if (count > most)
            most = count;
    }
    if (size <= most)
        return 0;
    may = most && change->parents_count > 1 ? allowed(fold, change, run->key)
                                            : most;
    return size > may ? size - may : 0;
}

/* The last `count` of those that are claimed, or of those that are not. */
static void introduce(struct history_fold *fold,
                      const struct file_change *change, struct file_state *file,
                      const struct run *run, bool claimed, size_t count)
{
    const struct occurrence *all =
        blobs_occurrences(fold->trees->blobs, file->held);

    for (size_t i = run->end; i-- > run->start && count;) {
        if ((file->sets[i] != SETS_EMPTY) != claimed)
            continue;
        file->sets[i] =
            entries_introduce(fold->entries, change->commit, change->path,
                              file->held, all[i].finding);
        count--;
    }
}

static void settle_run(struct history_fold *fold,
                       const struct file_change *change,
                       struct file_state *file, const struct run *run)
{
    size_t open = unclaimed(file, run), fresh = count_new(fold, change, run);
    uint32_t rest;

    if (fresh > open)
        introduce(fold, change, file, run, true, fresh - open);
    introduce(fold, change, file, run, false, fresh);
    if (fresh >= open)
        return;
    rest = entries_before(fold, change, run->key);
    for (size_t i = run->start; i < run->end; i++)
        if (file->sets[i] == SETS_EMPTY)
            file->sets[i] = rest;
}

static void move(const struct history_fold *fold,
                 const struct file_change *change,
                 const struct file_state *file)
{
    bool moved = false;

    for (size_t i = 0; i < change->parents_count; i++)
        if (change->before[i] && change->before[i]->path != change->path)
            moved = true;
    for (uint32_t i = 0; moved && i < file->count; i++)
        entries_move(fold->entries, file->sets[i], change->path);
}

struct file_state *file_follow(struct history_fold *fold,
                               const struct file_change *change)
{
    const struct history_blobs *blobs = fold->trees->blobs;
    struct file_state *file = unchanged(change);
    const struct occurrence *all;
    struct run run = { 0, 0, 0 };

    if (file)
        return file_state_share(file);
    if (change->blob == TREES_UNKNOWN)
        return carry(fold, change);
    file = file_state_new(change->path, change->blob, change->blob,
                          blobs->blobs[change->blob].count);
    continue_parents(fold, change, file);
    all = blobs_occurrences(blobs, file->held);
    for (; run.start < file->count; run.start = run.end) {
        run.end = match_run(all, file->count, run.start);
        run.key = all[run.start].key;
        settle_run(fold, change, file, &run);
    }
    move(fold, change, file);
    return file;
}

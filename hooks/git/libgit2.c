#include "hooks/git/libgit2.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/libgit2_calls.h"
#include "hooks/git/repo.h"
#include "hooks/git/tree.h"

struct reading {
    struct diff *diff; /* all files of both sides, then what differs */
    bool unsure;
};

static struct diff_entry *add(struct diff *all, const char *path)
{
    struct diff_entry *entry = ARRAY_PUSH(all->entries);

    entry->path = memory_copy(path, strlen(path));
    entry->before.id.size = entry->after.id.size = GIT_OID_RAWSZ;
    return entry;
}

static int compare(const void *one, const void *two)
{
    const struct diff_entry *a = one, *b = two;

    return strcmp(a->path, b->path);
}

/* Is the last entry behind the one before? */
static bool is_sorted(const struct diff *diff)
{
    const struct diff_entry *last = &diff->entries[diff->entries_count - 1];

    return diff->entries_count < 2 || compare(last - 1, last) < 0;
}

/* ---- both sides ---------------------------------------------------------- */

static void add_old(void *payload, const char *path,
                    const struct diff_side *side)
{
    struct reading *reading = payload;

    add(reading->diff, path)->before = *side;
    reading->unsure |= !is_sorted(reading->diff);
}

static void be_unsure(void *payload, const char *path, const char *reason)
{
    struct reading *reading = payload;

    (void)path;
    (void)reason;
    reading->unsure = true;
}

/* By our own reader: of a loose object that is cut, libgit2 1.5 reads on and
   on. */
static bool add_tree(struct diff *diff, struct repo *repo,
                     const struct object_id *tree)
{
    struct reading reading = { .diff = diff };
    const struct tree_visitor visitor = { .entry = add_old,
                                          .unreadable = be_unsure,
                                          .payload = &reading };

    if (tree->size)
        tree_walk(repo, tree, &visitor);
    return !reading.unsure;
}

/* git dies of an index that is not in order. */
static bool in_order(const git_index_entry *last, const git_index_entry *entry)
{
    int order = last ? strcmp(last->path, entry->path) : -1;

    return order < 0 ||
           (order == 0 && GIT_INDEX_ENTRY_STAGE(last) > 0 &&
            GIT_INDEX_ENTRY_STAGE(last) < GIT_INDEX_ENTRY_STAGE(entry));
}

static void add_new(struct diff *all, const git_index_entry *entry)
{
    struct diff_entry *made;

    if (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD)
        return;
    made = add(all, entry->path);
    made->unmerged = GIT_INDEX_ENTRY_STAGE(entry) != 0;
    if (made->unmerged)
        return;
    made->after.mode = entry->mode;
    memcpy(made->after.id.bytes, entry->id.id, GIT_OID_RAWSZ);
}

static bool add_index(struct diff *diff, const struct libgit2_calls *git,
                      const char *path)
{
    const git_index_entry *last = NULL;
    git_index *index = NULL;
    bool read = git->index_open(&index, path) == 0;
    size_t count = read ? git->index_entrycount(index) : 0;

    for (size_t i = 0; read && i < count; i++) {
        const git_index_entry *entry = git->index_get_byindex(index, i);

        read = in_order(last, entry);
        add_new(diff, entry);
        last = entry;
    }
    git->index_free(index);
    return read;
}

/* ---- what differs -------------------------------------------------------- */

static bool differs(const struct diff_entry *entry)
{
    return entry->unmerged || entry->before.mode != entry->after.mode ||
           object_id_compare(&entry->before.id, &entry->after.id) != 0;
}

/* Make one entry of two for the same path, without the sides of a conflict. */
static void join(struct diff_entry *to, struct diff_entry *from)
{
    if (from->before.mode)
        to->before = from->before;
    if (from->after.mode)
        to->after = from->after;
    to->unmerged |= from->unmerged;
    free(from->path);
}

static void settle(struct diff *all)
{
    size_t joined = 0, kept = 0;

    if (all->entries_count)
        qsort(all->entries, all->entries_count, sizeof(*all->entries), compare);
    for (size_t i = 0; i < all->entries_count; i++)
        if (joined && compare(&all->entries[joined - 1], &all->entries[i]) == 0)
            join(&all->entries[joined - 1], &all->entries[i]);
        else
            all->entries[joined++] = all->entries[i];
    for (size_t i = 0; i < joined; i++)
        if (differs(&all->entries[i]))
            all->entries[kept++] = all->entries[i];
        else
            free(all->entries[i].path);
    all->entries_count = kept;
}

/* ---- all ----------------------------------------------------------------- */

bool libgit2_diff(struct diff *diff, struct repo *repo,
                  const struct object_id *tree)
{
    const struct libgit2_calls *git = libgit2_calls();
    bool read;

    *diff = DIFF_EMPTY;
    /* To libgit2 a file that is not there is an empty index. */
    if (!git || repo_id_size(repo) != GIT_OID_RAWSZ ||
        access(repo_index_path(repo), R_OK) < 0)
        return false;
    read = add_tree(diff, repo, tree) &&
           add_index(diff, git, repo_index_path(repo));
    if (read)
        settle(diff);
    else
        diff_release(diff);
    return read;
}

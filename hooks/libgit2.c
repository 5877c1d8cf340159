#include "hooks/libgit2.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buffer.h"
#include "core/memory.h"
#include "hooks/libgit2_calls.h"
#include "hooks/repo.h"

struct reading {
    const struct libgit2_calls *git;
    struct diff *diff; /* all files of both sides, then what differs */
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

static int add_old(const char *folder, const git_tree_entry *entry,
                   void *payload)
{
    const struct reading *reading = payload;
    const struct libgit2_calls *git = reading->git;
    struct buffer path = BUFFER_EMPTY;
    struct diff_entry *made;

    if (git->tree_entry_type(entry) == GIT_OBJECT_TREE)
        return 0;
    buffer_format(&path, "%s%s", folder, git->tree_entry_name(entry));
    made = add(reading->diff, path.bytes);
    buffer_release(&path);
    if (!is_sorted(reading->diff))
        return -1;
    made->before.mode = git->tree_entry_filemode(entry);
    memcpy(made->before.id.bytes, git->tree_entry_id(entry)->id, GIT_OID_RAWSZ);
    return 0;
}

static bool add_tree(struct reading *reading, git_repository *repository,
                     const struct object_id *id)
{
    git_tree *tree = NULL;
    git_oid oid;
    bool read;

    if (!id->size)
        return true;
    memcpy(oid.id, id->bytes, GIT_OID_RAWSZ);
    read =
        reading->git->tree_lookup(&tree, repository, &oid) == 0 &&
        reading->git->tree_walk(tree, GIT_TREEWALK_PRE, add_old, reading) == 0;
    reading->git->tree_free(tree);
    return read;
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

static bool add_index(const struct reading *reading, const char *path)
{
    const struct libgit2_calls *git = reading->git;
    const git_index_entry *last = NULL;
    git_index *index = NULL;
    bool read = git->index_open(&index, path) == 0;
    size_t count = read ? git->index_entrycount(index) : 0;

    for (size_t i = 0; read && i < count; i++) {
        const git_index_entry *entry = git->index_get_byindex(index, i);

        read = in_order(last, entry);
        add_new(reading->diff, entry);
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

static bool read_both(struct reading *reading, const struct repo *repo,
                      const struct object_id *tree)
{
    git_repository *repository = NULL;
    bool read =
        reading->git->repository_open_ext(&repository, repo_git_dir(repo),
                                          GIT_REPOSITORY_OPEN_FROM_ENV |
                                              GIT_REPOSITORY_OPEN_NO_SEARCH,
                                          NULL) == 0 &&
        add_tree(reading, repository, tree) &&
        add_index(reading, repo_index_path(repo));

    reading->git->repository_free(repository);
    return read;
}

bool libgit2_diff(struct diff *diff, const struct repo *repo,
                  const struct object_id *tree)
{
    struct reading reading = { libgit2_calls(), diff };
    bool read;

    *diff = DIFF_EMPTY;
    /* To libgit2 a file that is not there is an empty index. */
    if (!reading.git || repo_id_size(repo) != GIT_OID_RAWSZ ||
        access(repo_index_path(repo), R_OK) < 0)
        return false;
    read = read_both(&reading, repo, tree);
    if (read)
        settle(diff);
    else
        diff_release(diff);
    return read;
}

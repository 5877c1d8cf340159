#include "hooks/gate/staged_tree.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/repo.h"
#include "hooks/git/tree.h"

/* A folder in the making; names point into diffs and into `old`. */
struct folder {
    struct tree_entry *entries;
    size_t entries_count, entries_room;
    struct object old;
};

/* Changes below one folder: `skip` bytes of their paths are its own. */
struct changes {
    struct repo *repo;
    const struct diff_entry *entries;
    size_t count, skip;
};

static int make(struct object_id *id, const struct object_id *old,
                const struct changes *changes, unsigned depth,
                struct error *err);

static struct text name_of(const struct changes *changes, size_t number)
{
    struct text path = text_of(changes->entries[number].path);

    path = text_slice(path, changes->skip, path.size);
    return text_slice(path, 0, text_find(path, '/', 0));
}

static bool is_here(const struct changes *changes, size_t number)
{
    struct text name = name_of(changes, number);

    return changes->entries[number].path[changes->skip + name.size] == '\0';
}

/* A missing tree is 0. */
static int read_old(struct folder *folder, struct repo *repo,
                    const struct object_id *id, struct error *err)
{
    struct text rest;
    struct tree_entry entry;
    int found = object_read(&folder->old, repo, id, TREE_OBJECT_MAX, err);

    rest = folder->old.bytes;
    while (found == 1 && (found = tree_next(&entry, &rest, id->size)) == 1)
        *ARRAY_PUSH(folder->entries) = entry;
    if (found == 0 && folder->old.type == OBJECT_TREE)
        return 1;
    if (found < 0 && folder->old.type == OBJECT_TREE)
        return error_set(err, ERROR_GIT, "a tree is damaged");
    return found;
}

static struct tree_entry *find(const struct folder *folder, struct text name)
{
    for (size_t i = 0; i < folder->entries_count; i++)
        if (text_equal(folder->entries[i].name, name))
            return &folder->entries[i];
    return NULL;
}

static void put(struct folder *folder, struct text name, uint32_t mode,
                const struct object_id *id)
{
    struct tree_entry *entry = find(folder, name);

    if (!entry)
        entry = ARRAY_PUSH(folder->entries);
    *entry = (struct tree_entry){ .mode = mode, .name = name, .id = *id };
}

static void take_out(struct folder *folder, struct text name)
{
    struct tree_entry *entry = find(folder, name);

    if (entry && folder->entries)
        *entry = folder->entries[--folder->entries_count];
}

/* The changes from `start` on that are below the same folder. */
static size_t end_of_group(const struct changes *changes, size_t start)
{
    struct text name = name_of(changes, start);
    size_t end = start;

    while (end < changes->count && !is_here(changes, end) &&
           text_equal(name_of(changes, end), name))
        end++;
    return end;
}

static int change_folder(struct folder *folder, const struct changes *changes,
                         size_t start, size_t end, unsigned depth,
                         struct error *err)
{
    struct text name = name_of(changes, start);
    struct tree_entry *entry = find(folder, name);
    const struct changes below = { changes->repo, changes->entries + start,
                                   end - start, changes->skip + name.size + 1 };
    bool is_tree =
        entry && (entry->mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE;
    struct object_id id;
    int made = make(&id, is_tree ? &entry->id : NULL, &below, depth + 1, err);

    if (made == 1 && id.size)
        put(folder, name, OBJECT_MODE_TREE, &id);
    else if (made == 1)
        take_out(folder, name);
    return made;
}

static int change_folders(struct folder *folder, const struct changes *changes,
                          unsigned depth, struct error *err)
{
    int made = 1;

    for (size_t i = 0; made == 1 && i < changes->count;) {
        size_t end = is_here(changes, i) ? i + 1 : end_of_group(changes, i);

        if (!is_here(changes, i))
            made = change_folder(folder, changes, i, end, depth, err);
        i = end;
    }
    return made;
}

/* git's order: a folder's name counts as if it ended with a '/'. */
static int compare(const void *a, const void *b)
{
    const struct tree_entry *one = a, *two = b;
    size_t size =
        one->name.size < two->name.size ? one->name.size : two->name.size;
    int order = memcmp(one->name.bytes, two->name.bytes, size);
    int ends[2];

    if (order != 0)
        return order;
    ends[0] = one->name.size > size ? (unsigned char)one->name.bytes[size]
              : one->mode == OBJECT_MODE_TREE ? '/'
                                              : 0;
    ends[1] = two->name.size > size ? (unsigned char)two->name.bytes[size]
              : two->mode == OBJECT_MODE_TREE ? '/'
                                              : 0;
    return ends[0] - ends[1];
}

static void sum(struct object_id *id, struct folder *folder, size_t id_size)
{
    struct buffer bytes = BUFFER_EMPTY;

    if (folder->entries_count)
        qsort(folder->entries, folder->entries_count, sizeof(*folder->entries),
              compare);
    for (size_t i = 0; i < folder->entries_count; i++) {
        const struct tree_entry *entry = &folder->entries[i];

        buffer_format(&bytes, "%o ", entry->mode);
        buffer_text(&bytes, entry->name);
        buffer_byte(&bytes, '\0');
        buffer_append(&bytes, entry->id.bytes, id_size);
    }
    object_id_of(id, OBJECT_TREE, buffer_view(&bytes), id_size);
    buffer_release(&bytes);
}

static void change_files(struct folder *folder, const struct changes *changes,
                         bool gone)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct diff_side *after = &changes->entries[i].after;

        if (!is_here(changes, i) || (after->mode == 0) != gone)
            continue;
        if (gone)
            take_out(folder, name_of(changes, i));
        else
            put(folder, name_of(changes, i), after->mode, &after->id);
    }
}

/*
 * 1 and the id of the folder after the changes, of size 0 if nothing is left
 * in one that is not the root; 0 if something is missing; -1 and *err.
 * A name may go from a file to a folder or back: first all files that are gone
 * are taken out, last those that are new are put in.
 */
static int make(struct object_id *id, const struct object_id *old,
                const struct changes *changes, unsigned depth,
                struct error *err)
{
    struct folder folder = { .old = OBJECT_EMPTY };
    int made = 1;

    if (depth > TREE_DEPTH_MAX)
        return 0;
    if (old && old->size)
        made = read_old(&folder, changes->repo, old, err);
    if (made == 1) {
        change_files(&folder, changes, true);
        made = change_folders(&folder, changes, depth, err);
    }
    if (made == 1)
        change_files(&folder, changes, false);
    *id = (struct object_id){ .size = 0 };
    if (made == 1 && (folder.entries_count || depth == 0))
        sum(id, &folder, repo_id_size(changes->repo));
    object_release(&folder.old);
    free(folder.entries);
    return made;
}

static bool has_conflict(const struct diff *diff)
{
    for (size_t i = 0; i < diff->entries_count; i++)
        if (diff->entries[i].unmerged)
            return true;
    return false;
}

int staged_tree(struct object_id *tree, struct repo *repo,
                const struct change *change, struct error *err)
{
    const struct change_parent *parent = &change->parents[0];
    const struct changes changes = { repo, parent->diff.entries,
                                     parent->diff.entries_count, 0 };
    struct object_id old = { .size = 0 };
    int found = 1;

    if (has_conflict(&parent->diff))
        return 0;
    if (change->index_tree.size) {
        *tree = change->index_tree;
        return 1;
    }
    /* Where git compared, a commit may stand for its tree. */
    if (parent->commit.size)
        found = tree_of_commit(&old, repo, &parent->commit, err);
    return found == 1 ? make(tree, &old, &changes, 0, err) : found;
}

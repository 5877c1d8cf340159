/*
 * What is staged, as libgit2 sees it: a reader that shares nothing with ours,
 * to compare with. It knows ordinary repositories and ordinary indexes alone.
 */
#ifndef TMPGUARD_TESTS_HOOKS_LIBGIT2_READER_H
#define TMPGUARD_TESTS_HOOKS_LIBGIT2_READER_H

#include "tests/hooks/sandbox.h"

#include <git2.h>

#include "hooks/diff.h"

static inline struct diff_entry *libgit2_add(struct diff *all, const char *path)
{
    struct diff_entry *entry = ARRAY_PUSH(all->entries);

    entry->path = memory_copy(path, strlen(path));
    entry->before.id.size = entry->after.id.size = GIT_OID_RAWSZ;
    return entry;
}

static inline int libgit2_old(const char *folder, const git_tree_entry *entry,
                              void *payload)
{
    struct buffer path = BUFFER_EMPTY;
    struct diff_entry *made;

    if (git_tree_entry_type(entry) == GIT_OBJECT_TREE)
        return 0;
    buffer_format(&path, "%s%s", folder, git_tree_entry_name(entry));
    made = libgit2_add(payload, path.bytes);
    made->before.mode = git_tree_entry_filemode(entry);
    memcpy(made->before.id.bytes, git_tree_entry_id(entry)->id, GIT_OID_RAWSZ);
    buffer_release(&path);
    return 0;
}

static inline int libgit2_compare(const void *one, const void *two)
{
    const struct diff_entry *a = one, *b = two;

    return strcmp(a->path, b->path);
}

static inline void libgit2_sort(struct diff *diff)
{
    if (diff->entries_count)
        qsort(diff->entries, diff->entries_count, sizeof(*diff->entries),
              libgit2_compare);
}

static inline void libgit2_new(struct diff *all, git_index *index)
{
    for (size_t i = 0; i < git_index_entrycount(index); i++) {
        const git_index_entry *entry = git_index_get_byindex(index, i);
        struct diff_entry *made;

        if (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD)
            continue;
        made = libgit2_add(all, entry->path);
        made->unmerged = GIT_INDEX_ENTRY_STAGE(entry) != 0;
        if (made->unmerged)
            continue;
        made->after.mode = entry->mode;
        memcpy(made->after.id.bytes, entry->id.id, GIT_OID_RAWSZ);
    }
}

/* One entry for each path; those that did not change go. */
static inline void libgit2_join(struct diff *all)
{
    struct diff joined = DIFF_EMPTY;

    libgit2_sort(all);
    for (size_t i = 0; i < all->entries_count; i++) {
        struct diff_entry *entry = &all->entries[i], *last = NULL;

        if (joined.entries_count)
            last = &joined.entries[joined.entries_count - 1];
        if (!last || strcmp(last->path, entry->path) != 0) {
            last = libgit2_add(&joined, entry->path);
            *last = (struct diff_entry){ .path = last->path,
                                         .before = entry->before,
                                         .after = entry->after,
                                         .unmerged = entry->unmerged };
            continue;
        }
        if (entry->before.mode)
            last->before = entry->before;
        if (entry->after.mode)
            last->after = entry->after;
        last->unmerged |= entry->unmerged;
    }
    diff_release(all);
    for (size_t i = 0; i < joined.entries_count; i++) {
        struct diff_entry *entry = &joined.entries[i];

        if (!entry->unmerged && entry->before.mode == entry->after.mode &&
            object_id_compare(&entry->before.id, &entry->after.id) == 0)
            continue;
        *ARRAY_PUSH(all->entries) = *entry;
        entry->path = NULL;
    }
    diff_release(&joined);
}

/* False if libgit2 refuses. */
static inline bool libgit2_head(git_tree **tree, git_repository *git)
{
    git_object *object = NULL;
    int unborn = git_repository_head_unborn(git);

    *tree = NULL;
    if (unborn == 1)
        return true;
    if (unborn < 0 || git_revparse_single(&object, git, "HEAD^{tree}") < 0)
        return false;
    *tree = (git_tree *)object;
    return true;
}

/* What is staged; false if libgit2 refuses. `index`: the file. */
static inline bool libgit2_staged(struct diff *diff, const char *index_path)
{
    git_repository *git = NULL;
    git_index *index = NULL;
    git_tree *tree = NULL;
    bool read;

    *diff = DIFF_EMPTY;
    git_libgit2_init();
    read = git_repository_open_ext(&git, ".", GIT_REPOSITORY_OPEN_FROM_ENV,
                                   NULL) == 0 &&
           git_index_open(&index, index_path) == 0 && libgit2_head(&tree, git);
    if (read && tree)
        read = git_tree_walk(tree, GIT_TREEWALK_PRE, libgit2_old, diff) == 0;
    if (read)
        libgit2_new(diff, index);
    libgit2_join(diff);
    git_tree_free(tree);
    git_index_free(index);
    git_repository_free(git);
    git_libgit2_shutdown();
    if (!read)
        diff_release(diff);
    return read;
}

#endif

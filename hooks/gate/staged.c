#include "hooks/gate/staged.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/index_diff.h"
#include "hooks/git/libgit2.h"
#include "hooks/git/repo.h"
#include "hooks/git/tree.h"

#define LINE_SIZE 256

static void add_parent(struct change *change, const struct object_id *commit)
{
    for (size_t i = 0; i < change->parents_count; i++)
        if (object_id_compare(&change->parents[i].commit, commit) == 0)
            return;
    ARRAY_PUSH(change->parents)->commit = *commit;
}

/* 1 if there is such a file. */
static int add_merge_head(struct change *change, struct repo *repo,
                          struct error *err)
{
    struct buffer path = BUFFER_EMPTY;
    char line[LINE_SIZE];
    int result = 1;
    FILE *file;

    buffer_format(&path, "%s/MERGE_HEAD", repo_git_dir(repo));
    file = fopen(path.bytes, "re");
    if (!file)
        result = errno == ENOENT
                     ? 0
                     : error_set_errno(err, "cannot read MERGE_HEAD");
    while (result == 1 && fgets(line, sizeof(line), file)) {
        struct object_id id;

        line[strcspn(line, "\n")] = '\0';
        if (object_id_parse(&id, text_of(line)) < 0)
            result = error_set(err, ERROR_GIT, "MERGE_HEAD is malformed");
        else
            add_parent(change, &id);
    }
    if (file)
        fclose(file);
    buffer_release(&path);
    return result;
}

static void add_git_heads(struct change *change)
{
    const struct text prefix = TEXT("GITHEAD_");

    for (char **variable = environ; *variable; variable++) {
        struct text text = text_of(*variable);
        struct object_id id;

        text.size = text_find(text, '=', 0);
        if (text_starts_with(text, prefix) &&
            object_id_parse(&id, text_slice(text, prefix.size, text.size)) == 0)
            add_parent(change, &id);
    }
}

static int compare_by_git(struct change_parent *parent, struct error *err)
{
    char hex[OBJECT_HEX_MAX];
    const char *const arguments[] = {
        "diff-index",
        "--cached",
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "--no-relative",
        "--ita-invisible-in-index",
        object_id_format(&parent->tree, hex),
        "--",
        NULL,
    };
    struct buffer out = BUFFER_EMPTY;
    struct text rest;
    int result = gitpipe_run(&out, arguments, TEXT_EMPTY, err);

    rest = buffer_view(&out);
    if (result == 0)
        result = diff_parse(&parent->diff, &rest, err);
    if (result > 0 || (result == 0 && rest.size))
        result = error_set(err, ERROR_GIT, "git cannot list what is staged");
    buffer_release(&out);
    return result;
}

/* 1, 0 if git is to be asked, -1 and *err. */
static int compare_by_index(struct change_parent *parent, struct repo *repo,
                            const struct index *index, struct error *err)
{
    const struct object_id nothing = { .size = 0 };
    struct error ignored;

    if (!parent->commit.size)
        return index_diff(&parent->diff, index, repo, &nothing, err);
    if (!parent->tree.size &&
        tree_of_commit(&parent->tree, repo, &parent->commit, &ignored) != 1)
        return 0;
    return index_diff(&parent->diff, index, repo, &parent->tree, err);
}

static int compare(struct change *change, struct repo *repo, struct error *err)
{
    struct index index = INDEX_EMPTY;
    bool read = index_read(&index, repo_index_path(repo), repo_id_size(repo));
    int result = 0;

    if (read && !index.layout.is_split && index.layout.folders_count)
        change->index_tree = index.layout.folders[0].id;
    for (size_t i = 0; result >= 0 && i < change->parents_count; i++) {
        struct change_parent *parent = &change->parents[i];

        result = read ? compare_by_index(parent, repo, &index, err) : 0;
        if (result != 0)
            continue;
        /* git takes a commit where it wants a tree. */
        if (!parent->tree.size)
            parent->tree = parent->commit;
        else if (read && libgit2_diff(&parent->diff, repo, &parent->tree))
            continue;
        result = compare_by_git(parent, err);
    }
    index_release(&index);
    return result < 0 ? -1 : 0;
}

int staged_read(struct change *change, struct repo *repo, struct error *err)
{
    struct object_id head, tree;
    int found = repo_head(&head, &tree, repo, err);

    *change = CHANGE_EMPTY;
    if (found < 0)
        return -1;
    if (!found) {
        head = (struct object_id){ .size = 0 };
        object_id_of(&tree, OBJECT_TREE, TEXT_EMPTY, repo_id_size(repo));
    }
    add_parent(change, &head);
    change->parents[0].tree = tree;
    found = add_merge_head(change, repo, err);
    if (found == 0)
        add_git_heads(change);
    return found < 0 ? -1 : compare(change, repo, err);
}

/*
 * readers WAY: what is staged in the current repository, by one reader, in the
 * format of `git diff-index --raw -z`. own: the index and trees in process;
 * libgit2; product: what a check goes by. Exit code 0; 10: the reader leaves
 * it to git; 3: it fails, with the reason.
 */
#include "tests/hooks/sandbox.h"

#include "hooks/gate/staged.h"
#include "hooks/git/index_diff.h"
#include "hooks/git/libgit2.h"

enum { LISTED = 0, FAILED = 3, LEFT = 10 };

static void print(const struct diff *diff)
{
    for (size_t i = 0; i < diff->entries_count; i++) {
        const struct diff_entry *entry = &diff->entries[i];
        char before[OBJECT_HEX_MAX], after[OBJECT_HEX_MAX];

        printf(":%06o %06o %s %s %c%c%s%c", entry->before.mode,
               entry->after.mode, object_id_format(&entry->before.id, before),
               object_id_format(&entry->after.id, after),
               entry->unmerged ? 'U' : 'M', '\0', entry->path, '\0');
    }
}

static int complain(const struct error *err)
{
    fprintf(stderr, "%s\n", err->message);
    return FAILED;
}

static int by_index(struct repo *repo)
{
    struct object_id head, tree;
    struct index index;
    struct diff diff = DIFF_EMPTY;
    struct error err;
    int found = repo_head(&head, &tree, repo, &err);

    if (found < 0)
        return complain(&err);
    found = index_read(&index, repo_index_path(repo), repo_id_size(repo))
                ? index_diff(&diff, &index, repo, &tree, &err)
                : 0;
    print(&diff);
    diff_release(&diff);
    index_release(&index);
    if (found < 0)
        return complain(&err);
    return found ? LISTED : LEFT;
}

static int by_libgit2(struct repo *repo)
{
    struct object_id head, tree;
    struct diff diff = DIFF_EMPTY;
    struct error err;
    int found = repo_head(&head, &tree, repo, &err);
    bool read;

    if (found < 0)
        return complain(&err);
    if (!found)
        tree.size = 0;
    read = libgit2_diff(&diff, repo, &tree);
    print(&diff);
    diff_release(&diff);
    return read ? LISTED : LEFT;
}

static int by_product(struct repo *repo)
{
    struct change change;
    struct error err;
    int result = staged_read(&change, repo, &err);

    if (result == 0)
        print(&change.parents[0].diff);
    change_release(&change);
    return result < 0 ? complain(&err) : LISTED;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*read)(struct repo *repo);
    } ways[] = { { "own", by_index },
                 { "libgit2", by_libgit2 },
                 { "product", by_product } };
    struct repo *repo;
    struct error err = { .message = "no repository" };
    int code = 2;

    if (repo_open(&repo, &err) != 1)
        return complain(&err);
    for (size_t i = 0; argc == 2 && i < sizeof(ways) / sizeof(ways[0]); i++)
        if (strcmp(argv[1], ways[i].name) == 0)
            code = ways[i].read(repo);
    repo_close(repo);
    return code;
}

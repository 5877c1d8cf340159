#include "hooks/history/history_roots.h"

#include "hooks/history/history_difference.h"
#include "hooks/history/history_reduce.h"

#define PROGRESS_STEP 64 /* commits */

struct search {
    uint32_t *roots;
    struct history_commits *commits;
    struct history_trees *trees;
    const struct snapshot *snapshot;
};

static uint32_t reduce(struct search *search, uint32_t number)
{
    struct history_commits *commits = search->commits;
    uint32_t tree = commits->commits[number].tree, base_tree;
    size_t count;
    const uint32_t *parents = commits_parents(commits, number, &count);

    if (!search->snapshot || search->trees->sweep || count == 0 ||
        commits->commits[parents[0]].flags & COMMIT_MISSING)
        return reduce_tree(search->trees, tree);
    base_tree = commits_tree(commits, parents[0]);
    if (base_tree == COMMIT_TREE_UNREAD)
        return reduce_tree(search->trees, tree);
    return reduce_difference(search->trees, base_tree,
                             search->roots[parents[0]], tree);
}

/*
 * Without anything that is known, children come before parents: git's packs
 * hold the newest version of a file, and of the older ones what differs from
 * the next.
 */
void roots_find(uint32_t *roots, struct history_commits *commits,
                struct history_trees *trees, const struct snapshot *snapshot,
                const struct history_options *options)
{
    struct search search = { roots, commits, trees, snapshot };
    size_t count = commits->order_count;

    for (size_t i = 0; i < count; i++) {
        uint32_t number = commits->order[snapshot ? i : count - 1 - i];
        uint32_t root = commits->commits[number].root;

        if (options->progress && i % PROGRESS_STEP == 0)
            options->progress(options->payload, "commits", i, count);
        roots[number] =
            root ? snapshot_tree(snapshot, root) : reduce(&search, number);
    }
    blobs_finish(trees->blobs);
    trees->blobs->later = false;
    if (options->progress)
        options->progress(options->payload, "commits", count, count);
}

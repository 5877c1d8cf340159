/*
 * The trees of commits: walking one, and finding a path in one.
 */
#ifndef TMPGUARD_HOOKS_GIT_TREE_H
#define TMPGUARD_HOOKS_GIT_TREE_H

#include "core/base/error.h"
#include "hooks/git/diff.h"
#include "hooks/git/object.h"

struct repo;

/* Larger commits and trees are refused, in bytes. */
#define TREE_OBJECT_MAX ((size_t)256 << 20)

/* A path with more folders, or a walk over more entries, is refused: a few
 * small trees can describe any number of files. */
#define TREE_DEPTH_MAX   1000
#define TREE_ENTRIES_MAX ((size_t)20000000)

/* The tree of a commit. Returns 1, 0 if the commit is missing, -1 and *err. */
int tree_of_commit(struct object_id *tree, struct repo *repo,
                   const struct object_id *commit, struct error *err);

/* What stands at a '/'-separated path. Returns 1, 0 if nothing, -1 and *err. */
int tree_find(struct diff_side *side, struct repo *repo,
              const struct object_id *tree, const char *path,
              struct error *err);

struct tree_visitor {
    /* A file; symbolic links and submodules are passed over. */
    void (*file)(void *payload, const char *path, const struct object_id *blob);
    /* Whatever is no folder. Either of the two may be NULL. */
    void (*entry)(void *payload, const char *path,
                  const struct diff_side *side);
    /* A folder that could not be read, and why. "." is the root. */
    void (*unreadable)(void *payload, const char *path, const char *reason);
    void *payload;
};

/* Visit all files below `tree`, in the order of the trees. */
void tree_walk(struct repo *repo, const struct object_id *tree,
               const struct tree_visitor *visitor);

#endif

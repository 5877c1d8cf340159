/*
 * All worktrees of a repository, by `git worktree list`.
 */
#ifndef TMPGUARD_HOOKS_GIT_WORKTREES_H
#define TMPGUARD_HOOKS_GIT_WORKTREES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "hooks/git/object.h"

struct worktree {
    char *path;            /* of its top, or of a bare repository; absolute */
    struct object_id head; /* its commit; size 0: none yet */
    bool bare; /* it is none: no commit is made in a bare repository */
    bool gone; /* its folder is not there (any more, or at the moment) */
};

/* The main one first. Start from WORKTREES_EMPTY. */
struct worktrees {
    struct worktree *items;
    size_t items_count, items_room;
};

#define WORKTREES_EMPTY ((struct worktrees){ .items = NULL })

/* Those of the repository of the current folder. Returns 0, or -1 and *err. */
int worktrees_list(struct worktrees *trees, struct error *err);

void worktrees_release(struct worktrees *trees);

#endif

/*
 * The working trees of one repository, as far as each may have settings of its
 * own (extensions.worktreeConfig).
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_TREES_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_TREES_H

#include <stddef.h>

#include "core/base/error.h"

struct install_tree {
    char *name;   /* "main-worktree", "worktrees/NAME": a path that is one's */
    char *root;   /* where its files are; it may be gone */
    char *config; /* the file with its own settings, there or not */
};

struct install_trees {
    struct install_tree *items;
    size_t items_count, items_room;
};

/*
 * List them: the main one first, then those linked, by name, also those that
 * are gone and of which the folder `state` still has something. `base` is the
 * git folder that they share; `root` where the files of the one at hand are,
 * or NULL. Returns 0, or -1 and *err. Release the list in either case.
 */
int install_trees_list(struct install_trees *list, const char *base,
                       const char *state, const char *root, struct error *err);

/* Does git read settings of single worktrees? 1, 0, or -1 and *err. */
int install_trees_have_settings(struct error *err);

void install_trees_release(struct install_trees *list);

#endif

/*
 * One installation: what it is for, its plan, and whether it works.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_SITE_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_SITE_H

#include "hooks/install/install.h"
#include "hooks/install/install_manager.h"
#include "hooks/install/install_place.h"
#include "hooks/install/install_plan.h"
#include "hooks/install/install_shim.h"
#include "hooks/install/install_trees.h"

struct site {
    const struct install_options *options;
    struct install_scope scope;
    struct install_plan plan;
    char *owned[4]; /* what the scope points to */
};

/* Returns 0, or -1 and *err: there is no repository. Close in either case. */
int site_open(struct site *site, const struct install_options *options,
              struct error *err);
void site_close(struct site *site);

/* The part of an installation that is for one worktree with settings of its
 * own. The other site, and the worktree, must outlive it. */
void site_open_worktree(struct site *site, const struct site *of,
                        const struct install_tree *worktree);

/* The working tree that it is for, or NULL. */
const char *site_root(const struct site *site);

/* Are the hooks where hosting software looks, and git does not? */
bool site_is_apart(const struct site *site);

/* One hook of the plan, and the shim that belongs there. */
typedef int site_visit(const struct site *site, const struct place *place,
                       struct text shim, struct error *err);

/*
 * Visit every hook that the plan has a shim for. Returns the largest answer,
 * or the first that is negative, after which no more are visited.
 */
int site_each(const struct site *site, site_visit *visit, struct error *err);

/* Append the command of the hook in git's settings. */
void site_command(struct buffer *command, const struct site *site);

/*
 * Is all that the plan wants in place, and would git run it at the next
 * commit, merge and push? 1, 0, or -1 and *err.
 */
int site_fires(const struct site *site, struct error *err);

/* The hook manager that owns the hooks folder here, if it runs tmpguard at
 * every event that is checked and git needs it for that; else NULL. */
const struct manager *site_manager(const struct site *site);

/*
 * Do tmpguard's hooks of all repositories fire in this one, which has none of
 * its own in their way? 1, 0, or -1 and *err.
 */
int site_fires_anyway(const struct site *site, struct error *err);

#endif

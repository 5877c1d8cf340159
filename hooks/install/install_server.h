/*
 * Servers: a bare repository that is pushed to, and the folders of hooks that
 * hosting software looks in.
 *
 *     DIR/hooks/pre-receive                   git
 *     DIR/hooks/pre-receive.d/NAME            a pre-receive that runs those
 *                                             (Gitea and Forgejo have one)
 *     DIR/custom_hooks/pre-receive.d/NAME     GitLab: one repository
 *     custom_hooks/pre-receive.d/NAME         GitLab: all of a Gitaly node
 *
 * docs.gitlab.com/administration/server_hooks tells of the last two.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_SERVER_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_SERVER_H

#include "core/base/error.h"
#include "hooks/install/install_plan.h"

/*
 * Look at the current folder: scope->repo is NULL if it is one of GitLab's
 * without a repository, scope->base is it. The scope owns both. Returns 0, or
 * -1 and *err (ERROR_USAGE): it is neither that nor a bare repository.
 */
int server_open(struct install_scope *scope, char **base, struct error *err);

/*
 * Plan a file in a folder of hooks, where there is one that is looked in.
 * Returns 1, 0 if there is none (then the repository's own hook is the place),
 * or -1 and *err.
 */
int server_choose(struct install_plan *plan, const struct install_scope *scope,
                  struct error *err);

/* Is the repository of the current folder a bare one? 1, 0, or -1 and *err. */
int server_is_bare(struct error *err);

/* Is it such a folder? git itself does not look there. */
bool server_is_apart(const struct install_plan *plan);

/* The name of the file there. */
#define SERVER_FILE "50-tmpguard"

/* Where it is for one repository of GitLab. */
#define SERVER_APART "/custom_hooks/pre-receive.d/" SERVER_FILE

#endif

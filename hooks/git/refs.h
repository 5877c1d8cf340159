/*
 * All refs of a repository, as git lists them, and the commits they lead to.
 */
#ifndef TMPGUARD_HOOKS_GIT_REFS_H
#define TMPGUARD_HOOKS_GIT_REFS_H

#include <stdbool.h>

#include "core/base/error.h"
#include "hooks/git/object.h"

struct repo;

/* A ref and the commit it leads to; tags are peeled. */
typedef int refs_visit(const char *name, const struct object_id *commit,
                       void *payload);

/* Is the object known to be a commit? Then it is not looked at: a repository
 * may have a hundred thousand refs. */
typedef bool refs_known(const struct object_id *id, void *payload);

/*
 * Visit HEAD, every ref that leads to a commit, and what the HEADs of all
 * worktrees ("worktree") are at. A visit that returns non-zero ends it. Returns
 * 0, what visit returned, or -1 and *err: a ref is broken, or its object
 * missing. `known` may be NULL.
 */
int refs_each(struct repo *repo, refs_known *known, refs_visit *visit,
              void *payload, struct error *err);

#endif

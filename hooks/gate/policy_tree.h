/*
 * The policy that comes with a tree: the file `.tmpguard` at its top.
 *
 * A change is judged by its own version and by those of its parents, whichever
 * is stricter: no commit loosens the gate for itself. Its own version must be
 * right; what is wrong in an old one is remarked on, so that a commit can
 * repair it, and the settings before the damage count.
 */
#ifndef TMPGUARD_HOOKS_GATE_POLICY_TREE_H
#define TMPGUARD_HOOKS_GATE_POLICY_TREE_H

#include "hooks/gate/change.h"
#include "hooks/gate/policy.h"
#include "hooks/gate/span.h"

struct repo;

/* A larger file is refused, in bytes. */
#define POLICY_SIZE_MAX ((size_t)64 << 10)

/*
 * All add what they find to *policy, and return 0, or -1 and *err: ERROR_USAGE
 * for a version that is malformed or no regular file, else it was not read.
 */

/* For what is staged: the index and each parent. */
int policy_of_staged(struct policy *policy, struct repo *repo,
                     const struct change *change, struct error *err);

/* For what a commit here would be judged by: of a bare repository, HEAD's. */
int policy_of_next(struct policy *policy, struct repo *repo, struct error *err);

/* For a range: its tips, and the parents of its commits that are not in it. */
int policy_of_span(struct policy *policy, struct repo *repo,
                   const struct span *span, struct error *err);

/* For one tree. */
int policy_of_tree(struct policy *policy, struct repo *repo,
                   const struct object_id *tree, struct error *err);

/* For the working tree: the file on disk, in this folder. */
int policy_of_folder(struct policy *policy, const char *folder,
                     struct error *err);

#endif

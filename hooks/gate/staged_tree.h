/*
 * The id of the tree that a commit of what is staged would have. Nothing is
 * written: git's index says it, or the folders that changed are put together
 * in memory.
 */
#ifndef TMPGUARD_HOOKS_GATE_STAGED_TREE_H
#define TMPGUARD_HOOKS_GATE_STAGED_TREE_H

#include "core/base/error.h"
#include "hooks/gate/change.h"
#include "hooks/git/object.h"

struct repo;

/*
 * Of a change that staged_read read. Returns 1, 0 if it cannot be told (there
 * is a conflict, or a tree is missing), -1 and *err.
 */
int staged_tree(struct object_id *tree, struct repo *repo,
                const struct change *change, struct error *err);

#endif

/*
 * The Python files of a tree that have something to say: findings, or facts
 * that others may depend on. What a tree holds is kept in the cache under its
 * id, folder by folder, so that only folders that changed are looked into.
 */
#ifndef TMPGUARD_HOOKS_JOINT_SEEDS_H
#define TMPGUARD_HOOKS_JOINT_SEEDS_H

#include "hooks/joint/analyse.h"

/* The facts may be taken. */
typedef void seeds_visit(void *payload, const char *path, struct facts *facts);

/*
 * Visit them. Files that cannot be read or analysed are passed over: of a tree
 * that was there before, the change that is checked is not to blame for them.
 * Returns 0, or -1 and *err if a folder cannot be read.
 */
int seeds_each(struct analyser *analyser, struct repo *repo,
               const struct object_id *tree, seeds_visit *visit, void *payload,
               struct error *err);

#endif

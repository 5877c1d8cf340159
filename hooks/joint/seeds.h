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
typedef void seeds_miss(void *payload, const char *path,
                        const struct error *err);

struct seeds_visitor {
    seeds_visit *visit;
    seeds_miss *miss; /* it cannot be read or analysed */
    void *payload;
};

/* Visit them. Returns 0, or -1 and *err if a folder cannot be read. */
int seeds_each(struct analyser *analyser, struct repo *repo,
               const struct object_id *tree,
               const struct seeds_visitor *visitor, struct error *err);

#endif

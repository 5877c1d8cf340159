/*
 * What a ref's id leads to, through annotated tags and tags of tags.
 */
#ifndef TMPGUARD_HOOKS_GIT_PEEL_H
#define TMPGUARD_HOOKS_GIT_PEEL_H

#include "core/base/error.h"
#include "hooks/git/object.h"

struct repo;

/* More tags, one behind the other, are refused. */
#define PEEL_DEPTH_MAX 100

/* Never a tag. */
struct peeled {
    enum object_type type;
    struct object_id id;
};

/*
 * Follow `id`. Reads the objects themselves, so that a thousand refs need no
 * thousand children.
 * Returns 1, 0 if it, or what a tag names, is missing, -1 and *err.
 */
int peel(struct peeled *peeled, struct repo *repo, const struct object_id *id,
         struct error *err);

#endif

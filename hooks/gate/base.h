/*
 * The commit that a change is compared with, found by the words of a
 * continuous integration system.
 */
#ifndef TMPGUARD_HOOKS_GATE_BASE_H
#define TMPGUARD_HOOKS_GATE_BASE_H

#include "core/base/error.h"
#include "hooks/git/object.h"

struct repo;

enum base_kind {
    BASE_COMMIT, /* an id; zeros are none */
    BASE_RANGE,  /* "A..B" or "A...B": the base is A */
    BASE_BRANCH, /* "main", "refs/heads/main": of the remote, or here */
};

enum base_found {
    BASE_IS_THERE,
    BASE_IS_NONE,    /* zeros: there is none */
    BASE_IS_MISSING, /* this clone does not have it */
    /* The remote's branch has all of HEAD: nothing is new to it. A branch here
     * that has it says only where HEAD is, and is missing. */
    BASE_HAS_ALL,
};

/*
 * Find it, with the words in `value`. Returns 0 and *found, with *base if it
 * is there, or -1 and *err.
 */
int base_find(enum base_found *found, struct object_id *base, struct repo *repo,
              enum base_kind kind, const char *value, struct error *err);

/* The same for the branch that the remote called its default one. */
int base_default(enum base_found *found, struct object_id *base,
                 struct repo *repo, struct error *err);

#endif

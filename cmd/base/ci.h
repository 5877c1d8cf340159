/*
 * Continuous integration: what each system says, in the environment, about
 * the commit that a change is to be compared with, or that there is none.
 */
#ifndef TMPGUARD_CMD_BASE_CI_H
#define TMPGUARD_CMD_BASE_CI_H

#include <stdbool.h>
#include <stddef.h>

#include "hooks/gate/base.h"

#define CI_BASES_MAX 4

#define CI_IDLE_MAX 2

/* What a base is to the run. */
enum ci_role {
    CI_TARGET,  /* of a pull or merge request: where one is named, no other */
    CI_PASSED,  /* what the branch had when it last passed */
    CI_BEFORE,  /* what the branch had before the push; not HEAD itself */
    CI_DEFAULT, /* the default branch, for what has nothing before it */
};

/* A value that may lead to the base, and where it is from. */
struct ci_base {
    enum ci_role role;
    const char *variable;
    enum base_kind kind;
    const char *when; /* holds only if this variable is set, not to "false" */
    bool in_event;    /* the variable names GitHub's file of the event */
};

/* A run for which nothing was pushed to any branch. */
struct ci_idle {
    const char *variable;
    const char *value; /* NULL: any; "refs/tags/": what begins so */
    const char *what;
};

struct ci_system {
    const char *name;
    const char *mark, *value; /* a variable, and its value if not any */
    const char *branch;       /* names the branch that a push was to */
    struct ci_base bases[CI_BASES_MAX]; /* by role, the best first; NULL */
    struct ci_idle idle[CI_IDLE_MAX];   /* may end with NULL */
    const char *remedy;                 /* for a clone that lacks history */
};

/* All systems; *count is set. */
const struct ci_system *ci_systems(size_t *count);

/* The one that this program runs in, or NULL. */
const struct ci_system *ci_here(void);

/*
 * What a variable says, for free(). Returns 1, 0 if it is not set, empty, or
 * does not hold here, -1 if it cannot be read although the run has a base. Of
 * an event's file it is the commit before the push, the base of the merge
 * queue's group, or the default branch.
 */
int ci_value(char **value, const struct ci_base *base);

/* The entry of the table that holds here, or NULL. */
const struct ci_idle *ci_idle(const struct ci_system *system);

/* Was the push to the branch of that name? */
bool ci_is_branch(const struct ci_system *system, const char *name);

#endif

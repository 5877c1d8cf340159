/*
 * Continuous integration: what each system says, in the environment, about
 * the commit that a change is to be compared with.
 */
#ifndef TMPGUARD_CMD_CI_H
#define TMPGUARD_CMD_CI_H

#include <stddef.h>

#include "hooks/gate/base.h"

#define CI_BASES_MAX 4

/* A value that may lead to the base, and where it is from. */
struct ci_base {
    const char *variable;
    enum base_kind kind;
    const char *when; /* holds only if this variable is set, not to "false" */
};

struct ci_system {
    const char *name;
    const char *mark, *value; /* a variable, and its value if not any */
    struct ci_base bases[CI_BASES_MAX]; /* the best first; ends with NULL */
    const char *remedy;                 /* for a clone that lacks history */
};

/* All systems; *count is set. */
const struct ci_system *ci_systems(size_t *count);

/* The one that this program runs in, or NULL. */
const struct ci_system *ci_here(void);

/*
 * What a variable says, for free(): NULL if it is not set, empty, or does not
 * hold here. Of an event's file it is the commit before the push, or
 * the base of the merge queue's group.
 */
char *ci_value(const struct ci_base *base);

#endif

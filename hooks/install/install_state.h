/*
 * Is tmpguard installed in a repository, and would git run it? A quick look
 * that runs no hook; hooks/install/doctor.h tells why not.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_STATE_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_STATE_H

#include <stdbool.h>

#include "core/base/error.h"

struct install_state {
    bool installed; /* something of ours is here, or reaches here */
    bool fires;     /* at every event that is ours, by the look of it */
    bool serves;    /* what it looked at is the hook of a bare repository */
    char *where;    /* the hooks folder, or the key in git's settings */
};

/*
 * Look at the repository of the current folder. Returns 0, or -1 and *err:
 * ERROR_USAGE if there is none. Release it in either case.
 */
int install_state_read(struct install_state *state, struct error *err);

void install_state_release(struct install_state *state);

#endif

/*
 * For hooks/install/doctor: one hook of one event, as a git would run it in a
 * worktree. What is wrong with it goes into the checkup, with the repair.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_DOCTOR_HOOK_H
#define TMPGUARD_HOOKS_INSTALL_DOCTOR_HOOK_H

#include "hooks/install/checkup.h"
#include "hooks/install/install_shim.h"
#include "hooks/install/scene.h"

struct doctor_case {
    struct checkup *checkup;
    const struct scene *scene;
    const char *usual;   /* the hooks folder where core.hooksPath is not set */
    const char *scratch; /* for the canary; NULL: without one */
    /* A hook that is in no folder where git looks, or NULL: whoever serves the
     * repository runs it. */
    const char *apart;
};

void doctor_hook(const struct doctor_case *of, const struct shim_event *event);

#endif

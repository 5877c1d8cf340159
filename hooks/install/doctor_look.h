/*
 * For hooks/install/doctor_hook: one look at a hook, and what git's settings
 * have to do with it.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_DOCTOR_LOOK_H
#define TMPGUARD_HOOKS_INSTALL_DOCTOR_LOOK_H

#include <stdbool.h>

#include "hooks/install/canary.h"
#include "hooks/install/doctor_hook.h"
#include "hooks/install/hook_file.h"

/* What is there, and what came of running it. */
struct look {
    const struct doctor_case *of;
    const struct scene *scene;
    struct checkup *checkup;
    const struct shim_event *event;
    char *path; /* of the hook in the hooks folder */
    struct hook_file hook;
    struct canary canary;
    bool explained; /* something was found that keeps it from firing */
};

/* Is it proved? */
bool look_fired(const struct look *look);

/* Does git run us from its settings at this event? */
bool look_is_configured(const struct look *look);

/* Tell what is wrong with the hook in git's settings, if there is one. */
void look_at_settings(struct look *look);

#endif

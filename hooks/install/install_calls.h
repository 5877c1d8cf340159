/*
 * Does a hook manager run tmpguard? Its configuration is read, line by line
 * and with no more understanding than that takes; nothing of it is run. What
 * is not recognised is no.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_CALLS_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_CALLS_H

#include <stdbool.h>

#include "hooks/install/install_manager.h"

/* Is the line, of a script or a value of YAML, a call of tmpguard for the
 * event? One whose failure is ignored (||) is none. */
bool calls_in_line(struct text line, const char *event);

/*
 * Do these bytes of the manager's configuration make it call tmpguard for the
 * event? Not for MANAGER_SCRIPT and MANAGER_HOOK.
 */
bool calls_in_configuration(const struct manager *manager, struct text bytes,
                            const char *event);

/* Is the hook at `path` a manager's that git runs, and does that manager, in
 * the working tree at `root`, call tmpguard for the event? */
bool calls_from_hook(const char *path, const char *root, const char *event);

/* The same for the manager whose hooks folder it is. */
bool calls_from_folder(const char *folder, const char *event);

/* Who is set up in the working tree at `root`, would take over hooks that are
 * not its own when it is installed, and does not call tmpguard for all events?
 * NULL: nobody. */
const struct manager *calls_threatened_by(const char *root);

#endif

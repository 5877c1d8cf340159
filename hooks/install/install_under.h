/*
 * Installing in many clones at once.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_UNDER_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_UNDER_H

#include "core/base/error.h"
#include "hooks/install/install.h"

/*
 * install_hooks in each clone below the folder, found without following
 * symbolic links. What went wrong in one does not stop the others; a line is
 * said about each, and one that sums up. Returns 0, 1 if any of them or any
 * folder failed (said so), or -1 and *err, with nothing done. The environment
 * must name no repository.
 */
int install_under(const char *folder, const struct install_options *options,
                  struct error *err);

/* The same with uninstall_hooks. */
int uninstall_under(const char *folder, const struct install_options *options,
                    struct error *err);

#endif

/*
 * What git's own template gives to every repository that is made: a folder
 * that is set in its place has to hold that, too (samples of hooks,
 * info/exclude, a description).
 */
#ifndef TMPGUARD_HOOKS_INSTALL_TEMPLATE_DEFAULT_H
#define TMPGUARD_HOOKS_INSTALL_TEMPLATE_DEFAULT_H

#include "core/base/error.h"

/*
 * Copy into `folder` what git gives to a new repository now and the folder
 * does not have; nothing that is there is changed. What was copied is written
 * down in `state`, a folder of ours. No template may be set yet, and the
 * environment must name no repository. Returns 0, or -1 and *err.
 */
int template_default_copy(const char *folder, const char *state,
                          struct error *err);

/*
 * Take out what was copied and nobody changed since, and the folders that are
 * empty then. Doing so twice is fine. Returns 0, or -1 and *err.
 */
int template_default_take_out(const char *folder, const char *state,
                              struct error *err);

#endif

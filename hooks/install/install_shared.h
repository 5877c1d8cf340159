/*
 * What an installation for all users asks of files: everybody can use them,
 * and nobody but their owner can change them, since everybody runs them.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_SHARED_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_SHARED_H

#include "core/base/error.h"
#include "hooks/system/disk.h"

/*
 * May every user run the program (or look into the folder) at this path, and
 * none but root and this one change it? Returns 0, or -1 and *err
 * (ERROR_USAGE).
 */
int shared_check(const char *path, struct error *err);

/* Let everybody into folders that were just made. Returns 0, or -1, *err. */
int shared_open_up(const struct paths *made, struct error *err);

/* Let everybody read a file that was just made. Returns 0, or -1, *err. */
int shared_open_file(const char *path, struct error *err);

#endif

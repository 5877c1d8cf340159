/*
 * Clones on disk: every repository with a working tree below a folder.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_CLONES_H
#define TMPGUARD_HOOKS_INSTALL_CLONES_H

#include "core/base/error.h"
#include "hooks/system/disk.h"

/* Start from CLONES_EMPTY. */
struct clones {
    struct paths found;  /* the folders that have a .git, sorted; of a
                          * repository with several worktrees the first */
    struct paths passed; /* a .git that is a symbolic link */
    struct paths closed; /* folders that could not be looked into */
};

#define CLONES_EMPTY ((struct clones){ .found = { .items = NULL } })

/*
 * Find them, without following symbolic links, those within each other too
 * (submodules). Returns 0, or -1 and *err (ERROR_USAGE): `folder` is none.
 * Release the clones in either case.
 */
int clones_find(struct clones *clones, const char *folder, struct error *err);

void clones_release(struct clones *clones);

#endif

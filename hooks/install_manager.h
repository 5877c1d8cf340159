/*
 * Hook managers: programs that write hooks of their own and write them again
 * whenever they are installed, so that a hook put in their place would not
 * stay. They are told to run tmpguard instead, each in its own way.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_MANAGER_H
#define TMPGUARD_HOOKS_INSTALL_MANAGER_H

#include <stdbool.h>

#include "core/text.h"

struct manager {
    const char *name;
    const char *mark;   /* what its hooks contain */
    const char *folder; /* how the path of its hooks folder ends, or NULL */
    const char *advice; /* how it runs tmpguard */
};

/* Who wrote the hook with these bytes; NULL: none that is known. */
const struct manager *manager_of_hook(struct text bytes);

/* What pre-commit adds to the name of a hook whose place it takes. */
#define MANAGER_KEEPS ".legacy"

/* Is it a hook that runs the one it took the place of? */
bool manager_runs_kept(struct text bytes);

/* Whose hooks folder is it? NULL: nobody's that is known. */
const struct manager *manager_of_folder(const char *path);

#endif

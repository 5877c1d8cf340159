/*
 * Hook managers: programs that write hooks of their own and write them again
 * whenever they are installed, so that a hook put in their place would not
 * stay. Some run the hook whose place they took; the others are told to run
 * tmpguard, each in its own way.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_MANAGER_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_MANAGER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/text.h"

/* Where a manager is told what to run. */
enum manager_way {
    MANAGER_HOOK,     /* in the hook that it writes */
    MANAGER_SCRIPT,   /* in a script of the event's name in its folder */
    MANAGER_SECTIONS, /* in a file with a section for each event */
    MANAGER_ITEMS,    /* in a file with a list of what runs, and when */
};

#define MANAGER_FILES_MAX 8

struct manager {
    const char *name;
    const char *mark;   /* what its hooks contain */
    const char *folder; /* how the path of its hooks folder ends, or NULL */
    bool keeps;         /* it runs what stood in its place, and keeps it */
    enum manager_way way;
    /* Its configuration, at the top of the working tree. */
    const char *files[MANAGER_FILES_MAX];
    const char *sign;    /* what that must contain to be its, or NULL */
    const char *advice;  /* how it runs tmpguard, in a sentence */
    const char *snippet; /* the same, to copy: lines */
};

/* All that are known; *count is set. */
const struct manager *manager_table(size_t *count);

/* The one of this name, in any case of its letters, or NULL. */
const struct manager *manager_named(const char *name);

/* Who wrote the hook with these bytes; NULL: none that is known. */
const struct manager *manager_of_hook(struct text bytes);

/* What a manager that keeps the hook whose place it takes adds to its name. */
#define MANAGER_KEEPS ".legacy"

/* Is it a hook that runs the one it took the place of? */
bool manager_runs_kept(struct text bytes);

/* Whose hooks folder is it? NULL: nobody's that is known. */
const struct manager *manager_of_folder(const char *path);

#endif

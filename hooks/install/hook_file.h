/*
 * One file in a hooks folder, as git would find it: whose it is, and whether
 * it can run.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_HOOK_FILE_H
#define TMPGUARD_HOOKS_INSTALL_HOOK_FILE_H

#include <stdbool.h>

#include "core/base/error.h"
#include "hooks/install/install_manager.h"
#include "hooks/install/install_shim.h"

/* Start from HOOK_FILE_EMPTY. */
struct hook_file {
    enum shim_kind kind;
    bool executable;
    bool crlf;     /* lines end as on Windows, so nothing in it can run */
    bool current;  /* ours, and as this version writes it */
    bool names_us; /* somebody else's, and the word tmpguard is in it */
    /* The hook manager that wrote it, or NULL; `keeps`: it runs our shim,
     * whose place it took, and what is said here of ours is of that one. */
    const struct manager *manager;
    bool keeps;
    char *program; /* ours: what it runs, or NULL */
};

#define HOOK_FILE_EMPTY ((struct hook_file){ .kind = SHIM_ABSENT })

/*
 * Look at the hook at `path`; `event`: the one it is for. Returns 0, or -1 and
 * *err if it cannot be read. Release it in either case.
 */
int hook_file_look(struct hook_file *hook, const char *path,
                   const struct shim_event *event, struct error *err);

/* Is it ours, and would git run it, and it the program? */
bool hook_file_fires(const struct hook_file *hook);

void hook_file_release(struct hook_file *hook);

#endif

/*
 * Is the gate as it was installed, and does it fire? A look at one repository
 * with every git of the machine and in every worktree, which names each reason
 * why not, and what to do about it. Nothing is written in the repository.
 *
 * In a bare repository the gate is the hook for what is pushed to it; if it
 * has worktrees and no such hook, it is the hooks for what is committed there.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_DOCTOR_H
#define TMPGUARD_HOOKS_INSTALL_DOCTOR_H

#include <stdbool.h>

#include "core/base/error.h"
#include "hooks/git/worktrees.h"
#include "hooks/install/checkup.h"
#include "hooks/install/gits.h"

struct doctor_options {
    /* The gits to look with, absolute paths; none: all that are found. */
    const char *const *gits;
    size_t gits_count;
    const char *path;      /* where programs are looked for: PATH */
    const char *home;      /* this user's folder, or NULL */
    const char *temporary; /* where a folder may be made for the canary */
    /* The variables of the environment that change what git does, by name;
     * NULL at the end. */
    const char *const *variables;
    bool repository_is_named; /* GIT_DIR is one of them */
    const char *program;      /* tmpguard, as a shell finds it */
    const char *folder;       /* where a repair has to begin, or NULL: here */
    bool canary;              /* run the hooks, as a proof */
    /* Look at the worktree of the current folder alone, with the first git of
     * PATH, and note nothing that is well. */
    bool quick;
};

/* Start from DOCTOR_EMPTY. */
struct doctor {
    struct checkup checkup; /* the gate fires if nothing failed */
    struct gits gits;
    struct worktrees trees;
    bool serves; /* the gate here is the hook for what is pushed to it */
};

#define DOCTOR_EMPTY                                                           \
    ((struct doctor){ CHECKUP_EMPTY, GITS_EMPTY, WORKTREES_EMPTY, false })

/*
 * Look at the repository of the current folder. Returns 0, or -1 and *err:
 * ERROR_USAGE if there is none. Release it in either case.
 */
int doctor_look(struct doctor *doctor, const struct doctor_options *options,
                struct error *err);

void doctor_release(struct doctor *doctor);

#endif

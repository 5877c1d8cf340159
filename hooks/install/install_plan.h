/*
 * What an installation consists of: the way, and where. Chosen once, written
 * down before anything is done, and read again to check or undo it.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_PLAN_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_PLAN_H

#include <stdbool.h>

#include "core/base/error.h"
#include "hooks/install/install.h"
#include "hooks/system/disk.h"

struct repo;

enum install_way {
    INSTALL_CONFIG,   /* a hook in git's settings, where git knows those */
    INSTALL_SHIMS,    /* shims in the repository's own hooks folder */
    INSTALL_FOLDER,   /* a hooks folder of shims that stands before another */
    INSTALL_TEMPLATE, /* shims in the template that git copies to new clones */
};

/* What it is for. */
struct install_scope {
    enum install_reach reach;
    struct repo *repo; /* NULL: further than here */
    const char *base;  /* the git folder that its worktrees share, or NULL */
    bool shared;       /* what all worktrees share counts, and no more */
    /* The root of one that has a core.hooksPath of its own, in `config`, which
     * is what this is for; else NULL. */
    const char *worktree;
    const char *state;  /* the folder with the record */
    const char *folder; /* the hooks folder of INSTALL_FOLDER, or the template
                         * to use where none is set */
    bool wants_folder;  /* that template and no other */
    const char *config; /* the file with the settings */
};

/* Start from PLAN_EMPTY. All paths are absolute. */
struct install_plan {
    enum install_way way;
    char *hooks;  /* the folder that gets shims; NULL for INSTALL_CONFIG */
    char *before; /* INSTALL_FOLDER: core.hooksPath as it was; NULL: unset */
    char *config; /* the file that is changed, or NULL */
    char *path;   /* INSTALL_FOLDER: what core.hooksPath was set to; it is not
                   * `hooks` if the repository was moved since.
                   * INSTALL_TEMPLATE: what init.templateDir was, or NULL */
    struct paths made; /* folders that were not there, outermost first */
};

#define PLAN_EMPTY ((struct install_plan){ .way = INSTALL_SHIMS })

/* Decide. Returns 0, or -1 and *err. Release it in either case. */
int plan_choose(struct install_plan *plan, const struct install_scope *scope,
                struct error *err);

/* Does a hook manager own the hooks folder here? 0, or -1 and *err, with what
 * to do instead. */
int plan_check_manager(const struct install_scope *scope, struct error *err);

/* The record of an installation: 1, 0 if there is none, -1 and *err. */
int plan_read(struct install_plan *plan, const struct install_scope *scope,
              struct error *err);
int plan_write(const struct install_plan *plan,
               const struct install_scope *scope, struct error *err);
int plan_forget(const struct install_scope *scope, struct error *err);

/* Without a record: shims in the hooks folder that every repository has. */
void plan_assume(struct install_plan *plan, const struct install_scope *scope);

/* The folder that git looks for this repository's hooks in, resolved, for
 * free(); NULL and *err. */
char *plan_effective(const struct install_scope *scope, struct error *err);

void plan_release(struct install_plan *plan);

#endif

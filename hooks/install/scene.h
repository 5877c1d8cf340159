/*
 * One git in one worktree: what it says of its hooks there. A look for the
 * doctor; nothing is changed.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_SCENE_H
#define TMPGUARD_HOOKS_INSTALL_SCENE_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "hooks/git/worktrees.h"
#include "hooks/install/gits.h"

/* A setting as it holds, and where it stands; value NULL: it is not set. */
struct setting {
    char *value;
    char *scope; /* "local", "worktree", "global", "system", "command" */
    char *file;  /* absolute, or NULL: it is in no file */
};

/* Open with scene_open. */
struct scene {
    const struct git *git;
    const struct worktree *tree;
    char *home;           /* GIT_DIR=… where that has to be told, or NULL */
    const char *tmpguard; /* how a shell calls the program */
    const char *install;  /* the command that installs here */
    const char *install_user, *install_machine; /* and further than here */
    char *hooks;            /* the folder where this git looks for hooks here */
    struct setting path;    /* core.hooksPath */
    struct setting command; /* hook.tmpguard.command */
    struct setting enabled; /* hook.tmpguard.enabled */
    struct setting events;  /* hook.tmpguard.event: all, each on a line */
    struct setting missing; /* hooks.tmpguard.missing */
};

/*
 * Ask `git` in `tree`. `git_dir`: the folder that GIT_DIR has to name there,
 * NULL if git finds it. Returns 0, or -1 and *err with git's own reason if it
 * refuses. Close it in either case.
 */
int scene_open(struct scene *scene, const struct git *git,
               const struct worktree *tree, const char *git_dir,
               struct error *err);
void scene_close(struct scene *scene);

/*
 * Append what `git ARGUMENT…` prints there; the first argument is the git's
 * path. Returns 0, also if git said no, or -1 and *err with its reason.
 */
int scene_ask(struct buffer *out, const struct scene *scene,
              const char *const *arguments, struct error *err);

/*
 * The environment that git has there: this process's, without what names
 * another repository, and with the strings; for trial_environment_release.
 */
char **scene_environment(const struct scene *scene, const char *const *with);

/* Is a setting true, as git reads it? Unset is `otherwise`. */
bool setting_is_true(const struct setting *setting, bool otherwise);

/* Is it one of the lines? */
bool setting_has_line(const struct setting *setting, const char *line);

#endif

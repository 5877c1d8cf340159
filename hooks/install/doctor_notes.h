/*
 * For hooks/install/doctor: what a person should know beside the hooks of
 * tmpguard: hooks that nobody runs, and what kind of repository it is.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_DOCTOR_NOTES_H
#define TMPGUARD_HOOKS_INSTALL_DOCTOR_NOTES_H

#include "hooks/install/checkup.h"
#include "hooks/install/scene.h"

struct repo;

/* Hooks in `usual`, the repository's own folder, that do not run in the scene;
 * git-lfs's among them. */
void doctor_hidden(struct checkup *checkup, const struct scene *scene,
                   const char *usual);

/* Where git-lfs keeps files here: does its push hook run? Without it they are
 * not sent. */
void doctor_lfs(struct checkup *checkup, const struct scene *scene,
                const char *usual);

/* The setting that lets git go on without the program. */
void doctor_missing(struct checkup *checkup, const struct scene *scene);

/* What makes the repository one that is read a slower way. */
void doctor_format(struct checkup *checkup, const struct repo *repo);

/* Variables that change what git does in this shell. */
void doctor_variables(struct checkup *checkup, const char *const *names);

#endif

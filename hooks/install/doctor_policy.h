/*
 * For hooks/install/doctor: is the policy one that the gate can read? A wrong
 * key or value stops every commit, so each is named with its place and the
 * repair.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_DOCTOR_POLICY_H
#define TMPGUARD_HOOKS_INSTALL_DOCTOR_POLICY_H

#include "hooks/git/repo.h"
#include "hooks/git/worktrees.h"
#include "hooks/install/checkup.h"
#include "hooks/install/scene.h"

/* git's settings, as the scene's git tells them there. */
void doctor_policy_of_git(struct checkup *checkup, const struct scene *scene);

/*
 * `.tmpguard`, as the next commit in each of the worktrees would be judged by.
 * `repo` is the one of the current folder; `alone`: look at no other worktree.
 */
void doctor_policy_of_trees(struct checkup *checkup,
                            const struct worktrees *trees, struct repo *repo,
                            bool alone);

#endif

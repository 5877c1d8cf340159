/*
 * The policy that git's settings hold: hooks.tmpguard.KEY, in any scope.
 */
#ifndef TMPGUARD_HOOKS_GATE_POLICY_GIT_H
#define TMPGUARD_HOOKS_GATE_POLICY_GIT_H

#include "core/base/text.h"
#include "hooks/gate/policy.h"
#include "hooks/git/config_search.h"

/*
 * Add what git says here, in its order. No git is started if there is nothing
 * in `places`. Returns 0, or -1 and *err: ERROR_USAGE for an unknown key or
 * value, with the file it is in.
 */
int policy_of_git(struct policy *policy, const struct config_places *places,
                  const struct repo *repo, struct error *err);

/*
 * The same from what `git config -z --show-scope --show-origin --get-regexp`
 * answers: "SCOPE NUL ORIGIN NUL KEY LF VALUE NUL" for each. `folder` is where
 * relative names of files start, or NULL; they become absolute but for those
 * in ".git". The files tell the lines.
 */
int policy_parse_git(struct policy *policy, const char *folder,
                     struct text answer, struct error *err);

#endif

/*
 * check --ci: what HEAD has and the base lacks, which the system's variables
 * lead to.
 */
#ifndef TMPGUARD_CMD_COMMANDS_CHECK_CI_H
#define TMPGUARD_CMD_COMMANDS_CHECK_CI_H

#include "cmd/session/session.h"
#include "hooks/gate/check.h"

/*
 * Returns 0, or -1 and *err: ERROR_USAGE if nothing leads to a base, with all
 * that was looked at. One that was named and is not in this clone makes the
 * report incomplete. Where there is nothing to compare (a tag, a scheduled
 * run, a branch that has nothing new) it says why in one line.
 */
int check_ci(struct session *session, const struct check_options *asked,
             struct error *err);

#endif

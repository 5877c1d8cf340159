/*
 * check --ci: what HEAD has and the base lacks, which the system's variables
 * lead to.
 */
#ifndef TMPGUARD_CMD_CHECK_CI_H
#define TMPGUARD_CMD_CHECK_CI_H

#include "cmd/session.h"
#include "hooks/gate/check.h"

/*
 * Returns 0, or -1 and *err: ERROR_USAGE if there is no base, with all that
 * was looked at. A shallow clone that lacks it is incomplete.
 */
int check_ci(struct session *session, const struct check_options *asked,
             struct error *err);

#endif

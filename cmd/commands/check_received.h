/*
 * check --pre-receive: git's lines, within the server's deadline.
 */
#ifndef TMPGUARD_CMD_COMMANDS_CHECK_RECEIVED_H
#define TMPGUARD_CMD_COMMANDS_CHECK_RECEIVED_H

#include "cmd/session/session.h"
#include "hooks/gate/check.h"

/* Returns 0, or -1 and *err. */
int check_received(struct session *session, const struct check_options *asked,
                   struct error *err);

/* The server's own settings are wrong: say so to who pushes. Returns -1. */
int check_received_misset(struct error *err);

#endif

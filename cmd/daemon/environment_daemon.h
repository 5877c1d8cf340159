/*
 * The environment between tmpguard-hook, tmpguard and the daemon.
 */
#ifndef TMPGUARD_CMD_DAEMON_ENVIRONMENT_DAEMON_H
#define TMPGUARD_CMD_DAEMON_ENVIRONMENT_DAEMON_H

#include <stdbool.h>

/* Did tmpguard-hook find no daemon, and may one be started? What says so is
 * forgotten. */
bool environment_wants_daemon(void);

/*
 * The environment of the daemon, made anew: where this user's files are, and
 * nothing of who starts it. `extra` is one more variable, or NULL. For
 * trial_environment_release.
 */
char **environment_of_daemon(const char *extra);

#endif

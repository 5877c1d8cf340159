/*
 * Starting the daemon, and being it.
 */
#ifndef TMPGUARD_CMD_DAEMON_DAEMON_START_H
#define TMPGUARD_CMD_DAEMON_DAEMON_START_H

#include "core/base/error.h"

/*
 * Have a daemon that is this program; one that is another is ended first.
 * `idle` is what --idle says, or NULL. Returns 1 when it listens, 0 if it did
 * already; -1 and *err: why it does not.
 */
int daemon_start(const char *idle, struct error *err);

/* Be the daemon. Returns 1 at its end, 0 if there is one; -1 and *err. */
int daemon_run(const char *idle, struct error *err);

/* Start one without waiting for anything, as `daemon start` in this folder. */
void daemon_start_later(void);

#endif

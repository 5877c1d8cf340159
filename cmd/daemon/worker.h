/*
 * A worker of the daemon: a process forked from it that does one job, a check
 * of what is staged, by the same functions as `tmpguard check`, and ends. It
 * answers its client itself, and only with a verdict that is complete.
 */
#ifndef TMPGUARD_CMD_DAEMON_WORKER_H
#define TMPGUARD_CMD_DAEMON_WORKER_H

#include "cmd/daemon/rack.h"
#include "cmd/daemon/wire.h"

/* What the daemon leaves to a worker. */
struct worker_heritage {
    int channel;             /* its end */
    const struct rack *rack; /* the rows known when it was forked */
};

/* How a worker ends; only the rows of one that ended well count. */
enum {
    WORKER_WELL = 0,
    WORKER_BADLY = 70,
};

/* In the child: wait for the job, do it, end. */
_Noreturn void worker_run(const struct worker_heritage *heritage);

#endif

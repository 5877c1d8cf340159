/*
 * The end of a program that does not come to one: a thread that waits, and
 * then ends everything with a line that says why. Whatever hangs by then (git,
 * a file system) cannot hold it.
 */
#ifndef TMPGUARD_CMD_TERMINAL_WATCHDOG_H
#define TMPGUARD_CMD_TERMINAL_WATCHDOG_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"

struct watchdog {
    int64_t time_ms; /* from its start */
    /* What to say, and the code to exit with: asked when the time is over. */
    int (*verdict)(void *payload, const char **words);
    void *payload;

    /* Its own. */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stopped;
    bool runs, stop;
};

/* Start it; time_ms, verdict and payload are set. Returns 0, or -1, *err. */
int watchdog_start(struct watchdog *watchdog, struct error *err);

/* Call it off. One that was not started is fine. */
void watchdog_stop(struct watchdog *watchdog);

#endif

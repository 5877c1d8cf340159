/*
 * Starting a process that nobody waits for: a session of its own, no standard
 * streams, no other descriptor, no signal mask, the root folder.
 */
#ifndef TMPGUARD_CMD_DAEMON_DETACH_H
#define TMPGUARD_CMD_DAEMON_DETACH_H

#include <stdbool.h>

/* What to run. */
struct detach {
    const char *program; /* absolute */
    const char *const *arguments;
    char *const *variables; /* its environment; NULL: this one's */
    bool stays;             /* in this folder, not in "/" */
    int kept; /* a descriptor that it gets as DETACH_KEPT; -1: none */
};

#define DETACH_KEPT 3

/* No signal has a handler, none is blocked or ignored. */
void detach_signals(void);

/* Run it. Returns 0, or -1 if that cannot even be tried. */
int detach_run(const struct detach *detach);

#endif

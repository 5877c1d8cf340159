/*
 * The process that analyses files for a worker: it gets bytes and gives facts,
 * and can do nothing else (sandbox_thinker). What a file makes of it is at
 * most wrong facts, of that file and of those after it, or its end.
 */
#ifndef TMPGUARD_CMD_DAEMON_ANALYST_H
#define TMPGUARD_CMD_DAEMON_ANALYST_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/facts/facts.h"
#include "core/facts/scan.h"

/* Start from ANALYST_EMPTY: it is forked when it is first needed. */
struct analyst {
    int (*scan)(struct text bytes, struct facts *facts, struct error *err);
    pid_t pid;
    int socket;  /* -1: there is none */
    bool failed; /* it ended early: there will be no other */
};

#define ANALYST_EMPTY ((struct analyst){ .scan = scan_blob, .socket = -1 })

/*
 * scan_blob, there. Returns 0, or -1 with empty facts and *err: scan_blob's,
 * or ERROR_SYSTEM if it ended early.
 */
int analyst_scan(struct analyst *analyst, struct text bytes,
                 struct facts *facts, struct error *err);

/* Send it away. Twice is fine. */
void analyst_end(struct analyst *analyst);

#endif

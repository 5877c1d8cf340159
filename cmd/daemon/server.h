/*
 * The daemon itself: one thread in one loop over its socket, its clients, its
 * workers, signals and events of repositories. It never reads a repository:
 * workers do. Whether what one of them read is still what it was, it looks at
 * itself (recall.h).
 */
#ifndef TMPGUARD_CMD_DAEMON_SERVER_H
#define TMPGUARD_CMD_DAEMON_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/base/environment.h"
#include "cmd/daemon/crew.h"
#include "cmd/daemon/daemon_home.h"
#include "cmd/daemon/guest.h"
#include "cmd/daemon/journal.h"
#include "cmd/daemon/keeper.h"
#include "cmd/daemon/recall.h"
#include "cmd/daemon/warmth.h"

/* Without a request for so long it ends, in seconds. */
#define SERVER_IDLE_S 900

/* How long those that wait for a reply are waited for at the end; how often
 * it looks whether it is still wanted; how long it keeps the store after its
 * last use: in milliseconds. */
#define SERVER_DRAIN_MS 2000
#define SERVER_LOOK_MS  30000
#define SERVER_REST_MS  200

struct server {
    struct daemon_home home;
    struct journal journal;
    struct environment_cache cache;
    struct keeper keeper;
    struct crew crew;
    struct guests guests;
    struct warmth warmth;
    struct recall recall;
    struct wire_request roots;
    struct wire_program program; /* that runs here */
    char *program_path;          /* what it was started as; owned */
    int signals;
    int64_t idle_ms;                       /* how long is idle */
    int64_t asked_ms, looked_ms;           /* the last request, look */
    uint64_t requests, prepared, recalled; /* prepared: jobs done ahead */
    uint64_t checked, differed; /* hits analysed again, and wrong ones */
    bool leaving, limited;      /* it is about to end; a watch was refused */
};

/*
 * Run until it is told to end, or nobody needs it any more. `home` is taken.
 * Returns 0, or -1 and *err: it could not begin.
 */
int server_run(struct server *server, struct error *err);

#endif

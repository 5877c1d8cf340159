/*
 * What commands say to the daemon: is it there, watch this, end.
 */
#ifndef TMPGUARD_CMD_DAEMON_DAEMON_TALK_H
#define TMPGUARD_CMD_DAEMON_DAEMON_TALK_H

#include <stdbool.h>

#include "cmd/daemon/socket_folder.h"
#include "core/base/error.h"

struct daemon_state {
    bool runs;     /* it answers */
    bool is_other; /* it is another program than this one */
    long pid;
    char version[64];
    char sandbox[64]; /* of its workers */
    unsigned long requests, repositories, prepared, recalled;
    unsigned long checked, differed; /* hits analysed again, wrong ones */
    char socket[SOCKET_PATH_SIZE];   /* where it is or would be; "": nowhere */
};

/* Ask it. One that does not answer in time does not run. */
void daemon_talk_state(struct daemon_state *state);

/* Tell it of the repository of the current folder; best effort. */
void daemon_talk_watch(void);

/*
 * End it, within `time_ms`. One that does not hear is killed. Returns 1; 0 if
 * none runs; -1 and *err.
 */
int daemon_talk_stop(int time_ms, struct error *err);

#endif

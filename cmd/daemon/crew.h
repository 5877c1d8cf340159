/*
 * The daemon's workers: processes that it forks, one of them ahead of time.
 *
 * What a worker found is taken over only when it has ended well. One that does
 * not end in time is killed with all its children.
 */
#ifndef TMPGUARD_CMD_DAEMON_CREW_H
#define TMPGUARD_CMD_DAEMON_CREW_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "cmd/daemon/channel.h"
#include "cmd/daemon/keeper.h"
#include "cmd/daemon/wire.h"

#define CREW_MAX   8 /* workers with a job */
#define CREW_SPARE 4 /* without one: one ready, others about to end */

/* How long a job may take, in milliseconds: one that somebody waits for, and
 * one that is done ahead. */
#define CREW_ANSWER_MS 3000
#define CREW_AHEAD_MS  30000

/* More new rows of one worker are not taken over, in bytes. */
#define CREW_ROWS_MAX ((size_t)32 << 20)

struct worker_process {
    pid_t pid; /* 0: this place is free */
    struct channel channel;
    bool busy, done, ahead; /* ahead: nobody waits for it */
    bool distrusted;        /* its rows are not kept */
    int64_t end_ms;
    unsigned version; /* of the keeper's rack, when it was forked */
    uint64_t job;     /* which one, from 1 */
    struct buffer rows, request, memo;
    char *git_dir;         /* of the repository, once it is known; owned */
    unsigned checked;      /* hits that it analysed again */
    struct buffer differs; /* the key of one that was wrong, or nothing */
};

struct crew {
    struct worker_process workers[CREW_MAX + CREW_SPARE];
    struct keeper *keeper;
    uint64_t jobs;   /* so far */
    int64_t wait_ms; /* after one that failed to begin: no spare until then */
};

/* A job: a request, for the client at `client`, or -1: for nobody. */
struct crew_job {
    int client;
    uint64_t nonce;
    struct text request;
};

void crew_open(struct crew *crew, struct keeper *keeper);

/* Have a spare worker ready that knows every row. */
void crew_ready(struct crew *crew);

/* Give it to a worker. Returns the number of the job, 0 if all are busy. */
uint64_t crew_give(struct crew *crew, const struct crew_job *job);

/* Its socket is ready: listen to it. */
void crew_serve(struct crew *crew, struct worker_process *worker);

/*
 * The client of the job hung up: end it, unless it is as good as over. One at
 * a time may go on as if done ahead: a client that did not wait so long would
 * otherwise not find it done the next time either.
 */
void crew_cancel(struct crew *crew, uint64_t job);

/* End those that are late. Returns when the next one will be, or -1. */
int64_t crew_expire(struct crew *crew, int64_t now_ms);

/*
 * Take leave of one that has ended: its rows are taken over. Returns true and
 * fills *ended with what is left of it, for crew_forget; false: no more.
 */
struct crew_end {
    uint64_t job; /* 0: it had none */
    bool well, ahead;
    int status;
    char *git_dir;               /* or NULL */
    struct buffer request, memo; /* memo: empty if it left none */
    unsigned checked;            /* hits that were analysed again */
    struct buffer differs;       /* the key of one of them that was wrong */
};
bool crew_reap(struct crew *crew, struct crew_end *ended);
void crew_forget(struct crew_end *ended);

/* What the rows were that workers know is not to be trusted: those at work end
 * without theirs being kept, and nobody begins with them. */
void crew_distrust(struct crew *crew);

/* Kill all. */
void crew_close(struct crew *crew);

#endif

/*
 * What the daemon and its workers say to each other on a pair of sockets:
 * messages of a kind and a bounded size. The daemon's end never blocks; a
 * worker's does.
 */
#ifndef TMPGUARD_CMD_DAEMON_CHANNEL_H
#define TMPGUARD_CMD_DAEMON_CHANNEL_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/text.h"
#include "store/store.h"

#define CHANNEL_HEAD_SIZE   ((size_t)8)
#define CHANNEL_MESSAGE_MAX (STORE_VALUE_MAX + STORE_KEY_MAX + 64)

enum channel_kind {
    /* To a worker. */
    CHANNEL_JOB = 1, /* a request; the client's socket comes with it */
    CHANNEL_VALUE,   /* to CHANNEL_GET: 1 byte whether there is one, then it */
    /* From a worker. */
    CHANNEL_GET,     /* a key */
    CHANNEL_PUT,     /* 1 byte size of the key, the key, the value */
    CHANNEL_REPO,    /* the git folder of the repository */
    CHANNEL_MEMO,    /* memo.h */
    CHANNEL_CHECKED, /* a hit was analysed again: 1 byte 's' for the same or 'd'
                        for different, then its key */
    CHANNEL_DONE,    /* nothing will come but the two before, and the end */
};

/* Start from { .descriptor = … }. */
struct channel {
    int descriptor;
    struct buffer in, out;
    size_t in_done, out_done; /* bytes of them that are done with */
};

struct channel_message {
    enum channel_kind kind;
    struct text payload; /* valid until the next channel_fill */
};

/*
 * Send a message, of two parts; what the socket does not take waits in `out`.
 * `descriptor` goes with it, or -1. Returns 0, or -1: the other end is gone.
 */
int channel_send(struct channel *channel, enum channel_kind kind,
                 struct text first, struct text second, int descriptor);

/* Send what waits. Returns 0, or -1: the other end is gone. */
int channel_flush(struct channel *channel);
bool channel_waits(const struct channel *channel);

/*
 * Read what there is; a descriptor that comes with it goes to *descriptor, if
 * that is not NULL. Returns 1, 0 if nothing is there now, -1 at the end.
 */
int channel_fill(struct channel *channel, int *descriptor);

/* The next message that is in whole: 1, 0 if none is, -1: it is none. */
int channel_next(struct channel *channel, struct channel_message *message);

/* Wait for the next message: 1, or -1 at the end. For an end that blocks. */
int channel_wait(struct channel *channel, struct channel_message *message,
                 int *descriptor);

void channel_close(struct channel *channel);

#endif

/*
 * A client's side of the socket: connect, ask, wait, and give up in time. The
 * C library is enough.
 *
 * Nothing that a daemon does or fails to do is an error here: any doubt is
 * ASK_NOTHING or ASK_DOUBT, and the caller goes on alone.
 */
#ifndef TMPGUARD_CMD_DAEMON_ASK_H
#define TMPGUARD_CMD_DAEMON_ASK_H

#include <stdint.h>
#include <sys/types.h>

#include "cmd/daemon/request.h"
#include "cmd/daemon/socket_folder.h"
#include "cmd/daemon/wire.h"

/* Limits in milliseconds: to be connected, and for everything together. No
 * word of a daemon's makes it longer: one that lies costs no more than one
 * that is silent. */
#define ASK_CONNECT_MS 50
#define ASK_TOTAL_MS   200

enum ask_result {
    ASK_NOTHING, /* nobody listens there */
    ASK_DOUBT,   /* somebody does, but is no daemon of ours, or too slow */
    ASK_REPLY,
};

struct ask {
    int socket; /* -1: not connected */
    pid_t peer; /* who listens, as the kernel says */
    int64_t start_ms;
    uint64_t nonce;
};

#define ASK_EMPTY ((struct ask){ .socket = -1 })

/* Connect to the daemon of this user. */
enum ask_result ask_connect(struct ask *ask,
                            const struct socket_folder *folder);

/* A number that no other request has. */
uint64_t ask_nonce(void);

/* Send the request whole. */
enum ask_result ask_send(struct ask *ask, const struct request *request);

/*
 * Wait for the reply: its head, and its payload in *bytes, which is `room` if
 * it fits there and else memory of its own, for the rest of the process.
 */
enum ask_result ask_wait(struct ask *ask, struct wire_head *head,
                         unsigned char **bytes, unsigned char *room,
                         size_t room_size);

/* Hang up. Twice is fine. */
void ask_close(struct ask *ask);

/* Milliseconds of a clock that never goes back. */
int64_t ask_clock_ms(void);

#endif

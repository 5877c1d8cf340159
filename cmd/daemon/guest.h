/*
 * The daemon's clients: connections, from the first byte of a request to the
 * end of the reply. None is waited for.
 */
#ifndef TMPGUARD_CMD_DAEMON_GUEST_H
#define TMPGUARD_CMD_DAEMON_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/daemon/wire.h"
#include "core/base/buffer.h"

#define GUESTS_MAX 64

/* A request must be there whole, in milliseconds. */
#define GUEST_REQUEST_MS 1000

struct guest {
    int socket; /* -1: this place is free */
    int64_t since_ms;
    struct buffer in;
    struct wire_head head;
    uint64_t job; /* 0: its request is not there yet */
};

struct guests {
    struct guest guests[GUESTS_MAX];
};

void guests_open(struct guests *guests);

/*
 * Take the next connection. Returns 1 and *guest, NULL if it was turned away
 * (another user's, or too many); 0 if there is none.
 */
int guests_accept(struct guests *guests, int listener, struct guest **guest);

/*
 * Read. Returns 1 when the request is there, in guest->head and *request; 0:
 * not yet; -1: it is none, or the client has gone.
 */
int guest_read(struct guest *guest, struct wire_request *request);

/* Has a client hung up that waits for its reply? */
bool guest_has_gone(const struct guest *guest);

/* The one that waits for a job, or NULL. */
struct guest *guests_find(struct guests *guests, uint64_t job);

/* Send those away that are late. Returns when the next one will be, or -1. */
int64_t guests_expire(struct guests *guests, int64_t now_ms);

size_t guests_count(const struct guests *guests);
void guest_close(struct guest *guest);
void guests_close(struct guests *guests);

#endif

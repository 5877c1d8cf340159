/*
 * Any bytes, in pieces, as what a client says to the daemon and as what a
 * daemon says to its client, read from a socket as both do it: a request or a
 * reply lies within what came, and is the same as in one piece.
 */
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmd/daemon/ask.h"
#include "cmd/daemon/guest.h"
#include "tests/fuzz/fuzz.h"

/* Of the client's request: "nonce...". */
#define NONCE     UINT64_C(0x2e2e2e65636e6f6e)
#define ROOM_SIZE 512

static void say(int socket, const uint8_t *bytes, size_t size)
{
    if (size)
        HOLDS(send(socket, bytes, size, MSG_NOSIGNAL) == (ssize_t)size);
}

/* ---- a client ------------------------------------------------------------ */

static void check_request(const struct guest *guest,
                          const struct wire_request *request,
                          const uint8_t *bytes, size_t size)
{
    size_t whole = WIRE_HEAD_SIZE + guest->head.size;
    const char *end = guest->in.bytes + guest->in.size;

    HOLDS(guest->head.kind < WIRE_ANSWER && whole <= size);
    HOLDS(guest->in.size == whole);
    HOLDS(memcmp(guest->in.bytes, bytes, whole) == 0);
    HOLDS(request->path > guest->in.bytes && request->path < end);
    HOLDS(request->variables + request->variables_size == end);
}

/* What it says once more changes nothing once the request is there. */
static void hear(const uint8_t *bytes, size_t size, size_t piece)
{
    struct wire_request request;
    struct guest guest;
    int ends[2], there = 0;

    HOLDS(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    guest = (struct guest){ .socket = ends[0] };
    for (size_t at = 0; at < size && there == 0; at += piece) {
        say(ends[1], bytes + at, size - at < piece ? size - at : piece);
        there = guest_read(&guest, &request);
    }
    if (there == 1)
        check_request(&guest, &request, bytes, size);
    close(ends[1]);
    if (there == 0)
        HOLDS(guest_read(&guest, &request) == -1);
    guest_close(&guest);
}

/* ---- a daemon ------------------------------------------------------------ */

static void check_reply(const struct wire_head *head,
                        const unsigned char *payload, const uint8_t *bytes,
                        size_t size)
{
    HOLDS(head->nonce == NONCE);
    HOLDS(WIRE_HEAD_SIZE + head->size <= size);
    HOLDS(memcmp(payload, bytes + WIRE_HEAD_SIZE, head->size) == 0);
}

static void answer(const uint8_t *bytes, size_t size)
{
    unsigned char room[ROOM_SIZE], *payload = NULL;
    struct wire_head head = { .size = 0 };
    struct ask ask = ASK_EMPTY;
    int ends[2];

    HOLDS(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    say(ends[1], bytes, size);
    close(ends[1]);
    ask.socket = ends[0];
    ask.nonce = NONCE;
    ask.start_ms = ask_clock_ms();
    if (ask_wait(&ask, &head, &payload, room, sizeof(room)) == ASK_REPLY)
        check_reply(&head, payload, bytes, size);
    if (payload && payload != room)
        munmap(payload, head.size);
    ask_close(&ask);
    HOLDS(ask.socket == -1);
}

/* The first byte: who speaks, and in how large pieces. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0 || size > WIRE_REQUEST_MAX + WIRE_HEAD_SIZE)
        return 0;
    if (bytes[0] & 1)
        hear(bytes + 1, size - 1, 1 + (size_t)(bytes[0] >> 1) * 4);
    else
        answer(bytes + 1, size - 1);
    return 0;
}

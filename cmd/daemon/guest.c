#include "cmd/daemon/guest.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmd/daemon/ask.h"

void guests_open(struct guests *guests)
{
    for (size_t i = 0; i < GUESTS_MAX; i++)
        guests->guests[i] = (struct guest){ .socket = -1 };
}

static bool is_same_user(int socket)
{
    struct ucred peer;
    socklen_t size = sizeof(peer);

    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           peer.uid == geteuid();
}

static struct guest *find_free(struct guests *guests)
{
    for (size_t i = 0; i < GUESTS_MAX; i++)
        if (guests->guests[i].socket < 0)
            return &guests->guests[i];
    return NULL;
}

int guests_accept(struct guests *guests, int listener, struct guest **guest)
{
    int socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

    *guest = NULL;
    if (socket < 0)
        return errno == EINTR || errno == ECONNABORTED;
    if (is_same_user(socket))
        *guest = find_free(guests);
    if (*guest)
        **guest =
            (struct guest){ .socket = socket, .since_ms = ask_clock_ms() };
    else
        close(socket);
    return 1;
}

/* Up to `size` bytes in all: 1 when they are there, 0 not yet, -1 never. */
static int fill(struct guest *guest, size_t size)
{
    while (guest->in.size < size) {
        size_t rest = size - guest->in.size;
        ssize_t got = recv(guest->socket, buffer_extend(&guest->in, rest), rest,
                           MSG_DONTWAIT);

        guest->in.size -= rest - (got > 0 ? (size_t)got : 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 && errno == EAGAIN ? 0 : -1;
    }
    return 1;
}

int guest_read(struct guest *guest, struct wire_request *request)
{
    const unsigned char *bytes;
    int there = fill(guest, WIRE_HEAD_SIZE);

    if (there <= 0)
        return there;
    bytes = (const unsigned char *)guest->in.bytes;
    if (wire_get_head(&guest->head, bytes) < 0 ||
        guest->head.kind >= WIRE_ANSWER)
        return -1;
    there = fill(guest, WIRE_HEAD_SIZE + guest->head.size);
    if (there <= 0)
        return there;
    bytes = (const unsigned char *)guest->in.bytes + WIRE_HEAD_SIZE;
    return wire_get_request(request, bytes, guest->head.size) < 0 ? -1 : 1;
}

bool guest_has_gone(const struct guest *guest)
{
    char more;

    /* It has nothing more to say. */
    return recv(guest->socket, &more, 1, MSG_DONTWAIT | MSG_PEEK) >= 0 ||
           errno != EAGAIN;
}

struct guest *guests_find(struct guests *guests, uint64_t job)
{
    for (size_t i = 0; job && i < GUESTS_MAX; i++)
        if (guests->guests[i].socket >= 0 && guests->guests[i].job == job)
            return &guests->guests[i];
    return NULL;
}

int64_t guests_expire(struct guests *guests, int64_t now_ms)
{
    int64_t next = -1;

    for (size_t i = 0; i < GUESTS_MAX; i++) {
        struct guest *guest = &guests->guests[i];
        int64_t end_ms = guest->since_ms + GUEST_REQUEST_MS;

        if (guest->socket < 0 || guest->job)
            continue;
        if (now_ms >= end_ms)
            guest_close(guest);
        else if (next < 0 || end_ms < next)
            next = end_ms;
    }
    return next;
}

size_t guests_count(const struct guests *guests)
{
    size_t count = 0;

    for (size_t i = 0; i < GUESTS_MAX; i++)
        count += guests->guests[i].socket >= 0;
    return count;
}

void guest_close(struct guest *guest)
{
    if (guest->socket >= 0)
        close(guest->socket);
    buffer_release(&guest->in);
    *guest = (struct guest){ .socket = -1 };
}

void guests_close(struct guests *guests)
{
    for (size_t i = 0; i < GUESTS_MAX; i++)
        guest_close(&guests->guests[i]);
}

#include "cmd/daemon/ask.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define RETRY_MS 5

int64_t ask_clock_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

uint64_t ask_nonce(void)
{
    uint64_t nonce = 0;

    if (getrandom(&nonce, sizeof(nonce), GRND_NONBLOCK) != sizeof(nonce))
        nonce = (uint64_t)ask_clock_ms() << 22 ^ (uint64_t)getpid();
    return nonce;
}

/* The listener's user and process, as they were when it began to listen. */
static int is_ours(struct ask *ask)
{
    struct ucred peer;
    socklen_t size = sizeof(peer);

    if (getsockopt(ask->socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 ||
        peer.uid != geteuid())
        return 0;
    ask->peer = peer.pid;
    return 1;
}

static int try_connect(int socket, const struct sockaddr_un *name)
{
    return connect(socket, (const struct sockaddr *)name, sizeof(*name)) == 0
               ? 0
               : errno;
}

/* A full backlog is not a dead daemon: it may have room in a moment. */
static enum ask_result reach(struct ask *ask, const struct sockaddr_un *name)
{
    int trouble = try_connect(ask->socket, name);

    while (trouble == EAGAIN || trouble == EINTR) {
        if (ask_clock_ms() - ask->start_ms >= ASK_CONNECT_MS)
            return ASK_DOUBT;
        poll(NULL, 0, RETRY_MS);
        trouble = try_connect(ask->socket, name);
    }
    if (trouble == ENOENT || trouble == ECONNREFUSED)
        return ASK_NOTHING;
    return trouble == 0 && is_ours(ask) ? ASK_REPLY : ASK_DOUBT;
}

enum ask_result ask_connect(struct ask *ask, const struct socket_folder *folder)
{
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    enum ask_result result;

    *ask = ASK_EMPTY;
    ask->start_ms = ask_clock_ms();
    memcpy(name.sun_path, folder->socket, strlen(folder->socket));
    ask->socket =
        socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    /* One of 0 to 2: a standard descriptor is closed, and that is it now. */
    result = ask->socket > STDERR_FILENO ? reach(ask, &name) : ASK_DOUBT;
    if (result != ASK_REPLY)
        ask_close(ask);
    return result;
}

enum ask_result ask_send(struct ask *ask, const struct request *request)
{
    union {
        const struct iovec *read;
        struct iovec *pieces;
    } pieces = { .read = request->pieces };
    struct msghdr message = { .msg_iov = pieces.pieces,
                              .msg_iovlen = (size_t)request->pieces_count };
    ssize_t sent = sendmsg(ask->socket, &message, MSG_NOSIGNAL);

    return sent >= 0 && (size_t)sent == request->size ? ASK_REPLY : ASK_DOUBT;
}

/* Milliseconds until this is too late. */
static int64_t rest_of(const struct ask *ask)
{
    return ask->start_ms + ASK_TOTAL_MS - ask_clock_ms();
}

static int take(struct ask *ask, unsigned char *bytes, size_t size)
{
    while (size > 0) {
        struct pollfd ready = { .fd = ask->socket, .events = POLLIN };
        ssize_t got = recv(ask->socket, bytes, size, 0);
        int64_t rest = rest_of(ask);

        if (got > 0) {
            bytes += got;
            size -= (size_t)got;
        } else if (got == 0 || rest <= 0 ||
                   (errno != EAGAIN && errno != EINTR)) {
            return -1;
        } else if (errno == EAGAIN) {
            poll(&ready, 1, (int)rest);
        }
        if (rest <= 0 && size > 0)
            return -1;
    }
    return 0;
}

static int take_head(struct ask *ask, struct wire_head *head)
{
    unsigned char bytes[WIRE_HEAD_SIZE];

    if (take(ask, bytes, sizeof(bytes)) < 0 || wire_get_head(head, bytes) < 0 ||
        head->nonce != ask->nonce)
        return -1;
    return 0;
}

static unsigned char *room_for(size_t size)
{
    void *made = mmap(NULL, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return made == MAP_FAILED ? NULL : made;
}

enum ask_result ask_wait(struct ask *ask, struct wire_head *head,
                         unsigned char **bytes, unsigned char *room,
                         size_t room_size)
{
    if (take_head(ask, head) < 0)
        return ASK_DOUBT;
    *bytes = head->size <= room_size ? room : room_for(head->size);
    if (!*bytes || take(ask, *bytes, head->size) < 0)
        return ASK_DOUBT;
    return ASK_REPLY;
}

void ask_close(struct ask *ask)
{
    if (ask->socket >= 0)
        close(ask->socket);
    ask->socket = -1;
}

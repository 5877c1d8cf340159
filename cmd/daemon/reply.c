#include "cmd/daemon/reply.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "cmd/daemon/ask.h"
#include "core/base/memory.h"

void reply_words(int client, enum wire_kind kind, uint64_t nonce,
                 const char *words)
{
    unsigned char frame[WIRE_HEAD_SIZE + WIRE_WORDS_MAX];
    size_t size = strnlen(words, sizeof(frame) - WIRE_HEAD_SIZE);
    struct wire_head head = { .kind = kind,
                              .nonce = nonce,
                              .size = (uint32_t)size };

    wire_put_head(frame, &head);
    memcpy(frame + WIRE_HEAD_SIZE, words, size);
    (void)!send(client, frame, WIRE_HEAD_SIZE + size,
                MSG_DONTWAIT | MSG_NOSIGNAL);
}

void reply_again(int client, uint64_t nonce, int code, struct text out)
{
    unsigned char start[WIRE_HEAD_SIZE + WIRE_ANSWER_FIXED];
    const struct wire_head head = { .kind = WIRE_ANSWER,
                                    .nonce = nonce,
                                    .size = (uint32_t)(WIRE_ANSWER_FIXED +
                                                       out.size) };
    union {
        const char *read;
        void *base;
    } rest = { .read = out.bytes };
    struct iovec pieces[] = { { start, sizeof(start) },
                              { rest.base, out.size } };
    const struct msghdr message = { .msg_iov = pieces, .msg_iovlen = 2 };

    wire_put_head(start, &head);
    wire_put_answer(start + WIRE_HEAD_SIZE, code);
    (void)!sendmsg(client, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* The socket does not block; the client may be slow to read. */
static void send_all(int client, const unsigned char *bytes, size_t size)
{
    int64_t end_ms = ask_clock_ms() + ASK_TOTAL_MS;

    while (size > 0) {
        struct pollfd ready = { .fd = client, .events = POLLOUT };
        ssize_t sent = send(client, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);

        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return;
        if (sent < 0 && ask_clock_ms() >= end_ms)
            return;
        if (sent < 0)
            poll(&ready, 1, ASK_TOTAL_MS);
        else
            bytes += sent, size -= (size_t)sent;
    }
}

static int read_all(int file, unsigned char *bytes, size_t size)
{
    off_t at = 0;

    while (size > 0) {
        ssize_t got = pread(file, bytes, size, at);

        if (got <= 0)
            return -1;
        bytes += got;
        at += got;
        size -= (size_t)got;
    }
    return 0;
}

void reply_answer(int client, uint64_t nonce, int code, int out, size_t size)
{
    const size_t start = WIRE_HEAD_SIZE + WIRE_ANSWER_FIXED;
    struct wire_head head = { .kind = WIRE_ANSWER, .nonce = nonce };
    unsigned char *frame;

    if (size > WIRE_ANSWER_MAX - WIRE_ANSWER_FIXED) {
        reply_words(client, WIRE_NO, nonce, "the report is too long");
        return;
    }
    head.size = (uint32_t)(WIRE_ANSWER_FIXED + size);
    frame = memory_new(start + size, 1);
    wire_put_head(frame, &head);
    wire_put_answer(frame + WIRE_HEAD_SIZE, code);
    if (read_all(out, frame + start, size) == 0)
        send_all(client, frame, start + size);
    free(frame);
}

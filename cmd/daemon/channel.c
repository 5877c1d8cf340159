#include "cmd/daemon/channel.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FILL_SIZE ((size_t)64 << 10)

static void put_head(struct buffer *out, enum channel_kind kind, size_t size)
{
    uint32_t head[2] = { (uint32_t)kind, (uint32_t)size };

    buffer_append(out, head, sizeof(head));
}

/* One sendmsg; the descriptor goes with its first byte. */
static ssize_t send_some(int socket, struct text bytes, int descriptor)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = { .bytes = { 0 } };
    union {
        const char *read;
        void *base;
    } from = { .read = bytes.bytes };
    struct iovec piece = { from.base, bytes.size };
    struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1 };

    if (descriptor >= 0) {
        struct cmsghdr *head = &control.align;

        message.msg_control = control.bytes;
        message.msg_controllen = sizeof(control.bytes);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(head), &descriptor, sizeof(int));
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}

static int flush(struct channel *channel, int descriptor)
{
    while (channel_waits(channel)) {
        struct text rest = buffer_view(&channel->out);
        ssize_t sent;

        rest = text_slice(rest, channel->out_done, rest.size);
        sent = send_some(channel->descriptor, rest, descriptor);
        if (sent < 0 && errno == EAGAIN)
            /* A descriptor is never left behind: it went, or nothing did. */
            return descriptor < 0 ? 0 : -1;
        if (sent < 0 && errno != EINTR)
            return -1;
        if (sent > 0) {
            channel->out_done += (size_t)sent;
            descriptor = -1;
        }
    }
    buffer_clear(&channel->out);
    channel->out_done = 0;
    return 0;
}

int channel_flush(struct channel *channel)
{
    return flush(channel, -1);
}

bool channel_waits(const struct channel *channel)
{
    return channel->out_done < channel->out.size;
}

int channel_send(struct channel *channel, enum channel_kind kind,
                 struct text first, struct text second, int descriptor)
{
    put_head(&channel->out, kind, first.size + second.size);
    buffer_text(&channel->out, first);
    buffer_text(&channel->out, second);
    return flush(channel, descriptor);
}

static void take_descriptor(struct msghdr *message, int *descriptor)
{
    struct cmsghdr *head = CMSG_FIRSTHDR(message);
    int taken;

    if (!head || head->cmsg_level != SOL_SOCKET ||
        head->cmsg_type != SCM_RIGHTS ||
        head->cmsg_len != CMSG_LEN(sizeof(int)))
        return;
    memcpy(&taken, CMSG_DATA(head), sizeof(int));
    if (descriptor && *descriptor < 0)
        *descriptor = taken;
    else
        close(taken);
}

/* What is done with is forgotten before more comes. */
static void compact(struct channel *channel)
{
    size_t rest = channel->in.size - channel->in_done;

    if (channel->in_done && rest)
        memmove(channel->in.bytes, channel->in.bytes + channel->in_done, rest);
    channel->in.size = rest;
    channel->in_done = 0;
}

int channel_fill(struct channel *channel, int *descriptor)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec piece = { .iov_len = FILL_SIZE };
    struct msghdr message = { .msg_iov = &piece,
                              .msg_iovlen = 1,
                              .msg_control = control.bytes,
                              .msg_controllen = sizeof(control.bytes) };
    ssize_t got;

    compact(channel);
    piece.iov_base = buffer_extend(&channel->in, FILL_SIZE);
    do
        got = recvmsg(channel->descriptor, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    channel->in.size -= FILL_SIZE - (got > 0 ? (size_t)got : 0);
    if (got > 0) {
        take_descriptor(&message, descriptor);
        return 1;
    }
    return got < 0 && errno == EAGAIN ? 0 : -1;
}

int channel_next(struct channel *channel, struct channel_message *message)
{
    struct text rest = buffer_view(&channel->in);
    uint32_t head[2];

    rest = text_slice(rest, channel->in_done, rest.size);
    if (rest.size < CHANNEL_HEAD_SIZE)
        return 0;
    memcpy(head, rest.bytes, sizeof(head));
    if (head[0] < CHANNEL_JOB || head[0] > CHANNEL_DONE ||
        head[1] > CHANNEL_MESSAGE_MAX)
        return -1;
    if (rest.size - CHANNEL_HEAD_SIZE < head[1])
        return 0;
    message->kind = (enum channel_kind)head[0];
    message->payload =
        text_slice(rest, CHANNEL_HEAD_SIZE, CHANNEL_HEAD_SIZE + head[1]);
    channel->in_done += CHANNEL_HEAD_SIZE + head[1];
    return 1;
}

int channel_wait(struct channel *channel, struct channel_message *message,
                 int *descriptor)
{
    int found;

    while ((found = channel_next(channel, message)) == 0)
        if (channel_fill(channel, descriptor) < 0)
            return -1;
    return found;
}

void channel_close(struct channel *channel)
{
    if (channel->descriptor >= 0)
        close(channel->descriptor);
    channel->descriptor = -1;
    buffer_release(&channel->in);
    buffer_release(&channel->out);
    channel->in_done = channel->out_done = 0;
}

/*
 * Any bytes, in pieces, as what a worker sends to the daemon: messages lie
 * within what came, none is larger than allowed, and none is seen twice.
 */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmd/daemon/channel.h"
#include "tests/fuzz/fuzz.h"

/* The size of all messages, with their heads. */
static size_t take(struct channel *channel, int *broken)
{
    struct channel_message message;
    size_t size = 0;
    int found;

    while ((found = channel_next(channel, &message)) == 1) {
        HOLDS(message.payload.size <= CHANNEL_MESSAGE_MAX);
        HOLDS(message.payload.size == 0 ||
              (message.payload.bytes >= channel->in.bytes &&
               message.payload.bytes + message.payload.size <=
                   channel->in.bytes + channel->in.size));
        HOLDS(message.kind >= CHANNEL_JOB && message.kind <= CHANNEL_DONE);
        size += CHANNEL_HEAD_SIZE + message.payload.size;
    }
    *broken = found < 0;
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    size_t piece = size ? 1 + bytes[0] : 1, taken = 0;
    struct channel channel;
    int ends[2], broken = 0;

    HOLDS(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    channel = (struct channel){ .descriptor = ends[0] };
    for (size_t at = 0; at < size && !broken; at += piece) {
        size_t rest = size - at < piece ? size - at : piece;

        HOLDS(write(ends[1], bytes + at, rest) == (ssize_t)rest);
        HOLDS(channel_fill(&channel, NULL) == 1);
        taken += take(&channel, &broken);
        HOLDS(taken <= at + rest);
    }
    close(ends[1]);
    channel_close(&channel);
    return 0;
}

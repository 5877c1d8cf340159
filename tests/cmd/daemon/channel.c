#include "tests/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmd/daemon/channel.h"
#include "core/base/memory.h"

/* ends[0] does not block. */
static void pair(struct channel ends[2])
{
    int sockets[2];

    assert_int_equal(0, socketpair(AF_UNIX, SOCK_STREAM, 0, sockets));
    assert_int_equal(0, fcntl(sockets[0], F_SETFL, O_NONBLOCK));
    for (int i = 0; i < 2; i++)
        ends[i] = (struct channel){ .descriptor = sockets[i] };
}

static void unpair(struct channel ends[2])
{
    channel_close(&ends[0]);
    channel_close(&ends[1]);
}

static void messages_come_in_order_with_both_parts(void **state)
{
    struct channel ends[2];
    struct channel_message message;

    (void)state;
    pair(ends);
    channel_send(&ends[1], CHANNEL_GET, TEXT("one"), TEXT_EMPTY, -1);
    channel_send(&ends[1], CHANNEL_PUT, TEXT("two"), TEXT("three"), -1);
    assert_int_equal(1, channel_fill(&ends[0], NULL));
    assert_int_equal(1, channel_next(&ends[0], &message));
    assert_int_equal(CHANNEL_GET, message.kind);
    assert_true(text_equal(TEXT("one"), message.payload));
    assert_int_equal(1, channel_next(&ends[0], &message));
    assert_true(text_equal(TEXT("twothree"), message.payload));
    assert_int_equal(0, channel_next(&ends[0], &message));
    assert_int_equal(0, channel_fill(&ends[0], NULL));
    unpair(ends);
}

static void a_message_in_pieces_is_waited_for(void **state)
{
    const unsigned char bytes[] = {
        CHANNEL_GET, 0, 0, 0, 2, 0, 0, 0, 'a', 'b'
    };
    struct channel ends[2];
    struct channel_message message;

    (void)state;
    pair(ends);
    for (size_t i = 0; i < sizeof(bytes); i++) {
        assert_int_equal(0, channel_next(&ends[0], &message));
        assert_int_equal(1, write(ends[1].descriptor, bytes + i, 1));
        assert_int_equal(1, channel_fill(&ends[0], NULL));
    }
    assert_int_equal(1, channel_next(&ends[0], &message));
    assert_true(text_equal(TEXT("ab"), message.payload));
    unpair(ends);
}

static void what_does_not_fit_waits_and_comes_whole(void **state)
{
    const size_t size = (size_t)2 << 20;
    char *bytes = memory_new(size, 1);
    struct channel ends[2];
    struct channel_message message;

    (void)state;
    pair(ends);
    bytes[size - 1] = 'z';
    assert_int_equal(0, channel_send(&ends[0], CHANNEL_VALUE,
                                     (struct text){ bytes, size }, TEXT_EMPTY,
                                     -1));
    assert_true(channel_waits(&ends[0]));
    while (channel_next(&ends[1], &message) == 0) {
        assert_int_equal(1, channel_fill(&ends[1], NULL));
        assert_int_equal(0, channel_flush(&ends[0]));
    }
    assert_false(channel_waits(&ends[0]));
    assert_int_equal(size, message.payload.size);
    assert_int_equal('z', message.payload.bytes[size - 1]);
    unpair(ends);
    free(bytes);
}

static void a_descriptor_comes_with_its_message(void **state)
{
    struct channel ends[2];
    struct channel_message message;
    int sent[2], got = -1;
    char byte = 0;

    (void)state;
    pair(ends);
    assert_int_equal(0, pipe(sent));
    assert_int_equal(0, channel_send(&ends[0], CHANNEL_JOB, TEXT("job"),
                                     TEXT_EMPTY, sent[1]));
    assert_int_equal(1, channel_wait(&ends[1], &message, &got));
    assert_true(got >= 0);
    assert_int_equal(FD_CLOEXEC, fcntl(got, F_GETFD));
    assert_int_equal(1, write(got, "x", 1));
    assert_int_equal(1, read(sent[0], &byte, 1));
    close(got);
    close(sent[0]);
    close(sent[1]);
    unpair(ends);
}

static void what_is_no_message_is_refused(void **state)
{
    static const uint32_t wrong[][2] = {
        { 0, 0 },
        { CHANNEL_DONE + 1, 0 },
        { CHANNEL_GET, CHANNEL_MESSAGE_MAX + 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct channel ends[2];
        struct channel_message message;

        pair(ends);
        assert_int_equal(8, write(ends[1].descriptor, wrong[i], 8));
        assert_int_equal(1, channel_fill(&ends[0], NULL));
        assert_int_equal(-1, channel_next(&ends[0], &message));
        unpair(ends);
    }
}

static void the_end_of_the_other_is_seen(void **state)
{
    struct channel ends[2];
    struct channel_message message;

    (void)state;
    pair(ends);
    channel_close(&ends[0]);
    assert_int_equal(-1, channel_wait(&ends[1], &message, NULL));
    assert_int_equal(
        -1, channel_send(&ends[1], CHANNEL_DONE, TEXT_EMPTY, TEXT_EMPTY, -1));
    unpair(ends);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_come_in_order_with_both_parts),
        cmocka_unit_test(a_message_in_pieces_is_waited_for),
        cmocka_unit_test(what_does_not_fit_waits_and_comes_whole),
        cmocka_unit_test(a_descriptor_comes_with_its_message),
        cmocka_unit_test(what_is_no_message_is_refused),
        cmocka_unit_test(the_end_of_the_other_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

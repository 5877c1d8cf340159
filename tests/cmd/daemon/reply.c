#include "tests/test.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmd/daemon/ask.h"
#include "cmd/daemon/reply.h"

static int ends[2];
static unsigned char room[256];

static int setup(void **state)
{
    (void)state;
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends);
}

static int teardown(void **state)
{
    (void)state;
    close(ends[1]);
    return close(ends[0]);
}

static enum ask_result receive(struct wire_head *head, unsigned char **bytes)
{
    struct ask ask = { .socket = ends[0],
                       .start_ms = ask_clock_ms(),
                       .nonce = 3 };

    return ask_wait(&ask, head, bytes, room, sizeof(room));
}

static void words_arrive(void **state)
{
    struct wire_head head;
    unsigned char *bytes;

    (void)state;
    reply_words(ends[1], WIRE_NO, 3, "busy");
    assert_int_equal(ASK_REPLY, receive(&head, &bytes));
    assert_int_equal(WIRE_NO, head.kind);
    assert_int_equal(4, head.size);
    assert_memory_equal("busy", bytes, 4);
}

static void the_verdict_arrives_with_what_was_printed(void **state)
{
    int file = memfd_create("out", 0);
    struct wire_answer answer;
    struct wire_head head;
    unsigned char *bytes;

    (void)state;
    assert_int_equal(5, write(file, "a\0b\xff\n", 5));
    reply_answer(ends[1], 3, 1, file, 5);
    assert_int_equal(ASK_REPLY, receive(&head, &bytes));
    assert_int_equal(0, wire_get_answer(&answer, bytes, head.size));
    assert_int_equal(1, answer.code);
    assert_int_equal(5, answer.out_size);
    assert_memory_equal("a\0b\xff\n", answer.out, 5);
    close(file);
}

static void a_report_that_is_too_long_is_no_answer(void **state)
{
    struct wire_head head;
    unsigned char *bytes;

    (void)state;
    reply_answer(ends[1], 3, 0, -1, WIRE_ANSWER_MAX);
    assert_int_equal(ASK_REPLY, receive(&head, &bytes));
    assert_int_equal(WIRE_NO, head.kind);
}

static void a_report_that_cannot_be_read_is_no_answer(void **state)
{
    char byte;

    (void)state;
    reply_answer(ends[1], 3, 0, -1, 5);
    assert_int_equal(-1, recv(ends[0], &byte, 1, 0));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_arrive),
        TEST(the_verdict_arrives_with_what_was_printed),
        TEST(a_report_that_is_too_long_is_no_answer),
        TEST(a_report_that_cannot_be_read_is_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

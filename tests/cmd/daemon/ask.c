#include "tests/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/daemon/ask.h"

static struct socket_folder folder;

static int setup(void **state)
{
    (void)state;
    snprintf(folder.path, sizeof(folder.path), "/tmp/tmpguard-test.XXXXXX");
    if (!mkdtemp(folder.path))
        return -1;
    memcpy(folder.socket, folder.path, strlen(folder.path) + 1);
    strncat(folder.socket, "/s1", 4);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(folder.socket);
    return rmdir(folder.path);
}

static int listener(int backlog)
{
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    int socket_made = socket(AF_UNIX, SOCK_STREAM, 0);

    memcpy(name.sun_path, folder.socket, strlen(folder.socket));
    assert_int_equal(
        0, bind(socket_made, (const struct sockaddr *)&name, sizeof(name)));
    assert_int_equal(0, listen(socket_made, backlog));
    return socket_made;
}

static void expect_within(int64_t start_ms, int64_t least, int64_t most)
{
    int64_t took = ask_clock_ms() - start_ms;

    if (took < least || took > most)
        fail_msg("%ld ms", (long)took);
}

static void nobody_there_is_known_at_once(void **state)
{
    struct ask ask;
    int64_t start_ms = ask_clock_ms();

    (void)state;
    assert_int_equal(ASK_NOTHING, ask_connect(&ask, &folder));
    close(listener(1));
    assert_int_equal(ASK_NOTHING, ask_connect(&ask, &folder));
    assert_int_equal(-1, ask.socket);
    expect_within(start_ms, 0, ASK_CONNECT_MS);
}

static void a_full_backlog_is_given_up_in_time_and_is_not_nobody(void **state)
{
    struct ask taken[2], ask;
    int server = listener(0);
    int64_t start_ms;

    (void)state;
    assert_int_equal(ASK_REPLY, ask_connect(&taken[0], &folder));
    start_ms = ask_clock_ms();
    assert_int_equal(ASK_DOUBT, ask_connect(&ask, &folder));
    expect_within(start_ms, ASK_CONNECT_MS, 4 * ASK_CONNECT_MS);
    ask_close(&taken[0]);
    close(server);
}

/* A daemon that says `bytes`. */
static enum ask_result wait_for(const void *bytes, size_t size,
                                struct wire_head *head)
{
    unsigned char room[16], *got;
    int ends[2];
    struct ask ask = { .start_ms = ask_clock_ms(), .nonce = 7 };
    enum ask_result result;

    assert_int_equal(0,
                     socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends));
    ask.socket = ends[0];
    assert_int_equal(size, write(ends[1], bytes, size));
    result = ask_wait(&ask, head, &got, room, sizeof(room));
    close(ends[1]);
    ask_close(&ask);
    return result;
}

static void a_reply_is_taken(void **state)
{
    unsigned char bytes[WIRE_HEAD_SIZE + 4];
    const struct wire_head no = { WIRE_NO, 4, 7 };
    struct wire_head head;

    (void)state;
    wire_put_head(bytes, &no);
    memcpy(bytes + WIRE_HEAD_SIZE, "busy", 4);
    assert_int_equal(ASK_REPLY, wait_for(bytes, sizeof(bytes), &head));
    assert_int_equal(WIRE_NO, head.kind);
}

static void silence_is_given_up_in_time(void **state)
{
    const struct wire_head no = { WIRE_NO, 0, 7 };
    unsigned char bytes[WIRE_HEAD_SIZE];
    struct wire_head head;
    int64_t start_ms = ask_clock_ms();

    (void)state;
    assert_int_equal(ASK_DOUBT, wait_for("", 0, &head));
    expect_within(start_ms, ASK_TOTAL_MS, 2 * ASK_TOTAL_MS);
    wire_put_head(bytes, &no);
    start_ms = ask_clock_ms();
    assert_int_equal(ASK_DOUBT, wait_for(bytes, WIRE_HEAD_SIZE - 1, &head));
    expect_within(start_ms, ASK_TOTAL_MS, 2 * ASK_TOTAL_MS);
}

/* What it says is good as far as it goes, a byte at a time. */
static void a_daemon_that_goes_on_talking_wins_no_time(void **state)
{
    struct ask ask = { .start_ms = ask_clock_ms(), .nonce = 7 };
    const struct wire_head no = { WIRE_NO, 4, 7 };
    unsigned char bytes[WIRE_HEAD_SIZE], room[16], *got;
    struct wire_head head;
    int64_t start_ms = ask_clock_ms();
    pid_t talker;
    int ends[2];

    (void)state;
    wire_put_head(bytes, &no);
    assert_int_equal(0,
                     socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends));
    ask.socket = ends[0];
    talker = fork();
    for (size_t i = 0; talker == 0 && i < sizeof(bytes); i++) {
        if (send(ends[1], bytes + i, 1, MSG_NOSIGNAL) != 1)
            _exit(1);
        usleep(ASK_TOTAL_MS * 1000 / 4);
    }
    if (talker == 0)
        _exit(0);
    assert_int_equal(ASK_DOUBT,
                     ask_wait(&ask, &head, &got, room, sizeof(room)));
    expect_within(start_ms, ASK_TOTAL_MS, 2 * ASK_TOTAL_MS);
    kill(talker, SIGKILL);
    waitpid(talker, NULL, 0);
    close(ends[1]);
    ask_close(&ask);
}

static void a_reply_to_another_request_and_garbage_are_doubt(void **state)
{
    const struct wire_head other = { WIRE_NO, 0, 8 };
    unsigned char bytes[WIRE_HEAD_SIZE];
    struct wire_head head;
    int64_t start_ms = ask_clock_ms();

    (void)state;
    wire_put_head(bytes, &other);
    assert_int_equal(ASK_DOUBT, wait_for(bytes, sizeof(bytes), &head));
    assert_int_equal(ASK_DOUBT,
                     wait_for("HTTP/1.1 400 Bad Request\r\n", 26, &head));
    expect_within(start_ms, 0, ASK_CONNECT_MS);
}

static void each_request_has_a_number_of_its_own(void **state)
{
    (void)state;
    assert_true(ask_nonce() != ask_nonce());
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_there_is_known_at_once),
        TEST(a_full_backlog_is_given_up_in_time_and_is_not_nobody),
        cmocka_unit_test(a_reply_is_taken),
        cmocka_unit_test(silence_is_given_up_in_time),
        cmocka_unit_test(a_daemon_that_goes_on_talking_wins_no_time),
        cmocka_unit_test(a_reply_to_another_request_and_garbage_are_doubt),
        cmocka_unit_test(each_request_has_a_number_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

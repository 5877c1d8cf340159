#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/daemon/request.h"

static const struct {
    const char *variable;
    bool wanted, minded;
} variables[] = {
    { "GIT_DIR=/r/.git", true, false },
    { "GITHEAD_aa=x", true, false },
    { "HOME=/h", true, false },
    { "HOMEBREW=1", false, false },
    { "XDG_CONFIG_HOME=/c", true, false },
    { "LC_ALL=C", true, false },
    { "TMPGUARD_BIN=/b", true, false },
    { "SECRET_TOKEN=x", false, false },
    { "SSH_AUTH_SOCK=/s", false, false },
    { "PATHS=x", false, false },
    { "GIT_TRACE=1", true, true },
    { "GIT_TRACE2_EVENT=5", true, true },
    { "LD_PRELOAD=/x.so", true, true },
    { "LD_LIBRARY_PATH=/x", true, false },
    { "TMPGUARD_CANARY=a", true, true },
    { "GIT_without", false, false },
};

static void only_what_the_work_reads_is_sent(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
        if (request_wants(variables[i].variable) != variables[i].wanted ||
            request_minds(variables[i].variable) != variables[i].minded)
            fail_msg("%s", variables[i].variable);
}

/* The frame in one piece. */
static unsigned char *joined(const struct request *request)
{
    unsigned char *bytes = malloc(request->size);
    size_t size = 0;

    for (int i = 0; i < request->pieces_count; i++) {
        memcpy(bytes + size, request->pieces[i].iov_base,
               request->pieces[i].iov_len);
        size += request->pieces[i].iov_len;
    }
    assert_int_equal(request->size, size);
    return bytes;
}

static void the_pieces_are_a_request_of_this_process(void **state)
{
    static struct request request;
    struct wire_program program;
    struct wire_request got;
    struct wire_head head;
    unsigned char *bytes;
    char *here = getcwd(NULL, 0);

    (void)state;
    clearenv();
    setenv("HOME", "/h", 1);
    setenv("OTHER", "x", 1);
    assert_int_equal(0, request_make(&request, WIRE_CHECK, "/proc/self/exe",
                                     WIRE_RECORD, 77));
    bytes = joined(&request);
    assert_int_equal(0, wire_get_head(&head, bytes));
    assert_int_equal(WIRE_CHECK, head.kind);
    assert_true(head.nonce == 77);
    assert_int_equal(request.size, WIRE_HEAD_SIZE + head.size);
    assert_int_equal(0,
                     wire_get_request(&got, bytes + WIRE_HEAD_SIZE, head.size));
    assert_int_equal(0, request_program(&program, "/proc/self/exe"));
    assert_true(wire_same_program(&program, &got.program));
    assert_string_equal(here, got.path);
    assert_int_equal(sizeof("HOME=/h"), got.variables_size);
    assert_string_equal("HOME=/h", got.variables);
    assert_true(got.flags & WIRE_RECORD);
    free(bytes);
    free(here);
}

static int make(void)
{
    static struct request request;

    return request_make(&request, WIRE_CHECK, "/proc/self/exe", 0, 0);
}

static void what_a_daemon_cannot_stand_in_for_is_no_request(void **state)
{
    static struct request request;

    (void)state;
    clearenv();
    assert_int_equal(0, make());
    setenv("GIT_TRACE", "1", 1);
    assert_int_equal(-1, make());
    clearenv();
    assert_int_equal(-1, request_make(&request, WIRE_CHECK, "/nowhere", 0, 0));
    assert_int_equal(-1, request_make(&request, WIRE_CHECK, "/", 0, 0));
}

static void too_much_environment_is_no_request(void **state)
{
    static char value[WIRE_REQUEST_MAX];
    char name[32];

    (void)state;
    clearenv();
    memset(value, 'x', sizeof(value) - 1);
    setenv("GIT_A", value, 1);
    assert_int_equal(-1, make());
    clearenv();
    for (int i = 0; i < REQUEST_VARIABLES_MAX; i++) {
        snprintf(name, sizeof(name), "GIT_%d", i);
        setenv(name, "x", 1);
    }
    assert_int_equal(0, make());
    setenv("GIT_ONE_MORE", "x", 1);
    assert_int_equal(-1, make());
    clearenv();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_the_work_reads_is_sent),
        cmocka_unit_test(the_pieces_are_a_request_of_this_process),
        cmocka_unit_test(what_a_daemon_cannot_stand_in_for_is_no_request),
        cmocka_unit_test(too_much_environment_is_no_request),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include <string.h>

#include "cmd/daemon/wire.h"

static const struct wire_request full = {
    .program = { { 1, 2 }, 3, 4 },
    .root = { 5, 6 },
    .folder = { 7, 8 },
    .mounts = UINT64_MAX,
    .flags = WIRE_TERMINAL | WIRE_RECORD,
    .width = 80,
    .mask = 027,
};

/* The payload of `full` with these strings; its size. */
static size_t made(unsigned char *bytes, const char *strings, size_t size)
{
    wire_put_request(bytes, &full);
    memcpy(bytes + WIRE_FIXED_SIZE, strings, size);
    return WIRE_FIXED_SIZE + size;
}

#define MADE(bytes, strings) made(bytes, strings, sizeof(strings) - 1)

static void a_head_comes_back_as_it_was(void **state)
{
    const struct wire_head sent = { WIRE_ANSWER, 0x123456,
                                    0xFEDCBA9876543210u };
    unsigned char bytes[WIRE_HEAD_SIZE];
    struct wire_head got;

    (void)state;
    wire_put_head(bytes, &sent);
    assert_int_equal(0, wire_get_head(&got, bytes));
    assert_int_equal(sent.kind, got.kind);
    assert_int_equal(sent.size, got.size);
    assert_true(sent.nonce == got.nonce);
}

static const struct {
    const char *what;
    size_t at;
    unsigned char byte;
} wrong_heads[] = {
    { "another magic", 0, 'T' },
    { "another major version", 4, WIRE_MAJOR + 1 },
    { "no kind", 5, 0 },
    { "a kind between", 5, WIRE_STOP + 1 },
    { "a kind behind all", 5, WIRE_STATE + 1 },
    { "something where nothing is", 6, 1 },
    { "something where nothing is, behind that", 7, 1 },
};

static void a_head_that_is_none_is_refused(void **state)
{
    const struct wire_head sent = { WIRE_NO, 0, 7 };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong_heads) / sizeof(*wrong_heads); i++) {
        unsigned char bytes[WIRE_HEAD_SIZE];
        struct wire_head got;

        wire_put_head(bytes, &sent);
        bytes[wrong_heads[i].at] = wrong_heads[i].byte;
        if (wire_get_head(&got, bytes) == 0)
            fail_msg("%s: taken", wrong_heads[i].what);
    }
}

static const struct {
    const char *what;
    struct wire_head head;
    int result;
} sizes[] = {
    { "the largest answer", { WIRE_ANSWER, WIRE_ANSWER_MAX, 0 }, 0 },
    { "one byte more", { WIRE_ANSWER, WIRE_ANSWER_MAX + 1, 0 }, -1 },
    { "an answer without a code", { WIRE_ANSWER, 7, 0 }, -1 },
    { "the largest request", { WIRE_CHECK, WIRE_REQUEST_MAX, 0 }, 0 },
    { "one byte more", { WIRE_CHECK, WIRE_REQUEST_MAX + 1, 0 }, -1 },
    { "a request without a folder", { WIRE_CHECK, WIRE_FIXED_SIZE, 0 }, -1 },
    { "words", { WIRE_NO, 1024, 0 }, 0 },
    { "too many words", { WIRE_NO, 1025, 0 }, -1 },
};

static void each_kind_has_a_bound(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        unsigned char bytes[WIRE_HEAD_SIZE];
        struct wire_head got;

        wire_put_head(bytes, &sizes[i].head);
        if (wire_get_head(&got, bytes) != sizes[i].result)
            fail_msg("%s: not %d", sizes[i].what, sizes[i].result);
    }
}

static void a_request_comes_back_as_it_was(void **state)
{
    unsigned char bytes[256];
    struct wire_request got;
    size_t size = MADE(bytes, "/a b\0A=\0B=c=d\0");

    (void)state;
    assert_int_equal(0, wire_get_request(&got, bytes, size));
    assert_true(wire_same_program(&full.program, &got.program));
    assert_true(got.root.device == 5 && got.root.inode == 6);
    assert_true(got.folder.device == 7 && got.folder.inode == 8);
    assert_true(got.mounts == UINT64_MAX);
    assert_int_equal(WIRE_TERMINAL | WIRE_RECORD, got.flags);
    assert_int_equal(80, got.width);
    assert_int_equal(027, got.mask);
    assert_string_equal("/a b", got.path);
    assert_int_equal(9, got.variables_size);
    assert_memory_equal("A=\0B=c=d\0", got.variables, 9);
}

#define STRINGS(what, strings)                                                 \
    {                                                                          \
        what, strings, sizeof(strings) - 1                                     \
    }

static const struct {
    const char *what, *strings;
    size_t size;
} wrong_requests[] = {
    STRINGS("no NUL at the end", "/a\0A=b"),
    STRINGS("no folder", "\0\0\0\0"),
    STRINGS("a folder that is not absolute", "a\0A=b\0"),
    STRINGS("a variable without a value", "/a\0A\0"),
    STRINGS("a variable without a name", "/a\0=b\0"),
    STRINGS("an empty variable", "/a\0A=b\0\0"),
};

static void a_request_that_is_none_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wrong_requests) / sizeof(*wrong_requests);
         i++) {
        unsigned char bytes[256];
        struct wire_request got;
        size_t size =
            made(bytes, wrong_requests[i].strings, wrong_requests[i].size);

        if (wire_get_request(&got, bytes, size) == 0)
            fail_msg("%s: taken", wrong_requests[i].what);
    }
}

static void an_unknown_flag_is_refused(void **state)
{
    unsigned char bytes[256];
    struct wire_request got;
    size_t size = MADE(bytes, "/a\0");

    (void)state;
    assert_int_equal(0, wire_get_request(&got, bytes, size));
    bytes[72] |= WIRE_FLAGS + 1;
    assert_int_equal(-1, wire_get_request(&got, bytes, size));
}

static void only_a_verdict_is_an_answer(void **state)
{
    unsigned char bytes[16] = { 0 };
    struct wire_answer got;

    (void)state;
    for (int code = 0; code < 4; code++) {
        wire_put_answer(bytes, code);
        assert_int_equal(code <= 1 ? 0 : -1, wire_get_answer(&got, bytes, 16));
    }
    wire_put_answer(bytes, 1);
    bytes[7] = 1;
    assert_int_equal(-1, wire_get_answer(&got, bytes, 16));
    bytes[7] = 0;
    assert_int_equal(-1, wire_get_answer(&got, bytes, 7));
    assert_int_equal(0, wire_get_answer(&got, bytes, 8));
    assert_int_equal(0, got.out_size);
}

static void every_part_of_a_program_tells_it_from_others(void **state)
{
    const struct wire_program mine = { { 1, 2 }, 3, 4 };
    const struct wire_program others[] = {
        { { 9, 2 }, 3, 4 },
        { { 1, 9 }, 3, 4 },
        { { 1, 2 }, 9, 4 },
        { { 1, 2 }, 3, 9 },
    };

    (void)state;
    assert_true(wire_same_program(&mine, &mine));
    for (size_t i = 0; i < 4; i++)
        assert_false(wire_same_program(&mine, &others[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_head_comes_back_as_it_was),
        cmocka_unit_test(a_head_that_is_none_is_refused),
        cmocka_unit_test(each_kind_has_a_bound),
        cmocka_unit_test(a_request_comes_back_as_it_was),
        cmocka_unit_test(a_request_that_is_none_is_refused),
        cmocka_unit_test(an_unknown_flag_is_refused),
        cmocka_unit_test(only_a_verdict_is_an_answer),
        cmocka_unit_test(every_part_of_a_program_tells_it_from_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

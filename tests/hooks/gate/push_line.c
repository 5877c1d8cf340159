#include "tests/test.h"

#include <string.h>

#include "hooks/gate/push_line.h"

#define A40 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define Z40 "0000000000000000000000000000000000000000"
#define A64 A40 "aaaaaaaaaaaaaaaaaaaaaaaa"

static void the_words_of_each_hook_are_told_apart(void **state)
{
    struct text sends = TEXT("HEAD~1 " A40 " refs/heads/x " Z40 "\n");
    struct text receives = TEXT(Z40 " " A40 " refs/heads/x\n");
    struct push_line line;
    struct error err;

    (void)state;
    assert_int_equal(1, push_line_next(&line, &sends, PUSH_SENDS, 20, &err));
    assert_true(text_equal(line.name, TEXT("HEAD~1")));
    assert_true(object_id_is_zero(&line.old));
    assert_false(object_id_is_zero(&line.new));
    assert_int_equal(1,
                     push_line_next(&line, &receives, PUSH_RECEIVES, 20, &err));
    assert_true(text_equal(line.name, TEXT("refs/heads/x")));
    assert_true(object_id_is_zero(&line.old));
    assert_false(object_id_is_zero(&line.new));
    assert_int_equal(0,
                     push_line_next(&line, &receives, PUSH_RECEIVES, 20, &err));
}

static void lines_follow_each_other_and_the_last_may_have_no_end(void **state)
{
    struct text rest = TEXT(A40 " " A40 " refs/a\n" A40 " " A40 " refs/b");
    struct push_line line;
    struct error err;

    (void)state;
    assert_int_equal(1, push_line_next(&line, &rest, PUSH_RECEIVES, 20, &err));
    assert_true(text_equal(line.name, TEXT("refs/a")));
    assert_int_equal(1, push_line_next(&line, &rest, PUSH_RECEIVES, 20, &err));
    assert_true(text_equal(line.name, TEXT("refs/b")));
    assert_int_equal(0, push_line_next(&line, &rest, PUSH_RECEIVES, 20, &err));
}

static void ids_have_the_length_of_the_repository(void **state)
{
    struct text rest = TEXT(A64 " " A64 " refs/a");
    struct push_line line;
    struct error err;

    (void)state;
    assert_int_equal(-1, push_line_next(&line, &rest, PUSH_RECEIVES, 20, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    assert_int_equal(1, push_line_next(&line, &rest, PUSH_RECEIVES, 32, &err));
}

static void anything_else_is_a_usage_error(void **state)
{
    static const char *const lines[] = {
        "\n",
        " ",
        "x",
        A40 " " A40,
        A40 " " A40 " ",
        A40 " " A40 " refs/a b",
        A40 "  " A40 " refs/a",
        " " A40 " " A40 " refs/a",
        A40 " " A40 "a refs/a",
        A40 "\t" A40 "\trefs/a",
        "refs/a " A40 " " A40,
        A40 " " A40 " refs/a " A40,
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        struct text rest = text_of(lines[i]);
        struct push_line line;
        struct error err = { .message = "" };

        if (push_line_next(&line, &rest, PUSH_RECEIVES, 20, &err) != -1 ||
            err.code != ERROR_USAGE || !strstr(err.message, "pre-receive"))
            fail_msg("'%s' is taken for a line", lines[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_words_of_each_hook_are_told_apart),
        cmocka_unit_test(lines_follow_each_other_and_the_last_may_have_no_end),
        cmocka_unit_test(ids_have_the_length_of_the_repository),
        cmocka_unit_test(anything_else_is_a_usage_error),
    };

    return cmocka_run_group_tests_name("hooks/gate/push_line", tests, NULL,
                                       NULL);
}

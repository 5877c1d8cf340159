#include "tests/test.h"

#include <stdint.h>

#include "cmd/base/past.h"

static void without_dashes_all_arguments_are_revisions(void **state)
{
    const char *words[] = { "a", "b" };
    const struct options options = { .arguments = { words, 2, 2 },
                                     .dashes_at = SIZE_MAX };
    struct past past;

    (void)state;
    past_read(&past, &options);
    assert_int_equal(2, past.history.revisions_count);
    assert_int_equal(0, past.history.paths_count);
    assert_int_equal(0, past.history.refs_count);
    past_release(&past);
}

static void what_stands_behind_the_dashes_is_a_path(void **state)
{
    const char *words[] = { "a", "b", "c" };
    struct options options = { .arguments = { words, 3, 3 }, .dashes_at = 1 };
    struct past past;

    (void)state;
    past_read(&past, &options);
    assert_int_equal(1, past.history.revisions_count);
    assert_int_equal(2, past.history.paths_count);
    assert_string_equal("b", past.history.paths[0]);
    past_release(&past);
    options.dashes_at = 3;
    past_read(&past, &options);
    assert_int_equal(3, past.history.revisions_count);
    assert_int_equal(0, past.history.paths_count);
    past_release(&past);
}

static void refs_have_a_pattern_or_none(void **state)
{
    const char *branches[] = { "", "f*" };
    const struct options options = { .branches = { branches, 2, 2 },
                                     .dashes_at = SIZE_MAX,
                                     .reflog = true,
                                     .since = "yesterday" };
    struct past past;

    (void)state;
    past_read(&past, &options);
    assert_int_equal(3, past.history.refs_count);
    assert_int_equal(HISTORY_BRANCHES, past.history.refs[0].kind);
    assert_null(past.history.refs[0].pattern);
    assert_string_equal("f*", past.history.refs[1].pattern);
    assert_int_equal(HISTORY_REFLOG, past.history.refs[2].kind);
    assert_string_equal("yesterday", past.history.since);
    past_release(&past);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_dashes_all_arguments_are_revisions),
        cmocka_unit_test(what_stands_behind_the_dashes_is_a_path),
        cmocka_unit_test(refs_have_a_pattern_or_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

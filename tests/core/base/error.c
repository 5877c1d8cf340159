#include "tests/test.h"

#include <errno.h>
#include <string.h>

#include "core/base/error.h"

static void a_failure_is_one_statement(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(
        -1, error_set(&err, ERROR_LIMIT, "%zu bytes of %s", (size_t)7, "a.py"));
    assert_int_equal(ERROR_LIMIT, err.code);
    assert_string_equal("7 bytes of a.py", err.message);
}

static void the_system_s_own_words_come_last(void **state)
{
    struct error err;

    (void)state;
    errno = ENOENT;
    assert_int_equal(-1, error_set_errno(&err, "cannot read '%s'", "a"));
    assert_int_equal(ERROR_SYSTEM, err.code);
    assert_string_equal("cannot read 'a': No such file or directory",
                        err.message);
}

static void what_is_too_long_is_cut_to_fit(void **state)
{
    char long_name[2 * sizeof(((struct error *)0)->message)];
    struct error err;

    (void)state;
    memset(long_name, 'x', sizeof(long_name));
    long_name[sizeof(long_name) - 1] = '\0';
    error_set(&err, ERROR_GIT, "%s", long_name);
    assert_int_equal(sizeof(err.message) - 1, strlen(err.message));
    errno = ENOENT;
    error_set_errno(&err, "%s", long_name);
    assert_int_equal(sizeof(err.message) - 1, strlen(err.message));
}

static void an_error_may_be_told_in_other_words(void **state)
{
    struct error err;

    (void)state;
    error_set(&err, ERROR_GIT, "inner");
    error_set(&err, err.code, "outer");
    assert_int_equal(ERROR_GIT, err.code);
    assert_string_equal("outer", err.message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_is_one_statement),
        cmocka_unit_test(the_system_s_own_words_come_last),
        cmocka_unit_test(what_is_too_long_is_cut_to_fit),
        cmocka_unit_test(an_error_may_be_told_in_other_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

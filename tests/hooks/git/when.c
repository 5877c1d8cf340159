#include "tests/hooks/sandbox.h"

#include <time.h>

#include "hooks/git/when.h"

static int64_t seconds_of(const char *date)
{
    struct error err = { .message = "" };
    int64_t seconds = -1;

    if (when_parse(&seconds, date, &err) < 0)
        fail_msg("%s: %s", date, err.message);
    return seconds;
}

static void dates_are_those_of_git(void **state)
{
    (void)state;
    assert_int_equal(1234567890, seconds_of("@1234567890"));
    assert_int_equal(1000000000, seconds_of("2001-09-09T01:46:40Z"));
    assert_int_equal(0, seconds_of("never"));
}

static void dates_may_be_relative(void **state)
{
    int64_t now = time(NULL), then = seconds_of("2 hours ago");

    (void)state;
    assert_true(then >= now - 7200 - 1 && then <= now - 7200 + 60);
    assert_true(seconds_of("now") >= now);
}

static void what_git_takes_for_now_is_an_error_of_use(void **state)
{
    static const char *const no_dates[] = { "nonsense", "", "main", "--all" };
    struct error err;
    int64_t seconds;

    (void)state;
    for (size_t i = 0; i < sizeof(no_dates) / sizeof(*no_dates); i++) {
        if (when_parse(&seconds, no_dates[i], &err) == 0)
            fail_msg("'%s' is a date", no_dates[i]);
        assert_int_equal(ERROR_USAGE, err.code);
    }
}

static void a_setting_of_the_repository_is_no_date(void **state)
{
    (void)state;
    sh("git config tmpguard.date @5");
    assert_int_equal(6, seconds_of("@6 +0000"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(dates_are_those_of_git,
                                        enter_repository, leave),
        cmocka_unit_test_setup_teardown(dates_may_be_relative, enter_repository,
                                        leave),
        cmocka_unit_test_setup_teardown(
            what_git_takes_for_now_is_an_error_of_use, enter_repository, leave),
        cmocka_unit_test_setup_teardown(a_setting_of_the_repository_is_no_date,
                                        enter_repository, leave),
    };

    return cmocka_run_group_tests_name("hooks/git/when", tests, NULL, NULL);
}

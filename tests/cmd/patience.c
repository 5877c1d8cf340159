#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/patience.h"

/* git's settings are those in these words of the environment. */
static void settings(const char *words)
{
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("GIT_DIR", "/nowhere", 1);
    setenv("GIT_CONFIG_PARAMETERS", words, 1);
}

static void expect(const char *option, unsigned seconds, bool accept)
{
    struct patience patience;
    struct error err = { .message = "" };

    if (patience_read(&patience, option, &err) < 0)
        fail_msg("%s", err.message);
    if (patience.seconds != seconds || patience.accept != accept)
        fail_msg("got %u %d", patience.seconds, patience.accept);
}

static void refuse(const char *option, const char *want)
{
    struct patience patience;
    struct error err = { .message = "" };

    assert_int_equal(-1, patience_read(&patience, option, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    if (!strstr(err.message, want))
        fail_msg("%s", err.message);
}

static void the_option_comes_before_the_setting(void **state)
{
    (void)state;
    settings("");
    expect(NULL, 0, false);
    expect("5", 5, false);
    settings("'hooks.tmpguard.deadline'='7'");
    expect(NULL, 7, false);
    expect("5", 5, false);
    expect("0", 0, false);
}

static void what_is_late_is_refused_unless_the_setting_says_else(void **state)
{
    (void)state;
    settings("'hooks.tmpguard.onDeadline'='accept'");
    expect("5", 5, true);
    settings("'hooks.tmpguard.onDeadline'='reject'");
    expect("5", 5, false);
    settings("'hooks.tmpguard.onDeadline'='maybe'");
    refuse("5", "neither reject nor accept");
}

static void anything_but_a_number_is_a_usage_error(void **state)
{
    static const char *const words[] = { "-1",    "1s",  " 1", "1.5",
                                         "86401", "1e3", "x" };

    (void)state;
    settings("");
    expect("86400", PATIENCE_MAX, false);
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        refuse(words[i], "--deadline: ");
    settings("'hooks.tmpguard.deadline'='soon'");
    refuse(NULL, "hooks.tmpguard.deadline: 'soon'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_option_comes_before_the_setting),
        cmocka_unit_test(what_is_late_is_refused_unless_the_setting_says_else),
        cmocka_unit_test(anything_but_a_number_is_a_usage_error),
    };

    return cmocka_run_group_tests_name("cmd/patience", tests, NULL, NULL);
}

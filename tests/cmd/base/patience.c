#include "tests/test.h"

#include <string.h>

#include "cmd/base/patience.h"
#include "hooks/gate/policy.h"

/* One setting of the server's. */
static struct policy policy_with(const char *key, const char *value)
{
    const struct policy_place place = { POLICY_LOCAL, "config", 1 };
    struct policy policy = POLICY_EMPTY;
    struct error err = { .message = "" };

    if (key && policy_add(&policy, &place, key, value, &err) < 0)
        fail_msg("%s", err.message);
    return policy;
}

static void expect(const char *option, struct policy policy, unsigned seconds,
                   bool accept)
{
    struct patience patience;
    struct error err = { .message = "" };

    if (patience_read(&patience, option, &policy, &err) < 0)
        fail_msg("%s", err.message);
    if (patience.seconds != seconds || patience.accept != accept)
        fail_msg("got %u %d", patience.seconds, patience.accept);
    policy_release(&policy);
}

static void refuse(const char *option, struct policy policy, const char *want)
{
    struct patience patience;
    struct error err = { .message = "" };

    assert_int_equal(-1, patience_read(&patience, option, &policy, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    if (!strstr(err.message, want))
        fail_msg("%s", err.message);
    policy_release(&policy);
}

static void the_option_comes_before_the_setting(void **state)
{
    (void)state;
    expect(NULL, policy_with(NULL, NULL), 0, false);
    expect("5", policy_with(NULL, NULL), 5, false);
    expect(NULL, policy_with("deadline", "7"), 7, false);
    expect("5", policy_with("deadline", "7"), 5, false);
    expect("0", policy_with("deadline", "7"), 0, false);
}

static void what_is_late_is_refused_unless_the_setting_says_else(void **state)
{
    (void)state;
    expect("5", policy_with("onDeadline", "accept"), 5, true);
    expect("5", policy_with("onDeadline", "reject"), 5, false);
}

static void anything_but_a_number_is_a_usage_error(void **state)
{
    static const char *const words[] = { "-1",    "1s",  " 1", "1.5",
                                         "86401", "1e3", "x" };

    (void)state;
    expect("86400", policy_with(NULL, NULL), PATIENCE_MAX, false);
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        refuse(words[i], policy_with(NULL, NULL), "--deadline: ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_option_comes_before_the_setting),
        cmocka_unit_test(what_is_late_is_refused_unless_the_setting_says_else),
        cmocka_unit_test(anything_but_a_number_is_a_usage_error),
    };

    return cmocka_run_group_tests_name("cmd/base/patience", tests, NULL, NULL);
}

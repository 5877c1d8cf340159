#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/ci.h"

static void forget_all(void)
{
    size_t count;
    const struct ci_system *systems = ci_systems(&count);

    for (size_t i = 0; i < count; i++) {
        unsetenv(systems[i].mark);
        for (size_t j = 0; j < CI_BASES_MAX && systems[i].bases[j].variable;
             j++)
            unsetenv(systems[i].bases[j].variable);
    }
}

static void every_system_is_known_by_its_mark(void **state)
{
    size_t count;
    const struct ci_system *systems = ci_systems(&count);

    (void)state;
    forget_all();
    assert_null(ci_here());
    for (size_t i = 0; i < count; i++) {
        setenv(systems[i].mark, systems[i].value ? systems[i].value : "1", 1);
        if (ci_here() != &systems[i])
            fail_msg("%s is not known", systems[i].name);
        unsetenv(systems[i].mark);
    }
}

static void a_mark_that_is_empty_or_another_word_is_none(void **state)
{
    (void)state;
    forget_all();
    setenv("GITHUB_ACTIONS", "", 1);
    setenv("CI", "true", 1);
    assert_null(ci_here());
    forget_all();
}

static void a_value_holds_where_its_condition_does(void **state)
{
    const struct ci_base base = { "DRONE_TARGET_BRANCH", BASE_BRANCH,
                                  "DRONE_PULL_REQUEST" };
    char *value;

    (void)state;
    setenv("DRONE_TARGET_BRANCH", "main", 1);
    assert_null(ci_value(&base));
    setenv("DRONE_PULL_REQUEST", "false", 1);
    assert_null(ci_value(&base));
    setenv("DRONE_PULL_REQUEST", "7", 1);
    value = ci_value(&base);
    assert_string_equal("main", value);
    free(value);
    setenv("DRONE_TARGET_BRANCH", "", 1);
    assert_null(ci_value(&base));
    unsetenv("DRONE_PULL_REQUEST");
}

static void an_event_that_cannot_be_read_says_nothing(void **state)
{
    const struct ci_base base = { "GITHUB_EVENT_PATH", BASE_EVENT, NULL };

    (void)state;
    setenv("GITHUB_EVENT_PATH", "/nowhere/at/all", 1);
    assert_null(ci_value(&base));
    setenv("GITHUB_EVENT_PATH", "/", 1);
    assert_null(ci_value(&base));
    forget_all();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_system_is_known_by_its_mark),
        cmocka_unit_test(a_mark_that_is_empty_or_another_word_is_none),
        cmocka_unit_test(a_value_holds_where_its_condition_does),
        cmocka_unit_test(an_event_that_cannot_be_read_says_nothing),
    };

    return cmocka_run_group_tests_name("cmd/ci", tests, NULL, NULL);
}

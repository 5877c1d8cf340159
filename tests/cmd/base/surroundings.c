#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/base/surroundings.h"

static bool is_named(const struct surroundings *around, const char *name)
{
    for (size_t i = 0; around->variables[i]; i++)
        if (strcmp(around->variables[i], name) == 0)
            return true;
    return false;
}

static void variables_are_named_if_they_are_set(void **state)
{
    struct surroundings around;

    (void)state;
    unsetenv("GIT_DIR");
    setenv("GIT_CONFIG_COUNT", "0", 1);
    surroundings_read(&around);
    assert_true(is_named(&around, "GIT_CONFIG_COUNT"));
    assert_false(is_named(&around, "GIT_DIR"));
    assert_false(around.repository_is_named);
    setenv("GIT_DIR", "/x", 1);
    surroundings_read(&around);
    assert_true(around.repository_is_named);
    unsetenv("GIT_DIR");
    unsetenv("GIT_CONFIG_COUNT");
}

static void folders_count_only_if_they_are_absolute(void **state)
{
    struct surroundings around;

    (void)state;
    setenv("TMPDIR", "here", 1);
    surroundings_read(&around);
    assert_string_equal("/tmp", around.temporary);
    setenv("TMPDIR", "/var/tmp", 1);
    surroundings_read(&around);
    assert_string_equal("/var/tmp", around.temporary);
    unsetenv("TMPDIR");
}

static void expect_canary(const char *value, const char *word)
{
    const char *got;

    setenv("TMPGUARD_CANARY", value, 1);
    got = surroundings_canary();
    if (!got || strcmp(got, word) != 0)
        fail_msg("'%s': got %s, want %s", value, got, word);
    unsetenv("TMPGUARD_CANARY");
}

static void any_value_is_a_question(void **state)
{
    char longest[66];

    (void)state;
    assert_null(surroundings_canary());
    expect_canary("abC09", "abC09");
    expect_canary("", "-");
    expect_canary("a b", "-");
    expect_canary("\033[2J", "-");
    memset(longest, 'a', sizeof(longest));
    longest[64] = '\0';
    expect_canary(longest, longest);
    longest[64] = 'a';
    longest[65] = '\0';
    expect_canary(longest, "-");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variables_are_named_if_they_are_set),
        cmocka_unit_test(folders_count_only_if_they_are_absolute),
        cmocka_unit_test(any_value_is_a_question),
    };

    return cmocka_run_group_tests_name("cmd/base/surroundings", tests, NULL,
                                       NULL);
}

#include "tests/test.h"

#include <string.h>

#include "hooks/gate/policy.h"

static int add(struct policy *policy, enum policy_scope scope, const char *key,
               const char *value, struct error *err)
{
    const struct policy_place place = { scope, "file", 7 };

    return policy_add(policy, &place, key, value, err);
}

static void say(struct policy *policy, enum policy_scope scope, const char *key,
                const char *value)
{
    struct error err = { .message = "" };

    if (add(policy, scope, key, value, &err) != 0)
        fail_msg("%s = %s: %s", key, value, err.message);
}

/* Up to three settings, in this order, and the level of their key. */
static const struct {
    const char *what;
    struct {
        enum policy_scope scope;
        const char *value;
    } said[3];
    const char *key;
    enum policy_key asked;
    unsigned level;
} rows[] = {
    { "nothing is as usual", { { 0 } }, "excuses", POLICY_EXCUSES, 0 },
    { "nothing blocks what is incomplete",
      { { 0 } },
      "onError",
      POLICY_ON_ERROR,
      1 },
    { "of the user's the last one holds",
      { { POLICY_SYSTEM, "none" },
        { POLICY_GLOBAL, "any" },
        { POLICY_COMMAND, "tmpguard" } },
      "excuses",
      POLICY_EXCUSES,
      EXCUSES_TMPGUARD },
    { "a tree adds",
      { { POLICY_GLOBAL, "tmpguard" }, { POLICY_TREE, "none" } },
      "excuses",
      POLICY_EXCUSES,
      EXCUSES_NONE },
    { "a tree takes nothing away",
      { { POLICY_GLOBAL, "none" }, { POLICY_TREE, "any" } },
      "excuses",
      POLICY_EXCUSES,
      EXCUSES_NONE },
    { "the strictest of several trees",
      { { POLICY_TREE, "reasoned" }, { POLICY_TREE, "any" } },
      "excuses",
      POLICY_EXCUSES,
      EXCUSES_REASONED },
    { "a repository's own settings are like a tree's",
      { { POLICY_GLOBAL, "reasoned" },
        { POLICY_LOCAL, "none" },
        { POLICY_WORKTREE, "any" } },
      "excuses",
      POLICY_EXCUSES,
      EXCUSES_NONE },
    { "a command goes under what the repository adds",
      { { POLICY_LOCAL, "none" }, { POLICY_COMMAND, "any" } },
      "excuses",
      POLICY_EXCUSES,
      EXCUSES_NONE },
    { "the user may let pass",
      { { POLICY_GLOBAL, "warn" } },
      "onError",
      POLICY_ON_ERROR,
      0 },
    { "a repository may not",
      { { POLICY_LOCAL, "warn" }, { POLICY_TREE, "warn" } },
      "onError",
      POLICY_ON_ERROR,
      1 },
    { "a tree takes that back",
      { { POLICY_GLOBAL, "warn" }, { POLICY_TREE, "block" } },
      "onError",
      POLICY_ON_ERROR,
      1 },
    { "a missing program is up to any settings of git",
      { { POLICY_GLOBAL, "block" }, { POLICY_LOCAL, "warn" } },
      "missing",
      POLICY_MISSING,
      0 },
    { "so is a server's deadline",
      { { POLICY_LOCAL, "accept" }, { POLICY_TREE, "reject" } },
      "onDeadline",
      POLICY_ON_DEADLINE,
      0 },
    { "and not to a tree",
      { { POLICY_LOCAL, "warn" }, { POLICY_TREE, "block" } },
      "missing",
      POLICY_MISSING,
      0 },
};

static void only_the_user_weakens(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct policy policy = POLICY_EMPTY;

        for (int j = 0; j < 3 && rows[i].said[j].value; j++)
            say(&policy, rows[i].said[j].scope, rows[i].key,
                rows[i].said[j].value);
        if (policy_level(&policy, rows[i].asked) != rows[i].level)
            fail_msg("%s: got %u, want %u", rows[i].what,
                     policy_level(&policy, rows[i].asked), rows[i].level);
        policy_release(&policy);
    }
}

static unsigned first_push_of(bool server, enum policy_scope scope,
                              const char *value)
{
    struct policy policy = { .server = server };
    unsigned level;

    say(&policy, scope, "firstPush", value);
    level = policy_level(&policy, POLICY_FIRST_PUSH);
    policy_release(&policy);
    return level;
}

static void a_servers_own_settings_are_its_users(void **state)
{
    (void)state;
    assert_int_equal(FIRST_PUSH_ACCEPT,
                     first_push_of(true, POLICY_LOCAL, "accept"));
    assert_int_equal(FIRST_PUSH_BASELINE,
                     first_push_of(false, POLICY_LOCAL, "accept"));
    assert_int_equal(FIRST_PUSH_ACCEPT,
                     first_push_of(false, POLICY_COMMAND, "accept"));
    assert_int_equal(FIRST_PUSH_CHECK,
                     first_push_of(false, POLICY_LOCAL, "check"));
    assert_int_equal(FIRST_PUSH_BASELINE,
                     first_push_of(true, POLICY_TREE, "accept"));
    assert_int_equal(FIRST_PUSH_BASELINE,
                     first_push_of(true, POLICY_TREE, "check"));
}

static void
a_baseline_is_a_file_that_only_the_server_or_the_user_names(void **state)
{
    struct policy policy = POLICY_EMPTY;
    struct error err;

    (void)state;
    say(&policy, POLICY_LOCAL, "baseline", "/a");
    assert_string_equal("", policy_value(&policy, POLICY_BASELINE));
    say(&policy, POLICY_GLOBAL, "baseline", "/b");
    assert_string_equal("/b", policy_value(&policy, POLICY_BASELINE));
    assert_int_equal(-1, add(&policy, POLICY_GLOBAL, "baseline", "c", &err));
    policy_release(&policy);
}

static void what_does_not_count_says_why(void **state)
{
    struct policy policy = POLICY_EMPTY;

    (void)state;
    say(&policy, POLICY_TREE, "onError", "warn");
    say(&policy, POLICY_LOCAL, "exclude", "a");
    say(&policy, POLICY_TREE, "missing", "warn");
    say(&policy, POLICY_TREE, "onError", "block");
    say(&policy, POLICY_GLOBAL, "onError", "warn");
    for (size_t i = 0; i < 3; i++)
        assert_non_null(policy.settings[i].ignored);
    assert_null(policy.settings[3].ignored);
    assert_null(policy.settings[4].ignored);
    assert_false(policy_excludes(&policy, "a"));
    policy_release(&policy);
}

static void the_setting_that_decides_is_told(void **state)
{
    struct policy policy = POLICY_EMPTY;

    (void)state;
    assert_null(policy_source(&policy, POLICY_BLOCKS));
    say(&policy, POLICY_GLOBAL, "blocks", "introduced");
    assert_int_equal(POLICY_GLOBAL,
                     policy_source(&policy, POLICY_BLOCKS)->scope);
    say(&policy, POLICY_TREE, "Blocks", "Touched");
    say(&policy, POLICY_TREE, "blocks", "touched");
    assert_ptr_equal(&policy.settings[1],
                     policy_source(&policy, POLICY_BLOCKS));
    assert_int_equal(7, policy.settings[1].line);
    policy_release(&policy);
}

static const struct {
    const char *key, *value, *words;
} wrong[] = {
    { "excuse", "none",
      "file:7: unknown key 'excuse'; did you mean 'excuses'?" },
    { "x", "y",
      "file:7: unknown key 'x'; there are excuses, blocks, codeqlCompat, "
      "onError, missing, deadline, onDeadline, firstPush, baseline, daemon, "
      "exclude" },
    { "excuses", "1",
      "file:7: '1' of 'excuses' is none of any, tmpguard, reasoned, none" },
    { "excuses", NULL,
      "file:7: '' of 'excuses' is none of any, tmpguard, reasoned, none" },
    { "codeqlCompat", "maybe",
      "file:7: 'maybe' of 'codeqlCompat' is none of false, true" },
    { "deadline", "4s",
      "file:7: '4s' of 'deadline' is not a number of seconds from 0 to 86400" },
    { "deadline", "86401",
      "file:7: '86401' of 'deadline' is not a number of seconds from 0 to "
      "86400" },
    { "deadline", "",
      "file:7: '' of 'deadline' is not a number of seconds from 0 to 86400" },
    { "deadline", NULL,
      "file:7: '' of 'deadline' is not a number of seconds from 0 to 86400" },
    { "exclude", "/a",
      "file:7: 'exclude' takes a pattern for paths from the top of the tree, "
      "such as vendor/ or *_pb2.py" },
    { "exclude", ":!a",
      "file:7: 'exclude' takes a pattern for paths from the top of the tree, "
      "such as vendor/ or *_pb2.py" },
};

static void an_unknown_key_or_value_is_an_error_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct policy policy = POLICY_EMPTY;
        struct error err = { .message = "" };

        if (add(&policy, POLICY_GLOBAL, wrong[i].key, wrong[i].value, &err) !=
                -1 ||
            err.code != ERROR_USAGE || strcmp(err.message, wrong[i].words) != 0)
            fail_msg("%s: got %s", wrong[i].key, err.message);
        assert_int_equal(0, policy.settings_count);
        policy_release(&policy);
    }
}

static void a_key_of_a_server_counts_in_git_s_settings_alone(void **state)
{
    struct policy policy = POLICY_EMPTY;

    (void)state;
    say(&policy, POLICY_TREE, "deadline", "7");
    assert_string_equal("", policy_value(&policy, POLICY_DEADLINE));
    say(&policy, POLICY_SYSTEM, "deadline", "9");
    say(&policy, POLICY_LOCAL, "deadline", "5");
    assert_string_equal("5", policy_value(&policy, POLICY_DEADLINE));
    assert_non_null(policy.settings[0].ignored);
    assert_string_equal("reject", policy_value(&policy, POLICY_ON_DEADLINE));
    say(&policy, POLICY_SYSTEM, "ondeadline", "accept");
    assert_string_equal("accept", policy_value(&policy, POLICY_ON_DEADLINE));
    policy_release(&policy);
}

static void a_boolean_may_have_no_value(void **state)
{
    struct policy policy = POLICY_EMPTY;

    (void)state;
    say(&policy, POLICY_TREE, "codeqlcompat", NULL);
    assert_int_equal(1, policy_level(&policy, POLICY_CODEQL));
    policy_release(&policy);
}

static const struct {
    const char *pattern, *path;
    bool out;
} patterns[] = {
    { "a.py", "a.py", true },
    { "a.py", "b/a.py", false },
    { "vendor", "vendor/x/a.py", true },
    { "vendor/", "vendor/a.py", true },
    { "vendor/", "vendor", false },
    { "vendor", "vendors/a.py", false },
    { "*_pb2.py", "x/y_pb2.py", true },
    { "*/gen", "a/b/gen/c.py", true },
    { "[ab].py", "b.py", true },
    { "*", "x", true },
    { "a?c", "a/c", true },
};

static void a_pattern_matches_paths_and_whole_folders(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
        struct policy policy = POLICY_EMPTY;

        say(&policy, POLICY_GLOBAL, "exclude", patterns[i].pattern);
        if (policy_excludes(&policy, patterns[i].path) != patterns[i].out)
            fail_msg("%s, %s", patterns[i].pattern, patterns[i].path);
        say(&policy, POLICY_COMMAND, "exclude", "");
        assert_false(policy_excludes(&policy, patterns[i].path));
        policy_release(&policy);
    }
}

static void what_is_wrong_can_be_gathered(void **state)
{
    struct policy policy = POLICY_EMPTY;

    (void)state;
    policy.gathers = true;
    say(&policy, POLICY_LOCAL, "excuses", "bad");
    say(&policy, POLICY_LOCAL, "excuses", "none");
    say(&policy, POLICY_LOCAL, "nothing", NULL);
    say(&policy, POLICY_LOCAL, "deadline", "86400");
    say(&policy, POLICY_LOCAL, "deadline", "86401");
    assert_int_equal(3, policy.faults_count);
    assert_int_equal(2, policy.settings_count);
    assert_string_equal("'bad' of 'excuses' is none of any, tmpguard, "
                        "reasoned, none",
                        policy.faults[0].words);
    assert_string_equal("file", policy.faults[0].origin);
    assert_int_equal(7, policy.faults[0].line);
    assert_null(policy.faults[1].value);
    assert_string_equal("86401", policy.faults[2].value);
    policy_release(&policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_user_weakens),
        cmocka_unit_test(a_servers_own_settings_are_its_users),
        cmocka_unit_test(
            a_baseline_is_a_file_that_only_the_server_or_the_user_names),
        cmocka_unit_test(what_does_not_count_says_why),
        cmocka_unit_test(the_setting_that_decides_is_told),
        cmocka_unit_test(an_unknown_key_or_value_is_an_error_with_its_place),
        cmocka_unit_test(a_key_of_a_server_counts_in_git_s_settings_alone),
        cmocka_unit_test(a_boolean_may_have_no_value),
        cmocka_unit_test(a_pattern_matches_paths_and_whole_folders),
        cmocka_unit_test(what_is_wrong_can_be_gathered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

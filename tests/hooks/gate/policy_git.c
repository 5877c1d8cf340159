#include "tests/hooks/sandbox.h"

#include "hooks/gate/policy_git.h"

#define ANSWER(literal) ((struct text){ literal, sizeof(literal) - 1 })

static void gits_answer_is_read(void **state)
{
    struct policy policy = POLICY_EMPTY;
    struct error err = { .message = "" };

    (void)state;
    put("g", "[hooks \"other\"]\nexcuses = any\n[hooks \"tmpguard\"]\n\n"
             "excuses = none\ncodeqlCompat\n");
    assert_int_equal(
        0, policy_parse_git(
               &policy, ".",
               ANSWER("system\0file:/none\0hooks.tmpguard.onerror\nwarn\0"
                      "global\0file:g\0hooks.tmpguard.excuses\nnone\0"
                      "global\0file:g\0hooks.tmpguard.codeqlcompat\0"
                      "command\0command line:\0hooks.tmpguard.exclude\na\nb\0"),
               &err));
    assert_int_equal(4, policy.settings_count);
    assert_int_equal(POLICY_SYSTEM, policy.settings[0].scope);
    assert_string_equal("/none", policy.settings[0].origin);
    assert_int_equal(0, policy.settings[0].line);
    assert_int_equal(5, policy.settings[1].line);
    assert_int_equal(6, policy.settings[2].line);
    assert_string_equal("true", policy.settings[2].value);
    assert_string_equal("command line", policy.settings[3].origin);
    assert_string_equal("a\nb", policy.settings[3].value);
    policy_release(&policy);
}

static const struct {
    const char *what;
    struct text answer;
    const char *words;
} wrong[] = {
    { "cut", { "system\0file:f\0hooks.tmpguard.x", 30 }, "strange" },
    { "no setting", { "system\0file:f\0", 14 }, "strange" },
    { "a scope", { "x\0f\0hooks.tmpguard.x\0", 21 }, "strange" },
    { "a key",
      { "local\0file:f\0hooks.tmpguard.x.y\nz\0", 34 },
      "f: unknown key 'x.y'" },
};

static void an_answer_that_is_none_is_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct policy policy = POLICY_EMPTY;
        struct error err = { .message = "" };

        if (policy_parse_git(&policy, NULL, wrong[i].answer, &err) != -1 ||
            !strstr(err.message, wrong[i].words))
            fail_msg("%s: %s", wrong[i].what, err.message);
        policy_release(&policy);
    }
}

static void a_setting_that_moved_meanwhile_has_no_line(void **state)
{
    struct policy policy = POLICY_EMPTY;
    struct error err = { .message = "" };

    (void)state;
    put("g", "[hooks \"tmpguard\"]\nblocks = touched\n");
    assert_int_equal(
        0,
        policy_parse_git(&policy, NULL,
                         ANSWER("local\0file:g\0hooks.tmpguard.excuses\nany\0"
                                "local\0file:g\0hooks.tmpguard.blocks\n"
                                "touched\0"),
                         &err));
    assert_int_equal(0, policy.settings[0].line);
    assert_int_equal(0, policy.settings[1].line);
    policy_release(&policy);
}

static void git_says_what_holds_here(void **state)
{
    struct repo *repo = opened(*state);
    struct config_places places = { .home = NULL };
    struct policy policy = POLICY_EMPTY;
    struct error err = { .message = "" };

    assert_int_equal(0, policy_of_git(&policy, &places, repo, &err));
    assert_int_equal(0, policy.settings_count);
    sh("git config hooks.tmpguard.blocks touched");
    assert_int_equal(0, policy_of_git(&policy, &places, repo, &err));
    assert_int_equal(1, policy_level(&policy, POLICY_BLOCKS));
    assert_string_equal(".git/config", policy.settings[0].origin);
    assert_true(policy.settings[0].line > 1);
    sh("git config hooks.tmpguard.block touched");
    assert_int_equal(-1, policy_of_git(&policy, &places, repo, &err));
    assert_non_null(strstr(err.message, "did you mean 'blocks'?"));
    policy_release(&policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gits_answer_is_read, enter_folder,
                                        leave),
        cmocka_unit_test(an_answer_that_is_none_is_an_error),
        cmocka_unit_test_setup_teardown(
            a_setting_that_moved_meanwhile_has_no_line, enter_folder, leave),
        cmocka_unit_test_setup_teardown(git_says_what_holds_here,
                                        enter_repository, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/base/ci.h"

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

/* What it says, for free(); NULL unless it says something. */
static char *word_of(const struct ci_base *base, int want)
{
    char *value = NULL;
    int got = ci_value(&value, base);

    if (got != want)
        fail_msg("%s: got %d, want %d", base->variable, got, want);
    return value;
}

static void a_value_holds_where_its_condition_does(void **state)
{
    const struct ci_base base = { CI_TARGET, "DRONE_TARGET_BRANCH", BASE_BRANCH,
                                  "DRONE_PULL_REQUEST", false };
    char *value;

    (void)state;
    setenv("DRONE_TARGET_BRANCH", "main", 1);
    assert_null(word_of(&base, 0));
    setenv("DRONE_PULL_REQUEST", "false", 1);
    assert_null(word_of(&base, 0));
    setenv("DRONE_PULL_REQUEST", "7", 1);
    value = word_of(&base, 1);
    assert_string_equal("main", value);
    free(value);
    setenv("DRONE_TARGET_BRANCH", "", 1);
    assert_null(word_of(&base, 0));
    unsetenv("DRONE_PULL_REQUEST");
}

static const struct ci_base before = { CI_BEFORE, "GITHUB_EVENT_PATH",
                                       BASE_COMMIT, NULL, true };

static void
a_push_whose_event_cannot_be_read_is_not_one_of_nothing(void **state)
{
    static const char *const paths[] = { "/nowhere/at/all", "/", "/dev/null",
                                         "" };

    (void)state;
    setenv("GITHUB_EVENT_NAME", "push", 1);
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        setenv("GITHUB_EVENT_PATH", paths[i], 1);
        assert_null(word_of(&before, -1));
    }
    unsetenv("GITHUB_EVENT_NAME");
    forget_all();
}

static void other_events_have_nothing_before_them(void **state)
{
    (void)state;
    setenv("GITHUB_EVENT_PATH", "/nowhere/at/all", 1);
    assert_null(word_of(&before, 0));
    setenv("GITHUB_EVENT_NAME", "workflow_dispatch", 1);
    assert_null(word_of(&before, 0));
    unsetenv("GITHUB_EVENT_NAME");
    forget_all();
}

/* Which variables say that nothing was pushed to a branch. */
static void tags_and_schedules_are_idle_runs(void **state)
{
    static const struct {
        const char *mark, *value, *variable, *word;
        bool idle;
    } rows[] = {
        { "GITHUB_ACTIONS", "true", "GITHUB_REF_TYPE", "tag", true },
        { "GITHUB_ACTIONS", "true", "GITHUB_REF_TYPE", "branch", false },
        { "GITHUB_ACTIONS", "true", "GITHUB_REF_TYPE", "tags", false },
        { "GITHUB_ACTIONS", "true", "GITHUB_EVENT_NAME", "schedule", true },
        { "GITLAB_CI", "true", "CI_COMMIT_TAG", "v1", true },
        { "GITLAB_CI", "true", "CI_COMMIT_TAG", "", false },
        { "TF_BUILD", "True", "BUILD_SOURCEBRANCH", "refs/tags/v1", true },
        { "TF_BUILD", "True", "BUILD_SOURCEBRANCH", "refs/heads/v1", false },
        { "CI", "woodpecker", "CI_PIPELINE_EVENT", "cron", true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        forget_all();
        setenv(rows[i].mark, rows[i].value, 1);
        setenv(rows[i].variable, rows[i].word, 1);
        if ((ci_idle(ci_here()) != NULL) != rows[i].idle)
            fail_msg("%s=%s", rows[i].variable, rows[i].word);
        unsetenv(rows[i].variable);
    }
    forget_all();
}

static void a_branch_may_be_named_in_full(void **state)
{
    const struct ci_system *azure;

    (void)state;
    setenv("TF_BUILD", "True", 1);
    azure = ci_here();
    assert_false(ci_is_branch(azure, "main"));
    setenv("BUILD_SOURCEBRANCH", "refs/heads/main", 1);
    assert_true(ci_is_branch(azure, "main"));
    assert_true(ci_is_branch(azure, "refs/heads/main"));
    assert_false(ci_is_branch(azure, "mainly"));
    unsetenv("BUILD_SOURCEBRANCH");
    forget_all();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_system_is_known_by_its_mark),
        cmocka_unit_test(a_mark_that_is_empty_or_another_word_is_none),
        cmocka_unit_test(a_value_holds_where_its_condition_does),
        cmocka_unit_test(
            a_push_whose_event_cannot_be_read_is_not_one_of_nothing),
        cmocka_unit_test(other_events_have_nothing_before_them),
        cmocka_unit_test(tags_and_schedules_are_idle_runs),
        cmocka_unit_test(a_branch_may_be_named_in_full),
    };

    return cmocka_run_group_tests_name("cmd/base/ci", tests, NULL, NULL);
}

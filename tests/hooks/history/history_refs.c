#include "tests/hooks/sandbox.h"

#include "hooks/history/history_refs.h"

static const struct {
    const char *what;
    struct history_refs refs;
    const char *name;
    bool match;
} names[] = {
    { "everything has HEAD", { HISTORY_ALL, NULL }, "HEAD", true },
    { "and notes", { HISTORY_ALL, NULL }, "refs/notes/x", true },
    { "a branch", { HISTORY_BRANCHES, NULL }, "refs/heads/a/b", true },
    { "a tag is no branch", { HISTORY_BRANCHES, NULL }, "refs/tags/a", false },
    { "nor is HEAD", { HISTORY_BRANCHES, NULL }, "HEAD", false },
    { "a star crosses folders",
      { HISTORY_BRANCHES, "f*c" },
      "refs/heads/f/b/c",
      true },
    { "a pattern is the whole name",
      { HISTORY_TAGS, "v*1" },
      "refs/tags/v12",
      false },
    { "a question mark is one byte",
      { HISTORY_TAGS, "v?" },
      "refs/tags/v12",
      false },
    { "not one of these", { HISTORY_TAGS, "v[^1]" }, "refs/tags/v1", false },
    { "but that", { HISTORY_TAGS, "v[^1]" }, "refs/tags/v2", true },
    { "a name is a folder",
      { HISTORY_REMOTES, "origin" },
      "refs/remotes/origin/a/b",
      true },
    { "with a slash, too",
      { HISTORY_REMOTES, "origin/" },
      "refs/remotes/origin/a",
      true },
    { "and no ref", { HISTORY_BRANCHES, "main" }, "refs/heads/main", false },
    { "nor a beginning",
      { HISTORY_REMOTES, "orig" },
      "refs/remotes/origin/a",
      false },
    { "a leading dot is a byte", { HISTORY_TAGS, "*" }, "refs/tags/.x", true },
    { "a reflog has no names", { HISTORY_REFLOG, NULL }, "HEAD", false },
};

static void a_pattern_matches_as_in_git(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (history_refs_match(&names[i].refs, names[i].name) != names[i].match)
            fail_msg("%s: %s", names[i].what, names[i].name);
}

static void a_pattern_for_nothing_is_an_error_of_use(void **state)
{
    const struct history_refs glob = { HISTORY_BRANCHES, "x*" };
    const struct history_refs folder = { HISTORY_TAGS, "v1" };
    struct error err;

    (void)state;
    assert_int_equal(-1, history_refs_none(&glob, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    assert_string_equal("--branches=x*: no branch matches", err.message);
    assert_int_equal(-1, history_refs_none(&folder, &err));
    assert_string_equal("--tags=v1: no tag is called v1/…; a single one is "
                        "named without the option",
                        err.message);
}

static void count(const struct object_id *commit, void *payload)
{
    (void)commit;
    ++*(size_t *)payload;
}

static void reflogs_name_what_was_amended(void **state)
{
    struct report report = REPORT_EMPTY;
    struct error err;
    size_t commits = 0;

    (void)state;
    sh("git commit -q --allow-empty -m one;"
       "git commit -q --allow-empty --amend -m two");
    assert_int_equal(0,
                     history_refs_each_logged(count, &commits, &report, &err));
    assert_int_equal(2, commits);
    assert_int_equal(0, report.incomplete_count);
    report_release(&report);
}

static void a_reflog_of_lost_commits_is_incomplete(void **state)
{
    struct report report = REPORT_EMPTY;
    struct error err;
    size_t commits = 0;

    (void)state;
    sh("git commit -q --allow-empty -m one;"
       "git commit -q --allow-empty --amend -m two;"
       "f=$(git rev-parse HEAD@{1}); rm .git/objects/$(echo $f | cut -c1-2)/"
       "$(echo $f | cut -c3-)");
    assert_int_equal(0,
                     history_refs_each_logged(count, &commits, &report, &err));
    assert_int_equal(1, commits);
    assert_true(report.incomplete_count > 0);
    assert_string_equal("reflog", report.incomplete[0].path);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_matches_as_in_git),
        cmocka_unit_test(a_pattern_for_nothing_is_an_error_of_use),
        cmocka_unit_test_setup_teardown(reflogs_name_what_was_amended,
                                        enter_repository, leave),
        cmocka_unit_test_setup_teardown(a_reflog_of_lost_commits_is_incomplete,
                                        enter_repository, leave),
    };

    return cmocka_run_group_tests_name("hooks/history/history_refs", tests,
                                       NULL, NULL);
}

#include "tests/hooks/past.h"

#define GIVES "printf 'from tempfile import mktemp as name\\n' >a.py; "
#define TAKES "printf 'import a\\nx = a.name()\\n' >b.py; "
#define KEEPS "printf 'name = str\\n' >a.py; "

static void expect_joined(void **state, const char *commands, const char *want)
{
    const struct history_options options = { .across_files = true };

    make(commands);
    expect_with(state, &options, want);
}

static void who_made_a_call_insecure_introduces_it_in_another_file(void **state)
{
    expect_joined(state,
                  KEEPS TAKES "c one;" GIVES "c two; pad >c.py; c three;" KEEPS
                              "c four",
                  "b.py:2 two four\n");
}

static void each_file_is_alone_unless_that_is_asked_for(void **state)
{
    expect(state, GIVES TAKES "c one", "");
    expect_joined(state, "true", "b.py:2 one live\n");
}

static void what_is_no_target_in_this_tree_is_no_finding(void **state)
{
    expect_joined(state,
                  "call >a.py; c one;"
                  "printf 'def mktemp(): pass\\n' >tempfile.py; c two;"
                  "git rm -q tempfile.py; c three",
                  "a.py:2 one two\na.py:2 three live\n");
}

static void a_call_that_all_parents_have_is_nobodys(void **state)
{
    expect_joined(state,
                  GIVES TAKES
                  "c one; git checkout -q -b side; pad >c.py; c two;"
                  "git checkout -q -; pad >d.py; c three;"
                  "m four side",
                  "b.py:2 one live\n");
}

static void a_merge_introduces_what_two_branches_are_together(void **state)
{
    expect_joined(state,
                  KEEPS "c one; git checkout -q -b side;" TAKES
                        "c two; git checkout -q -;" GIVES "c three;"
                        "m four side",
                  "b.py:2 four live\n");
}

static void a_caller_that_moves_is_one_entry(void **state)
{
    expect_joined(state,
                  GIVES TAKES "pad >>b.py; c one; git mv b.py c.py; c two",
                  "b.py:2 one live b.py c.py\n");
}

static void a_module_that_is_reached_by_another_one_counts(void **state)
{
    expect_joined(state,
                  GIVES "printf 'from a import *\\n' >m.py;"
                        "printf 'import m\\nx = m.name()\\n' >b.py; c one;"
                        "printf 'import a\\n' >m.py; c two;"
                        "printf 'from a import name\\n' >m.py; c three",
                  "b.py:2 one two\nb.py:2 three live\n");
}

static void a_package_counts_when_it_comes_and_goes(void **state)
{
    expect_joined(state,
                  "mkdir p;" GIVES "git mv a.py p/a.py 2>/dev/null ||"
                  "mv a.py p/a.py;"
                  "printf 'import p.a\\nx = p.a.name()\\n' >b.py; c one;"
                  "git mv p q; c two; git mv q p; c three",
                  "b.py:2 one two\nb.py:2 three live\n");
}

static void what_cannot_be_joined_is_incomplete(void **state)
{
    const struct history_options options = { .across_files = true };
    struct report report;

    make(GIVES TAKES "c one; pad >c.py; c two;"
                     "rm -f .git/objects/$(git rev-parse HEAD:a.py |"
                     " sed 's|^..|&/|')");
    scan_with(*state, &report, &options);
    assert_true(report.incomplete_count > 0);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(who_made_a_call_insecure_introduces_it_in_another_file),
        in_repository(each_file_is_alone_unless_that_is_asked_for),
        in_repository(what_is_no_target_in_this_tree_is_no_finding),
        in_repository(a_call_that_all_parents_have_is_nobodys),
        in_repository(a_merge_introduces_what_two_branches_are_together),
        in_repository(a_caller_that_moves_is_one_entry),
        in_repository(a_module_that_is_reached_by_another_one_counts),
        in_repository(a_package_counts_when_it_comes_and_goes),
        in_repository(what_cannot_be_joined_is_incomplete),
    };

    return cmocka_run_group_tests_name("hooks/history/history_joined", tests,
                                       NULL, NULL);
}

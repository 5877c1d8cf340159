#include "tests/hooks/past.h"

static void lose_object(const char *revision)
{
    struct buffer command = BUFFER_EMPTY;

    buffer_format(&command,
                  "rm -f .git/objects/$(git rev-parse %s | sed 's|^..|&/|')",
                  revision);
    sh(command.bytes);
    buffer_release(&command);
}

/* What is told of a history that lacks an object, and what is incomplete. */
static void expect_without(void **state, const char *revision,
                           const char *expected, const char *incomplete)
{
    struct report report;
    char *lines;

    lose_object(revision);
    scan_range(*state, &report, NULL, 0);
    lines = lines_of(&report);
    if (strcmp(lines, expected) != 0)
        fail_msg("got:\n%swant:\n%s", lines, expected);
    assert_int_equal(1, report.incomplete_count);
    assert_string_equal(incomplete, report.incomplete[0].path);
    free(lines);
    report_release(&report);
}

static void a_commit_that_touches_no_finding_is_no_event(void **state)
{
    expect(state,
           "call >a.py; c one; echo >t; c two; safe >b.py; c three; c four",
           "a.py:2 one live\n");
}

static void an_unknown_folder_holds_all_that_was_below_it(void **state)
{
    make("mkdir -p d/e; call >d/a.py; call >d/e/b.py; call >dx.py; c one;"
         "echo y=1 >>d/a.py; safe >dx.py; c two; safe >d/a.py; c three");
    expect_without(state, "HEAD~1:d",
                   "d/a.py:2 one three\nd/e/b.py:2 one live\n"
                   "dx.py:2 one two\n",
                   "d");
}

static void an_unknown_root_holds_all_that_was_there(void **state)
{
    make("call >a.py; mkdir d; call >d/b.py; c one; safe >a.py; c two;"
         "git rm -q d/b.py; c three");
    expect_without(state, "HEAD~1^{tree}",
                   "a.py:2 one three\nd/b.py:2 one three\n", ".");
}

static void an_unknown_file_of_a_root_commit_holds_nothing(void **state)
{
    make("call >a.py; call >b.py; echo 1 >>b.py; c one; call >b.py; c two");
    expect_without(state, "HEAD~1:b.py", "a.py:2 one live\nb.py:2 two live\n",
                   "b.py");
}

static void a_call_moves_with_a_folder(void **state)
{
    expect(state,
           "mkdir p; for f in 1 2 3; do { call; echo f=$f; } >p/$f.py; done;"
           "c one; git mv p q; c two; git rm -qr q; c three",
           "p/1.py:2 one three p/1.py q/1.py\n"
           "p/2.py:2 one three p/2.py q/2.py\n"
           "p/3.py:2 one three p/3.py q/3.py\n");
}

static void two_files_that_exchange_their_names_are_edited(void **state)
{
    expect(state,
           "{ call; pad; } >a.py; { echo s=1; safe; } >b.py; c one;"
           "mv a.py x; mv b.py a.py; mv x b.py; c two",
           "a.py:2 one two\nb.py:2 two live\n");
}

static void a_merge_that_renames_removes_nothing(void **state)
{
    expect(state,
           "{ call; pad; } >a.py; c one; git checkout -q -b side; echo >t;"
           "c two; git checkout -q main; echo >u; c three;"
           "git merge -q --no-ff --no-commit side >/dev/null 2>&1;"
           "git mv a.py b.py; c merge; git branch -q -D side",
           "a.py:2 one live a.py b.py\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(a_commit_that_touches_no_finding_is_no_event),
        in_repository(an_unknown_folder_holds_all_that_was_below_it),
        in_repository(an_unknown_root_holds_all_that_was_there),
        in_repository(an_unknown_file_of_a_root_commit_holds_nothing),
        in_repository(a_call_moves_with_a_folder),
        in_repository(two_files_that_exchange_their_names_are_edited),
        in_repository(a_merge_that_renames_removes_nothing),
    };

    return cmocka_run_group_tests_name("hooks/history/history_step", tests,
                                       NULL, NULL);
}

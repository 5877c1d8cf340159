#include "tests/hooks/past.h"

#include "hooks/history/history_twins.h"

/* The subjects of the commits that introduced one call, by '='; calls by ' ';
 * both in the order of the report. */
static char *twins_of(const struct report *report)
{
    struct buffer out = BUFFER_EMPTY;

    buffer_string(&out, "");
    for (size_t i = 0; i < report->findings_count; i++) {
        const struct report_finding *one = &report->findings[i];
        size_t at = i;

        for (size_t k = 0; k < i && at == i; k++) {
            const struct report_finding *two = &report->findings[k];

            if (one->twin == two->twin && strcmp(one->path, two->path) == 0 &&
                one->finding.line_hash == two->finding.line_hash &&
                one->finding.line_count == two->finding.line_count &&
                one->finding.target == two->finding.target)
                at = k;
        }
        buffer_format(&out, "%s%zu:%s", i ? " " : "", at,
                      one->introduced->subject);
    }
    return buffer_detach(&out);
}

static void expect_twins(void **state, const char *commands,
                         const char *expected)
{
    struct report report;
    char *twins;

    make(commands);
    scan_range(*state, &report, NULL, 0);
    twins = twins_of(&report);
    assert_string_equal(expected, twins);
    free(twins);
    report_release(&report);
}

static void what_was_picked_to_another_branch_is_one(void **state)
{
    expect_twins(state,
                 "echo >r; c base; git checkout -q -b one; call >a.py; c one;"
                 "git checkout -q -b two main; echo >b; c other; tick;"
                 "git cherry-pick one >/dev/null;"
                 "git commit -q --amend --reset-author -m picked;"
                 "git checkout -q -b three main; call >a.py; c three",
                 "0:one 0:picked 0:three");
}

static void what_came_back_is_another_one(void **state)
{
    expect_twins(state,
                 "call >a.py; c one; safe >a.py; c two; call >a.py; c three",
                 "0:one 1:three");
}

static void what_came_back_on_two_branches_are_two_of_two(void **state)
{
    expect_twins(state,
                 "echo >r; c base; git checkout -q -b one; call >a.py; c 1a;"
                 "safe >a.py; c 1b; call >a.py; c 1c;"
                 "git checkout -q -b two main; call >a.py; c 2a;"
                 "safe >a.py; c 2b; call >a.py; c 2c",
                 "0:1a 1:1c 0:2a 1:2c");
}

static void another_path_or_another_line_is_another_one(void **state)
{
    expect_twins(state,
                 "echo >r; c base; git checkout -q -b one; call >a.py; c one;"
                 "git checkout -q -b two main; call >b.py; c two;"
                 "git checkout -q -b three main; { call; pad; } >a.py; c three",
                 "0:one 1:three 2:two");
}

static void two_in_one_file_are_two(void **state)
{
    expect_twins(state,
                 "echo >r; c base; git checkout -q -b one;"
                 "{ call; call; } >a.py; c one;"
                 "git checkout -q -b two main; { call; call; } >a.py; c two",
                 "0:one 0:two 2:one 2:two");
}

static void what_came_back_very_often_stands_alone(void **state)
{
    struct report report;

    make("for i in 1 2 3 4 5 6 7 8 9 10; do call >a.py; c $i; safe >a.py; c -;"
         "done");
    scan_range(*state, &report, NULL, 0);
    assert_int_equal(10, report.findings_count);
    for (size_t i = 0; i < report.findings_count; i++)
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(report.findings[i].twin,
                                 report.findings[k].twin);
    report_release(&report);
}

static void many_calls_take_several_walks(void **state)
{
    struct report report;
    char *twins;

    make("echo >r; c base; for b in one two; do git checkout -q -b $b main;"
         "for i in 0 1 2 3 4 5 6 7 8 9; do call >$i.py; done; c $b; done");
    scan_range(*state, &report, NULL, 0);
    twins = twins_of(&report);
    assert_string_equal("0:one 0:two 2:one 2:two 4:one 4:two 6:one 6:two 8:one "
                        "8:two 10:one 10:two 12:one 12:two 14:one 14:two "
                        "16:one 16:two 18:one 18:two",
                        twins);
    free(twins);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(what_was_picked_to_another_branch_is_one),
        in_repository(what_came_back_is_another_one),
        in_repository(what_came_back_on_two_branches_are_two_of_two),
        in_repository(another_path_or_another_line_is_another_one),
        in_repository(two_in_one_file_are_two),
        in_repository(what_came_back_very_often_stands_alone),
        in_repository(many_calls_take_several_walks),
    };

    return cmocka_run_group_tests_name("hooks/history/history_twins", tests,
                                       NULL, NULL);
}

/*
 * How many calls of one text a commit may hold, seen through whole histories:
 * n calls are made by `calls N`.
 */
#include "tests/hooks/past.h"

#define CALLS                                                                  \
    "calls() { echo 'import tempfile'; for i in $(seq $1); do echo "           \
    "'x = tempfile.mktemp()'; done; pad; }; "                                  \
    "merge() { git merge -q --no-ff --no-commit $1 >/dev/null 2>&1 || true; "  \
    "}; "

/*
 * A base with `base` calls, sides with `one` and `two`, and a merge of them
 * with `merged`: how many does the merge introduce, how many end with it?
 */
struct row {
    const char *what;
    unsigned base, one, two, merged, introduced, removed;
};

static const struct row rows[] = {
    { "nothing anywhere", 0, 0, 0, 0, 0, 0 },
    { "the base's call stays", 1, 1, 1, 1, 0, 0 },
    { "each side added one", 0, 1, 1, 2, 0, 0 },
    { "each side added one, a third is new", 0, 1, 1, 3, 1, 0 },
    { "each side added one to one", 1, 2, 2, 3, 0, 0 },
    { "each side added one to one, a fourth is new", 1, 2, 2, 4, 1, 0 },
    { "the old one is doubled", 1, 1, 1, 2, 1, 0 },
    { "one side added two", 1, 3, 1, 3, 0, 0 },
    { "one side removed it, the merge takes it back", 1, 0, 1, 1, 0, 0 },
    { "both removed it, the merge brings it back", 1, 0, 0, 1, 1, 0 },
    { "only the merge removes it", 1, 1, 1, 0, 0, 1 },
    { "only the merge removes one of two", 2, 2, 2, 1, 0, 1 },
    { "one side removed one of two, the merge the other", 2, 1, 2, 0, 0, 1 },
};

static unsigned count(const struct report *report, bool removed)
{
    unsigned found = 0;

    for (size_t i = 0; i < report->findings_count; i++) {
        const struct report_commit *commit =
            removed ? report->findings[i].removed
                    : report->findings[i].introduced;

        found += commit && strcmp(commit->subject, "merge") == 0;
    }
    return found;
}

static void a_merge_may_hold_what_its_sides_brought(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        struct buffer commands = BUFFER_EMPTY;
        struct report report;

        buffer_format(
            &commands,
            CALLS "git checkout -q --orphan main%zu; "
                  "git rm -qrf . 2>/dev/null || true; calls %u >a.py; c base;"
                  "git checkout -q -b side; calls %u >a.py; echo s "
                  ">s; c one; git checkout -q main%zu; calls %u "
                  ">a.py; echo t >t; c two; merge side;"
                  "calls %u >a.py; c merge; git branch -q -D side",
            i, row->base, row->one, i, row->two, row->merged);
        make(commands.bytes);
        buffer_release(&commands);
        scan_range(*state, &report, (const char *const[]){ "HEAD" }, 1);
        if (count(&report, false) != row->introduced ||
            count(&report, true) != row->removed)
            fail_msg("%s: introduces %u, removes %u; want %u and %u", row->what,
                     count(&report, false), count(&report, true),
                     row->introduced, row->removed);
        report_release(&report);
    }
}

static void an_unknown_version_holds_what_the_one_before_held(void **state)
{
    struct report report;

    make(CALLS "calls 2 >a.py; c one; calls 3 >a.py; c two; calls 1 >a.py;"
               "c three; rm -f .git/objects/$(git rev-parse HEAD~1:a.py | sed "
               "'s|^..|&/|')");
    scan_range(*state, &report, NULL, 0);
    assert_int_equal(1, report.incomplete_count);
    assert_int_equal(2, report.findings_count);
    assert_string_equal("one", report.findings[0].introduced->subject);
    assert_string_equal("one", report.findings[1].introduced->subject);
    assert_int_equal(1, report.findings[0].live + report.findings[1].live);
    report_release(&report);
}

static void a_merge_of_two_renames_keeps_both_names(void **state)
{
    expect(state,
           CALLS "calls 1 >a.py; c one; git checkout -q -b side;"
                 "git mv a.py b.py; c two; git checkout -q main;"
                 "git mv a.py d.py; c three; merge side; git rm -qf --cached "
                 "a.py b.py d.py 2>/dev/null || true; rm -f a.py b.py d.py;"
                 "calls 1 >b.py; c merge; git branch -q -D side",
           "a.py:2 one live a.py b.py d.py\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(a_merge_may_hold_what_its_sides_brought),
        in_repository(an_unknown_version_holds_what_the_one_before_held),
        in_repository(a_merge_of_two_renames_keeps_both_names),
    };

    return cmocka_run_group_tests_name("hooks/history/history_file", tests,
                                       NULL, NULL);
}

#include "tests/hooks/past.h"

static void history_of(void **state, struct report *report,
                       const char *commands)
{
    make(commands);
    scan_range(*state, report, NULL, 0);
}

static void a_finding_has_the_words_of_its_introduction(void **state)
{
    struct report report;

    history_of(state, &report,
               "{ pad; call; } >a.py; c one; { pad; pad; call; } >a.py; c two;"
               "git mv a.py b.py; c three");
    assert_int_equal(1, report.findings_count);
    assert_string_equal("a.py", report.findings[0].path);
    assert_int_equal(11, report.findings[0].finding.range.start.line);
    assert_string_equal("x = tempfile.mktemp()", report.findings[0].excerpt);
    report_release(&report);
}

static void places_are_sorted_and_named_once(void **state)
{
    struct report report;

    history_of(state, &report,
               "call >b.py; c one; git mv b.py c.py; c two;"
               "git mv c.py a.py; c three; git mv a.py b.py; c four");
    assert_int_equal(1, report.findings_count);
    assert_int_equal(3, report.findings[0].paths_count);
    assert_string_equal("a.py", report.findings[0].paths[0]);
    assert_string_equal("b.py", report.findings[0].paths[1]);
    assert_string_equal("c.py", report.findings[0].paths[2]);
    report_release(&report);
}

static void what_lives_is_never_called_removed(void **state)
{
    struct report report;

    history_of(state, &report,
               "call >a.py; c one; git branch old; safe >a.py; c two");
    assert_true(report.findings[0].live);
    assert_null(report.findings[0].removed);
    assert_string_equal("two", report.findings[0].elsewhere->subject);
    report_release(&report);
}

static void nonsense_in_a_commit_is_shown_as_it_stands(void **state)
{
    struct report report;

    history_of(state, &report,
               "call >a.py; git add a.py; t=$(git write-tree);"
               "printf 'tree %s\\nauthor nobody\\ncommitter x <y> z\\n' $t |"
               "git hash-object --literally -t commit -w --stdin >../id$$;"
               "git update-ref HEAD $(cat ../id$$); rm ../id$$");
    assert_int_equal(1, report.findings_count);
    assert_string_equal("nobody", report.findings[0].introduced->author);
    assert_string_equal("", report.findings[0].introduced->subject);
    assert_int_equal(0, report.findings[0].introduced->date);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(a_finding_has_the_words_of_its_introduction),
        in_repository(places_are_sorted_and_named_once),
        in_repository(what_lives_is_never_called_removed),
        in_repository(nonsense_in_a_commit_is_shown_as_it_stands),
    };

    return cmocka_run_group_tests_name("hooks/history/history_report", tests,
                                       NULL, NULL);
}

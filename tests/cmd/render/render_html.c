#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cmd/made.h"

#define DAY (24 * 60 * 60)

static const struct style style = { .width = 80, .now = 10 * DAY };

static void a_page_without_findings_has_no_table(void **state)
{
    struct report report = REPORT_EMPTY;
    char *page = made_text(render_html, &report, &style);

    (void)state;
    assert_ptr_equal(page, strstr(page, "<!DOCTYPE html>"));
    assert_non_null(strstr(page, "<strong>0 findings</strong>"));
    assert_null(strstr(page, "<table>"));
    free(page);
}

static void a_call_is_shown_with_its_line(void **state)
{
    struct report report = REPORT_EMPTY;
    char *page;

    (void)state;
    made_finding(&report, "<a>.py", 3, 5, "if a<b&c: mktemp('<x>')");
    page = made_text(render_html, &report, &style);
    assert_non_null(strstr(page, "<code>&lt;a&gt;.py:3:5</code>"));
    assert_non_null(strstr(page, "if a&lt;b&amp;c: mktemp(&#39;&lt;x&gt;"));
    assert_null(strstr(page, "<x>"));
    free(page);
    report_release(&report);
}

static void two_calls_on_one_line_are_two_rows(void **state)
{
    struct report report = REPORT_EMPTY;
    char *page;

    (void)state;
    made_finding(&report, "a.py", 3, 5, NULL);
    made_finding(&report, "a.py", 3, 50, NULL);
    page = made_text(render_html, &report, &style);
    assert_non_null(strstr(page, "a.py:3:5<"));
    assert_non_null(strstr(page, "a.py:3:50<"));
    free(page);
    report_release(&report);
}

static void of_the_past_there_are_commits_and_the_age(void **state)
{
    struct report report = REPORT_EMPTY;
    struct report_finding *finding = made_finding(&report, "a.py", 1, 1, NULL);
    char *page;

    (void)state;
    report.history = true;
    finding->introduced = made_commit("0123456789abcdef", 0, "Say <hi>");
    finding->live = true;
    page = made_text(render_html, &report, &style);
    assert_non_null(
        strstr(page, "<code>0123456789ab</code> Ann: Say &lt;hi&gt;"));
    assert_non_null(strstr(page, ">10 days</td>"));
    free(page);
    finding->live = false;
    finding->removed = made_commit("fed", DAY, "Repair it");
    page = made_text(render_html, &report, &style);
    assert_non_null(strstr(page, "<tr data-state=\"past\">"));
    assert_non_null(strstr(page, ">1 day</td>"));
    free(page);
    report_release(&report);
}

static void it_counts_what_the_text_counts(void **state)
{
    struct report report = REPORT_EMPTY;
    char *page;

    (void)state;
    report.stats.files = 9;
    report.stats.python_files = 2;
    report.stats.commits = 7;
    page = made_text(render_html, &report, &style);
    assert_non_null(strstr(page, "</strong> in 2 Python files; "));
    free(page);
    report.history = true;
    report.past = PAST_OF_ALL;
    page = made_text(render_html, &report, &style);
    assert_non_null(
        strstr(page, " in 7 commits and 2 versions of Python files; "));
    free(page);
    report.past = PAST_OF_SOME;
    page = made_text(render_html, &report, &style);
    assert_non_null(strstr(page, " in 7 commits; "));
    free(page);
}

static void what_is_incomplete_stands_on_top(void **state)
{
    struct report report = REPORT_EMPTY;
    char *page;

    (void)state;
    report_incomplete(&report, "b.py", "gone");
    page = made_text(render_html, &report, &style);
    assert_non_null(strstr(page, "<li><code>b.py</code>: gone</li>"));
    assert_non_null(strstr(page, "1 incomplete"));
    free(page);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_without_findings_has_no_table),
        cmocka_unit_test(a_call_is_shown_with_its_line),
        cmocka_unit_test(two_calls_on_one_line_are_two_rows),
        cmocka_unit_test(of_the_past_there_are_commits_and_the_age),
        cmocka_unit_test(it_counts_what_the_text_counts),
        cmocka_unit_test(what_is_incomplete_stands_on_top),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

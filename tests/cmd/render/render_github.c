#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cmd/made.h"

static const struct style style = { .width = 80 };

static void nothing_is_said_of_nothing(void **state)
{
    struct report report = REPORT_EMPTY;
    char *lines = made_text(render_github, &report, &style);

    (void)state;
    assert_string_equal("", lines);
    free(lines);
}

static void a_finding_is_an_error_with_its_remedy(void **state)
{
    struct report report = REPORT_EMPTY;
    char *lines;

    (void)state;
    made_finding(&report, "a.py", 3, 5, NULL);
    lines = made_text(render_github, &report, &style);
    assert_non_null(
        strstr(lines, "::error file=a.py,line=3,col=5,endColumn=22,title="
                      "py/insecure-temporary-file::Call to deprecated function "
                      "tempfile.mktemp may be insecure.%0AUse "));
    assert_int_equal('\n', lines[strlen(lines) - 1]);
    free(lines);
    report_release(&report);
}

static void a_path_cannot_end_its_property_or_the_command(void **state)
{
    struct report report = REPORT_EMPTY;
    char *lines;

    (void)state;
    made_finding(&report, "a,b:%\r\n::x\x1B\xFF", 1, 1, NULL);
    lines = made_text(render_github, &report, &style);
    assert_non_null(strstr(lines, "file=a%2Cb%3A%25%0D%0A%3A%3Ax\\x1b\\xff,"));
    assert_ptr_equal(lines + strlen(lines) - 1, strchr(lines, '\n'));
    free(lines);
    report_release(&report);
}

static void of_several_lines_there_are_no_columns(void **state)
{
    struct report report = REPORT_EMPTY;
    char *lines;

    (void)state;
    made_finding(&report, "a.py", 3, 5, NULL)->finding.range.end.line = 4;
    lines = made_text(render_github, &report, &style);
    assert_non_null(strstr(lines, "file=a.py,line=3,endLine=4,title="));
    free(lines);
    report_release(&report);
}

static void what_does_not_block_is_a_notice_if_it_is_shown(void **state)
{
    struct style all = { .width = 80, .show_suppressed = true };
    struct report report = REPORT_EMPTY;
    struct report_finding *finding = made_finding(&report, "a.py", 1, 1, NULL);
    char *lines;

    (void)state;
    finding->finding.suppression = SUPPRESSION_NOQA;
    finding->blocks = false;
    lines = made_text(render_github, &report, &style);
    assert_string_equal("", lines);
    free(lines);
    lines = made_text(render_github, &report, &all);
    assert_non_null(strstr(lines, "::notice file=a.py,"));
    free(lines);
    report_release(&report);
}

static void what_is_incomplete_is_an_error(void **state)
{
    struct report report = REPORT_EMPTY;
    char *lines;

    (void)state;
    report_incomplete(&report, "b.py", "100% gone\n::x");
    lines = made_text(render_github, &report, &style);
    assert_string_equal(
        "::error file=b.py,title=incomplete::100%25 gone\\x0a::x\n", lines);
    free(lines);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_said_of_nothing),
        cmocka_unit_test(a_finding_is_an_error_with_its_remedy),
        cmocka_unit_test(a_path_cannot_end_its_property_or_the_command),
        cmocka_unit_test(of_several_lines_there_are_no_columns),
        cmocka_unit_test(what_does_not_block_is_a_notice_if_it_is_shown),
        cmocka_unit_test(what_is_incomplete_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

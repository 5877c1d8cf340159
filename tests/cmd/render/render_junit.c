#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cmd/made.h"

static const struct style style = { .width = 80 };

static void nothing_is_one_case_that_passes(void **state)
{
    struct report report = { .stats = { .milliseconds = 2.5 } };
    char *xml = made_text(render_junit, &report, &style);

    (void)state;
    assert_string_equal(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"tmpguard\" tests=\"1\" failures=\"0\" errors=\"0\" "
        "skipped=\"0\" time=\"0.0025\">\n"
        "  <testsuite name=\"tmpguard\" tests=\"1\" failures=\"0\" "
        "errors=\"0\" skipped=\"0\" time=\"0.0025\">\n"
        "    <testcase classname=\"tmpguard\" name=\"no findings\"/>\n"
        "  </testsuite>\n</testsuites>\n",
        xml);
    free(xml);
}

static void a_finding_is_a_failure_and_what_is_excused_is_skipped(void **state)
{
    struct report report = REPORT_EMPTY;
    struct report_finding *excused;
    char *xml;

    (void)state;
    made_finding(&report, "a<b>.py", 3, 5, NULL);
    excused = made_finding(&report, "b.py", 1, 1, NULL);
    excused->finding.suppression = SUPPRESSION_LGTM;
    excused->blocks = false;
    xml = made_text(render_junit, &report, &style);
    assert_non_null(strstr(xml, "tests=\"2\" failures=\"1\" errors=\"0\" "
                                "skipped=\"1\""));
    assert_non_null(strstr(
        xml, "<testcase classname=\"a&lt;b&gt;.py\" name=\"tempfile.mktemp "
             "3:5\" file=\"a&lt;b&gt;.py\" line=\"3\">\n"));
    assert_non_null(strstr(
        xml, "<failure type=\"py/insecure-temporary-file\" message=\"Call to "
             "deprecated function tempfile.mktemp may be insecure.\">Use "));
    assert_non_null(strstr(xml, "<skipped message=\"lgtm\">"));
    free(xml);
    report_release(&report);
}

static void what_is_incomplete_is_an_error(void **state)
{
    struct report report = REPORT_EMPTY;
    char *xml;

    (void)state;
    report_incomplete(&report, "c.py", "gone");
    xml = made_text(render_junit, &report, &style);
    assert_non_null(strstr(xml, "tests=\"1\" failures=\"0\" errors=\"1\""));
    assert_non_null(
        strstr(xml, "<error type=\"incomplete\" message=\"gone\"></error>"));
    free(xml);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_one_case_that_passes),
        cmocka_unit_test(a_finding_is_a_failure_and_what_is_excused_is_skipped),
        cmocka_unit_test(what_is_incomplete_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

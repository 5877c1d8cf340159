#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cmd/made.h"

static const struct style style = { .width = 80, .now = 1796207592 };

static void nothing_is_a_scan_that_found_nothing(void **state)
{
    struct report report = REPORT_EMPTY;
    char *json;

    (void)state;
    report.stats.milliseconds = 61000;
    json = made_text(render_gitlab_sast, &report, &style);
    assert_non_null(strstr(json, "\"version\": \"15.0.4\""));
    assert_non_null(strstr(json, "\"type\": \"sast\", \"status\": \"success\", "
                                 "\"start_time\": \"2026-12-02T10:32:11\", "
                                 "\"end_time\": \"2026-12-02T10:33:12\""));
    assert_non_null(strstr(json, "\"vulnerabilities\": []"));
    assert_non_null(strstr(json, "\"remediations\": []"));
    free(json);
}

static void a_vulnerability_has_the_rule_and_the_weakness(void **state)
{
    struct report report = REPORT_EMPTY;
    char *json;

    (void)state;
    made_finding(&report, "a.py", 3, 5, "    tempfile.mktemp()");
    json = made_text(render_gitlab_sast, &report, &style);
    assert_non_null(strstr(json, "\"name\": \"Insecure temporary file\", "
                                 "\"description\": \"Call to deprecated "
                                 "function tempfile.mktemp may be insecure.\", "
                                 "\"severity\": \"High\""));
    assert_non_null(strstr(json, "\"value\": \"py/insecure-temporary-file\""));
    assert_non_null(strstr(json, "\"name\": \"CWE-377\", \"value\": \"377\""));
    assert_non_null(strstr(json, "\"location\": { \"file\": \"a.py\", "
                                 "\"start_line\": 3, \"end_line\": 3 }"));
    assert_non_null(strstr(json, "\"    tempfile.mktemp()\""));
    free(json);
    report_release(&report);
}

static void what_is_excused_is_left_out_unless_it_is_asked_for(void **state)
{
    const struct style all = { .width = 80, .show_suppressed = true };
    struct report report = REPORT_EMPTY;
    struct report_finding *finding = made_finding(&report, "a.py", 3, 5, NULL);
    char *json;

    (void)state;
    finding->finding.suppression = SUPPRESSION_NOQA;
    finding->blocks = false;
    json = made_text(render_gitlab_sast, &report, &style);
    assert_non_null(strstr(json, "\"vulnerabilities\": []"));
    free(json);
    json = made_text(render_gitlab_sast, &report, &all);
    assert_non_null(strstr(json, "\"severity\": \"Info\""));
    free(json);
    report_release(&report);
}

static void of_the_past_only_what_is_live_is_there_where_it_is_now(void **state)
{
    struct report report = REPORT_EMPTY;
    struct report_finding *gone, *moved;
    struct finding now;
    char *json;

    (void)state;
    report.history = true;
    gone = made_finding(&report, "gone.py", 3, 5, NULL);
    gone->introduced = made_commit("1234", 1, "add");
    moved = made_finding(&report, "old.py", 3, 5, NULL);
    moved->introduced = made_commit("1234", 1, "add");
    moved->live = true;
    now = moved->finding;
    now.range.start.line = now.range.end.line = 7;
    report_now(moved, "new.py", &now);
    json = made_text(render_gitlab_sast, &report, &style);
    assert_null(strstr(json, "gone.py"));
    assert_non_null(strstr(json, "{ \"file\": \"new.py\", \"start_line\": 7"));
    free(json);
    report_release(&report);
}

static void what_is_incomplete_is_a_scan_that_failed(void **state)
{
    struct report report = REPORT_EMPTY;
    char *json;

    (void)state;
    report_incomplete(&report, "a.py", "too deep");
    report_note(&report, "b.py", "left out");
    json = made_text(render_gitlab_sast, &report, &style);
    assert_non_null(strstr(json, "\"status\": \"failure\""));
    assert_non_null(strstr(json, "{ \"level\": \"fatal\", \"value\": \"a.py: "
                                 "too deep\" }"));
    assert_non_null(strstr(json, "{ \"level\": \"info\", \"value\": \"b.py: "
                                 "left out\" }"));
    free(json);
    report_release(&report);
}

static void a_remedy_is_a_patch_of_what_it_repairs(void **state)
{
    struct report report = REPORT_EMPTY;
    struct remedy *remedy = memory_new(1, sizeof(*remedy));
    char *json, *id;

    (void)state;
    remedy->verdict.why = "why";
    buffer_string(&remedy->patch, "patch");
    made_finding(&report, "a.py", 3, 5, NULL)->remedy = remedy;
    json = made_text(render_gitlab_sast, &report, &style);
    id = strstr(json, "\"id\": \"") + 7;
    id = strstr(id, "\"id\": \"") + 7;
    id = strstr(id, "\"id\": \"") + 7;
    assert_int_equal('8', id[14]);
    assert_non_null(strstr(json, "\"solution\": \"why\""));
    assert_non_null(strstr(json, "\"summary\": \"why\", \"diff\": "
                                 "\"cGF0Y2g=\""));
    assert_memory_equal(id, strstr(json, "\"fixes\": [{ \"id\": \"") + 19, 36);
    free(json);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_a_scan_that_found_nothing),
        cmocka_unit_test(a_vulnerability_has_the_rule_and_the_weakness),
        cmocka_unit_test(what_is_excused_is_left_out_unless_it_is_asked_for),
        cmocka_unit_test(
            of_the_past_only_what_is_live_is_there_where_it_is_now),
        cmocka_unit_test(what_is_incomplete_is_a_scan_that_failed),
        cmocka_unit_test(a_remedy_is_a_patch_of_what_it_repairs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

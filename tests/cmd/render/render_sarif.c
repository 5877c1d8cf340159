#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cmd/made.h"

static const struct style style = { .width = 80 };

/* How often `word` is in `text`. Not by strstr: sanitizers let it walk to the
 * end of the text each time. */
static size_t count(const char *text, const char *word)
{
    size_t left = strlen(text), size = strlen(word), found = 0;
    const char *at;

    while ((at = memmem(text, left, word, size))) {
        left -= (size_t)(at - text) + size;
        text = at + size;
        found++;
    }
    return found;
}

static void an_empty_report_is_one_run_without_results(void **state)
{
    struct report report = REPORT_EMPTY;
    char *log = made_text(render_sarif, &report, &style);

    (void)state;
    assert_int_equal(1, count(log, "\"results\": []"));
    assert_int_equal(1, count(log, "\"artifacts\": []"));
    assert_int_equal(1, count(log, "\"executionSuccessful\": true"));
    assert_int_equal(1, count(log, "\"id\": \"tmpguard/\""));
    free(log);
}

static void a_result_is_codeqls(void **state)
{
    struct report report = REPORT_EMPTY;
    char *log;

    (void)state;
    made_finding(&report, "pkg/a b.py", 3, 5, NULL);
    log = made_text(render_sarif, &report, &style);
    assert_non_null(strstr(
        log,
        "{ \"ruleId\": \"py/insecure-temporary-file\", \"ruleIndex\": 0, "
        "\"rule\": { \"id\": \"py/insecure-temporary-file\", \"index\": 0 }, "
        "\"message\": { \"text\": \"Call to deprecated function "
        "tempfile.mktemp may be insecure.\" }, \"locations\": [{ "
        "\"physicalLocation\": { \"artifactLocation\": { \"uri\": "
        "\"pkg/a%20b.py\", \"uriBaseId\": \"%SRCROOT%\", \"index\": 0 }, "
        "\"region\": { \"startLine\": 3, \"startColumn\": 5, \"endColumn\": 22 "
        "} } }], \"partialFingerprints\": { \"primaryLocationLineHash\": "
        "\"59d1bc7c4aebfaa:1\" }, "));
    free(log);
    report_release(&report);
}

static void made_change(struct remedy *remedy, uint32_t line, uint32_t from,
                        uint32_t to, const char *with)
{
    struct remedy_change *change = ARRAY_PUSH(remedy->changes);

    change->range = (struct range){ { line, from }, { line, to } };
    change->size = strlen(with);
    change->with = memory_copy(with, change->size);
}

static void
a_remedy_is_a_fix_and_what_goes_without_more_has_no_content(void **state)
{
    struct report report = REPORT_EMPTY;
    struct remedy *remedy = memory_new(1, sizeof(*remedy));
    char *log;

    (void)state;
    remedy->verdict.why = "why";
    made_change(remedy, 3, 1, 1, "a");
    made_change(remedy, 4, 2, 7, "");
    made_finding(&report, "a.py", 3, 1, NULL)->remedy = remedy;
    log = made_text(render_sarif, &report, &style);
    assert_non_null(strstr(
        log,
        "\"fixes\": [{ \"description\": { \"text\": \"why\" }, "
        "\"artifactChanges\": [{ \"artifactLocation\": { \"uri\": \"a.py\", "
        "\"uriBaseId\": \"%SRCROOT%\", \"index\": 0 }, \"replacements\": [{ "
        "\"deletedRegion\": { \"startLine\": 3, \"endColumn\": 1 }, "
        "\"insertedContent\": { \"text\": \"a\" } }, { \"deletedRegion\": { "
        "\"startLine\": 4, \"startColumn\": 2, \"endColumn\": 7 } }] }] }]"));
    free(log);
    remedy->is_bytes = true;
    log = made_text(render_sarif, &report, &style);
    assert_int_equal(1, count(log, "{ \"binary\": \"YQ==\" }"));
    free(log);
    report_release(&report);
}

static void a_region_leaves_out_what_is_usual(void **state)
{
    struct report report = REPORT_EMPTY;
    char *log;

    (void)state;
    made_finding(&report, "a.py", 3, 1, NULL)->finding.range.end.line = 5;
    log = made_text(render_sarif, &report, &style);
    assert_non_null(strstr(log, "\"region\": { \"startLine\": 3, "
                                "\"endLine\": 5, \"endColumn\": 18 }"));
    free(log);
    report_release(&report);
}

static void files_are_listed_once_and_counted_from_0(void **state)
{
    struct report report = REPORT_EMPTY;
    char *log;

    (void)state;
    made_finding(&report, "a.py", 1, 1, NULL);
    made_finding(&report, "a.py", 2, 1, NULL);
    made_finding(&report, "b.py", 1, 1, NULL);
    log = made_text(render_sarif, &report, &style);
    assert_int_equal(2, count(log, "{ \"location\": { "));
    assert_int_equal(1 + 2, count(log, "\"a.py\", \"uriBaseId\": "
                                       "\"%SRCROOT%\", \"index\": 0 }"));
    assert_int_equal(1 + 1, count(log, "\"b.py\", \"uriBaseId\": "
                                       "\"%SRCROOT%\", \"index\": 1 }"));
    free(log);
    report_release(&report);
}

static void if_one_is_suppressed_all_say_whether_they_are(void **state)
{
    struct report report = REPORT_EMPTY;
    char *log;

    (void)state;
    made_finding(&report, "a.py", 1, 1, NULL);
    log = made_text(render_sarif, &report, &style);
    assert_int_equal(0, count(log, "suppressions"));
    free(log);
    made_finding(&report, "b.py", 1, 1, NULL)->finding.suppression =
        SUPPRESSION_NOQA;
    made_finding(&report, "c.py", 1, 1, NULL)->known = true;
    log = made_text(render_sarif, &report, &style);
    assert_int_equal(1, count(log, "\"suppressions\": []"));
    assert_int_equal(1, count(log, "\"suppressions\": [{ \"kind\": "
                                   "\"inSource\", \"justification\": "
                                   "\"noqa\" }]"));
    assert_int_equal(1, count(log, "\"suppressions\": [{ \"kind\": "
                                   "\"external\", \"justification\": "
                                   "\"baseline\" }]"));
    free(log);
    report_release(&report);
}

static void what_is_incomplete_is_a_notification_and_no_success(void **state)
{
    struct report report = REPORT_EMPTY;
    char *log;

    (void)state;
    report_incomplete(&report, "b\xFE.py", "gone");
    log = made_text(render_sarif, &report, &style);
    assert_non_null(strstr(log, "\"executionSuccessful\": false"));
    assert_non_null(strstr(
        log, "{ \"level\": \"error\", \"message\": { \"text\": \"gone\" }, "
             "\"locations\": [{ \"physicalLocation\": { \"artifactLocation\": "
             "{ \"uri\": \"b%FE.py\", \"uriBaseId\": \"%SRCROOT%\" } } }] }"));
    free(log);
    report_release(&report);
}

static void
the_past_has_a_category_of_its_own_and_its_end_is_a_note(void **state)
{
    struct report report = REPORT_EMPTY;
    struct report_finding *finding = made_finding(&report, "a.py", 1, 1, NULL);
    char *log;

    (void)state;
    report.history = true;
    finding->introduced = made_commit("abc", 0, "Add it");
    log = made_text(render_sarif, &report, &style);
    assert_non_null(strstr(log, "\"id\": \"tmpguard/history/\""));
    assert_non_null(strstr(log, "\"level\": \"note\", \"message\""));
    assert_non_null(strstr(log, "\"introduced\": { \"commit\": \"abc\", "));
    free(log);
    finding->live = true;
    log = made_text(render_sarif, &report, &style);
    assert_null(strstr(log, "\"level\": \"note\", \"message\""));
    free(log);
    report_release(&report);
}

/* How many runs a report of `size` findings has. */
static size_t runs_of(size_t size)
{
    struct report report = REPORT_EMPTY;
    char *log;
    size_t runs;

    for (size_t i = 0; i < size; i++)
        made_finding(&report, "a.py", (uint32_t)i + 1, 1, NULL);
    log = made_text(render_sarif, &report, &style);
    runs = count(log, "\"automationDetails\"");
    assert_int_equal(runs == 1 ? 0 : 1, count(log, "\"id\": \"tmpguard/2/\""));
    assert_int_equal(size, count(log, "\"partialFingerprints\""));
    assert_int_equal(1, count(log, "\"stats\""));
    free(log);
    report_release(&report);
    return runs;
}

static void runs_are_of_5000_results_and_no_more_than_20(void **state)
{
    (void)state;
    assert_int_equal(1, runs_of(5000));
    assert_int_equal(2, runs_of(5001));
    assert_int_equal(20, runs_of(100001));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_report_is_one_run_without_results),
        cmocka_unit_test(a_result_is_codeqls),
        cmocka_unit_test(
            a_remedy_is_a_fix_and_what_goes_without_more_has_no_content),
        cmocka_unit_test(a_region_leaves_out_what_is_usual),
        cmocka_unit_test(files_are_listed_once_and_counted_from_0),
        cmocka_unit_test(if_one_is_suppressed_all_say_whether_they_are),
        cmocka_unit_test(what_is_incomplete_is_a_notification_and_no_success),
        cmocka_unit_test(
            the_past_has_a_category_of_its_own_and_its_end_is_a_note),
        cmocka_unit_test(runs_are_of_5000_results_and_no_more_than_20),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

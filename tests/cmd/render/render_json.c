#include "tests/test.h"

#include <stdlib.h>

#include "tests/cmd/made.h"

static const struct style style = { .quiet = true };

static void an_empty_report_is_a_whole_object(void **state)
{
    struct report report = REPORT_EMPTY;
    char *json;

    (void)state;
    report.stats.files = 12;
    report.stats.milliseconds = 2.06;
    json = made_text(render_json, &report, &style);
    assert_string_equal(
        "{\n  \"version\": 1,\n  \"tool\": { \"name\": \"tmpguard\", "
        "\"version\": \"0.1.0\" },\n  \"findings\": [],\n"
        "  \"incomplete\": [],\n  \"stats\": { \"files\": 12, "
        "\"python_files\": 0, \"parsed\": 0, \"cache_hits\": 0, "
        "\"milliseconds\": 2.1 }\n}\n",
        json);
    free(json);
}

static void a_finding_has_all_fields_of_the_contract(void **state)
{
    struct report report = REPORT_EMPTY;
    char *json;

    (void)state;
    made_finding(&report, "pkg/a.py", 3, 5, NULL);
    json = made_text(render_json, &report, &style);
    assert_non_null(strstr(
        json,
        "{ \"rule\": \"py/insecure-temporary-file\", \"function\": "
        "\"tempfile.mktemp\", \"message\": \"Call to deprecated function "
        "tempfile.mktemp may be insecure.\", \"path\": \"pkg/a.py\", "
        "\"start\": { \"line\": 3, \"column\": 5 }, \"end\": { \"line\": 3, "
        "\"column\": 22 }, \"fingerprint\": \"59d1bc7c4aebfaa:1\", "
        "\"suppression\": null, \"blocks\": true }"));
    free(json);
    report_release(&report);
}

static void
a_suppressed_finding_is_listed_with_the_kind_of_its_comment(void **state)
{
    struct report report = REPORT_EMPTY;
    struct report_finding *finding = made_finding(&report, "a.py", 1, 1, NULL);
    char *json;

    (void)state;
    finding->blocks = false;
    finding->finding.suppression = SUPPRESSION_NOQA;
    json = made_text(render_json, &report, &style);
    assert_non_null(strstr(
        json, "\"suppression\": { \"kind\": \"noqa\" }, \"blocks\": false"));
    free(json);
    report_release(&report);
}

static void a_path_that_is_not_utf8_keeps_its_bytes_in_base64(void **state)
{
    struct report report = REPORT_EMPTY;
    char *json;

    (void)state;
    made_finding(&report,
                 "\xFF"
                 "a.py",
                 1, 1, NULL);
    report_incomplete(&report, "b\xFE", "gone");
    json = made_text(render_json, &report, &style);
    assert_non_null(strstr(json, "\"path\": \"\xEF\xBF\xBD"
                                 "a.py\", "
                                 "\"path_bytes\": \"/2EucHk=\""));
    assert_non_null(strstr(json, "{ \"path\": \"b\xEF\xBF\xBD\", "
                                 "\"path_bytes\": \"Yv4=\", "
                                 "\"reason\": \"gone\" }"));
    free(json);
    report_release(&report);
}

static void history_names_the_commits_and_all_paths(void **state)
{
    struct report report = REPORT_EMPTY;
    struct report_finding *finding = made_finding(&report, "a.py", 1, 1, NULL);
    char *json;

    (void)state;
    report.history = true;
    finding->introduced = made_commit("abc", 0, "Say \"hi\"");
    *ARRAY_PUSH(finding->paths) = memory_copy("a.py", 4);
    *ARRAY_PUSH(finding->paths) = memory_copy("b.py", 4);
    json = made_text(render_json, &report, &style);
    assert_non_null(strstr(
        json, "\"introduced\": { \"commit\": \"abc\", \"author\": \"Ann "
              "<ann@example.org>\", \"date\": \"1970-01-01T01:00:00+01:00\", "
              "\"subject\": \"Say \\\"hi\\\"\" }, \"removed\": null, "
              "\"live\": false, \"paths\": [\"a.py\", \"b.py\"] }"));
    free(json);
    report_release(&report);
}

static void unused_comments_are_there_if_they_were_asked_for(void **state)
{
    struct unused_comment item = { SUPPRESSION_TMPGUARD,
                                   DIRECTIVE_UNKNOWN,
                                   { { 2, 9 }, { 2, 19 } } };
    const struct unused unused = { .items = &item, .items_count = 1 };
    struct report report = REPORT_EMPTY;
    char *json;

    (void)state;
    json = made_text(render_json, &report, &style);
    assert_null(strstr(json, "unused_suppressions"));
    free(json);
    report.unused_asked = true;
    json = made_text(render_json, &report, &style);
    assert_non_null(strstr(json,
                           "\"incomplete\": [],\n"
                           "  \"unused_suppressions\": [],\n  \"stats\""));
    free(json);
    report_unused(&report, "a.py", &unused);
    json = made_text(render_json, &report, &style);
    assert_non_null(strstr(
        json,
        "  \"unused_suppressions\": [\n    { \"path\": \"a.py\", "
        "\"start\": { \"line\": 2, \"column\": 9 }, \"end\": { \"line\": 2, "
        "\"column\": 19 }, \"kind\": \"tmpguard\", "
        "\"problem\": \"unknown-rule\", \"message\": \""));
    free(json);
    report_release(&report);
}

static void notes_are_there_if_there_are_any(void **state)
{
    struct report report = REPORT_EMPTY;
    char *json;

    (void)state;
    report_note(&report, "a\"b", "nothing is there");
    json = made_text(render_json, &report, &style);
    assert_non_null(strstr(json, "\n  \"notes\": [\n    { \"path\": "
                                 "\"a\\\"b\", \"note\": \"nothing is there\" "
                                 "}\n  ],\n  \"stats\""));
    free(json);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_report_is_a_whole_object),
        cmocka_unit_test(a_finding_has_all_fields_of_the_contract),
        cmocka_unit_test(
            a_suppressed_finding_is_listed_with_the_kind_of_its_comment),
        cmocka_unit_test(a_path_that_is_not_utf8_keeps_its_bytes_in_base64),
        cmocka_unit_test(history_names_the_commits_and_all_paths),
        cmocka_unit_test(notes_are_there_if_there_are_any),
        cmocka_unit_test(unused_comments_are_there_if_they_were_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include <stdlib.h>

#include "cmd/date.h"
#include "cmd/json.h"
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

static const struct {
    const char *what;
    struct text in;
    const char *out;
} strings[] = {
    { "quotes and backslashes", { "a\"b\\c", 5 }, "\"a\\\"b\\\\c\"" },
    { "line ends and tabs", { "\n\r\t", 3 }, "\"\\n\\r\\t\"" },
    { "other controls", { "\0\x1B\x7F", 3 }, "\"\\u0000\\u001b\\u007f\"" },
    { "C1 and bidi", { "\xC2\x9B\xE2\x80\xAE", 5 }, "\"\\u009b\\u202e\"" },
    { "one replacement for a cut sequence",
      { "\xE2\x82", 2 },
      "\"\xEF\xBF\xBD\"" },
    { "one for each stray byte",
      { "\xFF\xFE", 2 },
      "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    { "nothing", { "", 0 }, "\"\"" },
};

static void strings_are_json_whatever_the_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++) {
        struct buffer out = BUFFER_EMPTY;

        json_string(&out, strings[i].in);
        if (!text_equal(buffer_view(&out), text_of(strings[i].out)))
            fail_msg("%s: got %s, want %s", strings[i].what, out.bytes,
                     strings[i].out);
        buffer_release(&out);
    }
}

static void base64_is_that_of_the_rfc(void **state)
{
    static const char *const vectors[][2] = {
        { "", "\"\"" },
        { "f", "\"Zg==\"" },
        { "fo", "\"Zm8=\"" },
        { "foo", "\"Zm9v\"" },
        { "foobar", "\"Zm9vYmFy\"" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
        struct buffer out = BUFFER_EMPTY;

        json_base64(&out, text_of(vectors[i][0]));
        assert_string_equal(vectors[i][1], out.bytes);
        buffer_release(&out);
    }
}

static const struct {
    int64_t seconds;
    int32_t zone;
    const char *text;
} dates[] = {
    { 0, 0, "1970-01-01T00:00:00+00:00" },
    { 1709164800, -90, "2024-02-28T22:30:00-01:30" },
    { -1, 330, "1970-01-01T05:29:59+05:30" },
    { 0, 24 * 60, "1970-01-01T00:00:00+00:00" },
    { 0, INT32_MIN, "1970-01-01T00:00:00+00:00" },
    { INT64_MAX, 0, "9999-12-30T00:00:00+00:00" },
    { INT64_MIN, 0, "0001-01-02T00:00:00+00:00" },
};

static void dates_are_iso_8601_and_within_its_years(void **state)
{
    char text[DATE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++)
        assert_string_equal(dates[i].text,
                            date_format(text, dates[i].seconds, dates[i].zone));
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
        cmocka_unit_test(strings_are_json_whatever_the_bytes),
        cmocka_unit_test(base64_is_that_of_the_rfc),
        cmocka_unit_test(dates_are_iso_8601_and_within_its_years),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

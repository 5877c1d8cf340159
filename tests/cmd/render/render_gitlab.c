#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/cmd/made.h"

static const struct style style = { .width = 80 };

/* The fingerprint of entry `number`, from 0; 64 digits and a NUL. */
static void fingerprint(char into[65], const struct report *report,
                        size_t number)
{
    static const char name[] = "\"fingerprint\": \"";
    char *json = made_text(render_gitlab, report, &style), *at = json;

    for (size_t i = 0; i <= number; i++) {
        at = strstr(at, name);
        assert_non_null(at);
        at += sizeof(name) - 1;
    }
    memcpy(into, at, 64);
    into[64] = '\0';
    free(json);
}

static void nothing_is_an_empty_array(void **state)
{
    struct report report = REPORT_EMPTY;
    char *json = made_text(render_gitlab, &report, &style);

    (void)state;
    assert_string_equal("[]\n", json);
    free(json);
}

static void an_issue_has_what_gitlab_asks_for(void **state)
{
    struct report report = REPORT_EMPTY;
    char *json;

    (void)state;
    made_finding(&report, "a.py", 3, 5, NULL);
    json = made_text(render_gitlab, &report, &style);
    assert_non_null(strstr(json,
                           "\"check_name\": "
                           "\"py/insecure-temporary-file\", "
                           "\"description\": \"Call to deprecated "
                           "function tempfile.mktemp may be insecure.\""));
    assert_non_null(strstr(json, "\"severity\": \"critical\""));
    assert_non_null(strstr(json, "\"location\": { \"path\": \"a.py\", "
                                 "\"lines\": { \"begin\": 3, \"end\": 3 }"));
    free(json);
    report_release(&report);
}

static void a_fingerprint_stays_where_lines_come_and_go(void **state)
{
    struct report before = REPORT_EMPTY, after = REPORT_EMPTY;
    char one[65], other[65];

    (void)state;
    made_finding(&before, "a.py", 3, 5, NULL);
    made_finding(&after, "a.py", 30, 9, NULL);
    fingerprint(one, &before, 0);
    fingerprint(other, &after, 0);
    assert_string_equal(one, other);
    report_release(&before);
    report_release(&after);
}

static void two_calls_on_one_line_have_fingerprints_of_their_own(void **state)
{
    struct report report = REPORT_EMPTY;
    char one[65], other[65];

    (void)state;
    made_finding(&report, "a.py", 3, 5, NULL);
    made_finding(&report, "a.py", 3, 50, NULL);
    fingerprint(one, &report, 0);
    fingerprint(other, &report, 1);
    assert_string_not_equal(one, other);
    report_release(&report);
}

static void the_same_call_elsewhere_has_another_fingerprint(void **state)
{
    struct report report = REPORT_EMPTY;
    char one[65], other[65];

    (void)state;
    made_finding(&report, "a.py", 3, 5, NULL);
    made_finding(&report, "b.py", 3, 5, NULL);
    fingerprint(one, &report, 0);
    fingerprint(other, &report, 1);
    assert_string_not_equal(one, other);
    report_release(&report);
}

static void
what_is_excused_is_left_out_and_what_is_incomplete_is_not(void **state)
{
    struct report report = REPORT_EMPTY;
    char *json;

    (void)state;
    made_finding(&report, "a.py", 3, 5, NULL)->finding.suppression =
        SUPPRESSION_NOSEC;
    made_finding(&report, "b.py", 3, 5, NULL)->known = true;
    report_incomplete(&report, "c.py", "gone");
    json = made_text(render_gitlab, &report, &style);
    assert_null(strstr(json, "a.py"));
    assert_null(strstr(json, "b.py"));
    assert_non_null(strstr(json, "\"check_name\": \"tmpguard/incomplete\", "
                                 "\"description\": \"gone\""));
    free(json);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_an_empty_array),
        cmocka_unit_test(an_issue_has_what_gitlab_asks_for),
        cmocka_unit_test(a_fingerprint_stays_where_lines_come_and_go),
        cmocka_unit_test(two_calls_on_one_line_have_fingerprints_of_their_own),
        cmocka_unit_test(the_same_call_elsewhere_has_another_fingerprint),
        cmocka_unit_test(
            what_is_excused_is_left_out_and_what_is_incomplete_is_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

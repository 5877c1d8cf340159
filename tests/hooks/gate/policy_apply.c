#include "tests/test.h"

#include <string.h>

#include "hooks/gate/policy_apply.h"

static void say(struct policy *policy, enum policy_scope scope, const char *key,
                const char *value)
{
    const struct policy_place place = { scope, "file", 7 };
    struct error err = { .message = "" };

    if (policy_add(policy, &place, key, value, &err) != 0)
        fail_msg("%s = %s: %s", key, value, err.message);
}

/* A finding in the file `path`, as a scan reports one with that comment. */
static struct report_finding *found(struct report *report, const char *path,
                                    enum suppression comment)
{
    const struct finding finding = { .suppression = comment };
    struct report_finding *added = report_add(report, path, &finding);

    added->blocks = comment == SUPPRESSION_NONE;
    return added;
}

static void without_a_policy_nothing_changes(void **state)
{
    const struct policy policy = POLICY_EMPTY;
    struct report report = REPORT_EMPTY;

    (void)state;
    found(&report, "a", SUPPRESSION_NOQA);
    found(&report, "b", SUPPRESSION_NONE);
    policy_apply(&policy, &report);
    assert_false(report.findings[0].blocks);
    assert_int_equal(SUPPRESSION_NOQA, report.findings[0].finding.suppression);
    assert_true(report.findings[1].blocks);
    assert_int_equal(0, report.notes_count);
    report_release(&report);
}

static void a_comment_that_does_not_count_blocks_and_is_named(void **state)
{
    struct policy policy = POLICY_EMPTY;
    struct report report = REPORT_EMPTY;

    (void)state;
    say(&policy, POLICY_TREE, "excuses", "tmpguard");
    found(&report, "a", SUPPRESSION_NOQA);
    found(&report, "b", SUPPRESSION_TMPGUARD);
    policy_apply(&policy, &report);
    assert_true(report.findings[0].blocks);
    assert_int_equal(SUPPRESSION_NOQA, report.findings[0].denied);
    assert_int_equal(SUPPRESSION_NONE, report.findings[0].finding.suppression);
    assert_false(report.findings[1].blocks);
    assert_int_equal(SUPPRESSION_NONE, report.findings[1].denied);
    report_release(&report);
    policy_release(&policy);
}

static void of_the_past_only_what_is_live_blocks(void **state)
{
    struct policy policy = POLICY_EMPTY;
    struct report report = REPORT_EMPTY;

    (void)state;
    report.history = true;
    say(&policy, POLICY_TREE, "excuses", "none");
    found(&report, "a", SUPPRESSION_NOSEC);
    found(&report, "b", SUPPRESSION_NOSEC)->live = true;
    policy_apply(&policy, &report);
    assert_false(report.findings[0].blocks);
    assert_true(report.findings[1].blocks);
    report_release(&report);
    policy_release(&policy);
}

static void what_is_left_out_is_counted(void **state)
{
    struct policy policy = POLICY_EMPTY;
    struct report report = REPORT_EMPTY;

    (void)state;
    say(&policy, POLICY_GLOBAL, "exclude", "vendor/");
    found(&report, "a", SUPPRESSION_NONE);
    found(&report, "vendor/a", SUPPRESSION_NONE);
    report_incomplete(&report, "vendor/b", "large");
    report_incomplete(&report, ".", "nothing was read");
    policy_apply(&policy, &report);
    assert_int_equal(1, report.findings_count);
    assert_int_equal(1, report.incomplete_count);
    assert_string_equal(".", report.incomplete[0].path);
    assert_int_equal(1, report.notes_count);
    assert_string_equal("left out: 1 finding and 1 incomplete file",
                        report.notes[0].words);
    report_release(&report);
    policy_release(&policy);
}

static void what_was_ignored_is_told_once(void **state)
{
    struct policy policy = POLICY_EMPTY;
    struct report report = REPORT_EMPTY;

    (void)state;
    say(&policy, POLICY_TREE, "onError", "warn");
    say(&policy, POLICY_TREE, "onError", "warn");
    say(&policy, POLICY_TREE, "blocks", "introduced");
    policy_remark(&policy, "other", "damaged");
    policy_apply(&policy, &report);
    assert_int_equal(2, report.notes_count);
    assert_string_equal("file:7", report.notes[0].path);
    assert_non_null(strstr(report.notes[0].words, "'onError' is ignored: "));
    assert_string_equal("damaged", report.notes[1].words);
    report_release(&report);
    policy_release(&policy);
}

static void ten_are_told_and_the_rest_is_counted(void **state)
{
    struct policy policy = POLICY_EMPTY;
    struct report ten = REPORT_EMPTY, eleven = REPORT_EMPTY;

    (void)state;
    for (int i = 0; i < 10; i++)
        policy_remark(&policy, "f", "x");
    policy_apply(&policy, &ten);
    assert_int_equal(10, ten.notes_count);
    policy_remark(&policy, "f", "x");
    policy_apply(&policy, &eleven);
    assert_int_equal(11, eleven.notes_count);
    assert_string_equal("1 more: see 'tmpguard config'",
                        eleven.notes[10].words);
    report_release(&ten);
    report_release(&eleven);
    policy_release(&policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_policy_nothing_changes),
        cmocka_unit_test(a_comment_that_does_not_count_blocks_and_is_named),
        cmocka_unit_test(of_the_past_only_what_is_live_blocks),
        cmocka_unit_test(what_is_left_out_is_counted),
        cmocka_unit_test(what_was_ignored_is_told_once),
        cmocka_unit_test(ten_are_told_and_the_rest_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

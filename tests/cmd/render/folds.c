#include "tests/test.h"

#include "cmd/render/folds.h"
#include "tests/cmd/made.h"

static const struct style plain = { .width = 80 };

static struct report_finding *made(struct report *report, const char *path,
                                   int64_t date, bool live, uint32_t twin)
{
    struct report_finding *finding = made_finding(report, path, 1, 1, NULL);

    report->history = true;
    finding->introduced = made_commit("aaaa", date, "subject");
    finding->live = live;
    finding->twin = twin;
    return finding;
}

static void twins_are_one_fold_the_newest_first(void **state)
{
    struct report report = REPORT_EMPTY;
    struct folds folds;

    (void)state;
    made(&report, "a.py", 100, false, 0);
    made(&report, "a.py", 300, false, 0);
    made(&report, "a.py", 200, false, 0);
    made(&report, "a.py", 250, false, 1);
    folds_make(&folds, &report, &plain);
    assert_int_equal(2, folds.folds_count);
    assert_int_equal(3, folds.folds[0].findings_count);
    assert_int_equal(300, folds.folds[0].findings[0]->introduced->date);
    assert_int_equal(200, folds.folds[0].findings[1]->introduced->date);
    assert_int_equal(100, folds.folds[0].findings[2]->introduced->date);
    assert_int_equal(250, folds.folds[1].findings[0]->introduced->date);
    folds_release(&folds);
    report_release(&report);
}

static void live_ones_are_on_top(void **state)
{
    struct report report = REPORT_EMPTY;
    struct folds folds;

    (void)state;
    made(&report, "a.py", 400, false, 0);
    made(&report, "b.py", 300, false, 0);
    made(&report, "b.py", 100, true, 0);
    made(&report, "c.py", 200, true, 0);
    folds_make(&folds, &report, &plain);
    assert_int_equal(3, folds.folds_count);
    assert_string_equal("c.py", folds.folds[0].findings[0]->path);
    assert_int_equal(100, folds.folds[1].findings[0]->introduced->date);
    assert_int_equal(300, folds.folds[1].findings[1]->introduced->date);
    assert_true(fold_is_live(&folds.folds[1]));
    assert_string_equal("a.py", folds.folds[2].findings[0]->path);
    assert_false(fold_is_live(&folds.folds[2]));
    folds_release(&folds);
    report_release(&report);
}

static void another_function_path_or_fingerprint_is_another_fold(void **state)
{
    struct report report = REPORT_EMPTY;
    struct folds folds;

    (void)state;
    made(&report, "a.py", 100, true, 0);
    made(&report, "b.py", 100, true, 0);
    made(&report, "a.py", 100, true, 0)->finding.target = TARGET_OS_TEMPNAM;
    made(&report, "a.py", 100, true, 0)->finding.line_hash++;
    made(&report, "a.py", 100, true, 0)->finding.line_count++;
    folds_make(&folds, &report, &plain);
    assert_int_equal(5, folds.folds_count);
    folds_release(&folds);
    report_release(&report);
}

static void what_is_not_shown_is_in_no_fold(void **state)
{
    const struct style all = { .width = 80, .show_suppressed = true };
    struct report report = REPORT_EMPTY;
    struct folds folds;

    (void)state;
    folds_make(&folds, &report, &plain);
    assert_int_equal(0, folds.folds_count);
    folds_release(&folds);
    made(&report, "a.py", 100, true, 0)->finding.suppression = SUPPRESSION_NOQA;
    folds_make(&folds, &report, &plain);
    assert_int_equal(0, folds.folds_count);
    folds_release(&folds);
    folds_make(&folds, &report, &all);
    assert_int_equal(1, folds.folds_count);
    folds_release(&folds);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twins_are_one_fold_the_newest_first),
        cmocka_unit_test(live_ones_are_on_top),
        cmocka_unit_test(another_function_path_or_fingerprint_is_another_fold),
        cmocka_unit_test(what_is_not_shown_is_in_no_fold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/render/html_chart.h"
#include "tests/cmd/made.h"

#define JANUARY_2020 1577880000
#define MONTH        (31 * 24 * 60 * 60)

/* The chart of the report, for free(); "" if there is none. */
static char *chart_of(const struct report *report)
{
    const struct style style = { .width = 80 };
    struct buffer out = BUFFER_EMPTY;
    struct folds folds;

    folds_make(&folds, report, &style);
    html_chart(&out, &folds);
    folds_release(&folds);
    return buffer_detach(&out);
}

static struct report_finding *introduced(struct report *report,
                                         const char *path, int64_t date)
{
    struct report_finding *finding = made_finding(report, path, 1, 1, NULL);

    report->history = true;
    finding->introduced = made_commit("abc", date, "Add it");
    return finding;
}

static void without_a_past_there_is_no_picture(void **state)
{
    struct report report = REPORT_EMPTY;
    char *chart = chart_of(&report);

    (void)state;
    assert_string_equal("", chart);
    free(chart);
}

static void each_month_has_what_it_introduced_and_removed(void **state)
{
    struct report report = REPORT_EMPTY;
    char *chart;

    (void)state;
    introduced(&report, "a.py", JANUARY_2020)->live = true;
    introduced(&report, "b.py", JANUARY_2020)->removed =
        made_commit("def", JANUARY_2020 + MONTH, "Repair it");
    chart = chart_of(&report);
    assert_non_null(strstr(chart, "<title>2020-01: 2 introduced</title>"));
    assert_non_null(strstr(chart, "<title>2020-02: 1 removed</title>"));
    assert_non_null(strstr(chart, ">live, at most 2<"));
    assert_non_null(strstr(chart, "d=\"M16 170V24.0H450.0V97.0H884.0V170Z\""));
    free(chart);
    report_release(&report);
}

static void what_a_merge_lost_was_never_live(void **state)
{
    struct report report = REPORT_EMPTY;
    char *chart;

    (void)state;
    introduced(&report, "a.py", JANUARY_2020);
    chart = chart_of(&report);
    assert_non_null(strstr(chart, ">live, at most 0<"));
    assert_non_null(strstr(chart, "<title>2020-01: 1 introduced</title>"));
    free(chart);
    report_release(&report);
}

static void dates_that_nobody_believes_are_at_the_edge(void **state)
{
    struct report report = REPORT_EMPTY;
    char *chart;

    (void)state;
    introduced(&report, "a.py", INT64_MIN)->live = true;
    introduced(&report, "b.py", INT64_MAX)->live = true;
    chart = chart_of(&report);
    assert_non_null(strstr(chart, "<title>1970-01: 1 introduced</title>"));
    assert_non_null(strstr(chart, "<title>2099-12: 1 introduced</title>"));
    free(chart);
    report_release(&report);
}

static void a_removal_before_the_introduction_does_no_harm(void **state)
{
    struct report report = REPORT_EMPTY;
    char *chart;

    (void)state;
    introduced(&report, "a.py", JANUARY_2020)->removed =
        made_commit("def", JANUARY_2020 - MONTH, "Repair it");
    chart = chart_of(&report);
    assert_non_null(strstr(chart, "<title>2019-12: 1 removed</title>"));
    free(chart);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_past_there_is_no_picture),
        cmocka_unit_test(each_month_has_what_it_introduced_and_removed),
        cmocka_unit_test(what_a_merge_lost_was_never_live),
        cmocka_unit_test(dates_that_nobody_believes_are_at_the_edge),
        cmocka_unit_test(a_removal_before_the_introduction_does_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

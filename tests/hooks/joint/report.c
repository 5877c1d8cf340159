#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/joint/report.h"

/* A call of 3 bytes at `offset` that starts and ends on these lines. */
static struct report_finding on_lines(uint32_t offset, uint32_t start,
                                      uint32_t end)
{
    return (struct report_finding){
        .finding = { .range = { { start, 1 }, { end, 4 } },
                     .offset = offset,
                     .size = 3 },
    };
}

static const struct {
    const char *what, *bytes;
    uint32_t offset, start, end;
    const char *excerpt; /* NULL: none */
} excerpts[] = {
    { "the line of the call", "a\nb f()\nc\n", 4, 2, 2, "b f()" },
    { "the first line", "f()\nb\n", 0, 1, 1, "f()" },
    { "a last line without an end", "a\nf()", 2, 2, 2, "f()" },
    { "CR ends lines", "a\rb f()\rc", 4, 2, 2, "b f()" },
    { "CRLF ends lines", "a\r\nb f()\r\nc", 5, 2, 2, "b f()" },
    { "all lines of a call", "a\nf(\n1,\n)\nb", 2, 2, 4, "f(\n1,\n)" },
    { "all lines with CRLF", "a\r\nf(\r\n1)\r\nb", 3, 2, 3, "f(\r\n1)" },
    { "all lines with CR", "a\rf(\r1)\rb", 2, 2, 3, "f(\r1)" },
    { "an empty line between", "f(\n\n)\nb", 0, 1, 3, "f(\n\n)" },
    { "an empty line between, with CR", "f(\r\r)\rb", 0, 1, 3, "f(\r\r)" },
    { "more lines than there are", "a\nf()\n", 2, 2, 9, "f()\n" },
    { "behind the end", "a\n", 2, 2, 2, NULL },
    { "no bytes", "", 0, 1, 1, NULL },
};

static void an_excerpt_is_the_lines_of_the_call(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(excerpts) / sizeof(*excerpts); i++) {
        struct report_finding finding =
            on_lines(excerpts[i].offset, excerpts[i].start, excerpts[i].end);
        const char *want = excerpts[i].excerpt, *got;

        report_excerpt(&finding, excerpts[i].bytes, strlen(excerpts[i].bytes));
        got = finding.excerpt;
        if (!got != !want || (got && strcmp(got, want) != 0) ||
            (got && strlen(got) != finding.excerpt_size))
            fail_msg("%s: got '%s'", excerpts[i].what, got ? got : "nothing");
        free(finding.excerpt);
    }
}

static void an_excerpt_is_cut_at_its_limit(void **state)
{
    char bytes[REPORT_EXCERPT_MAX + 2];
    struct report_finding at = on_lines(0, 1, 1), over = on_lines(0, 1, 1);

    (void)state;
    memset(bytes, 'x', sizeof(bytes));
    bytes[REPORT_EXCERPT_MAX] = '\n';
    report_excerpt(&at, bytes, sizeof(bytes));
    assert_int_equal(REPORT_EXCERPT_MAX, at.excerpt_size);
    bytes[REPORT_EXCERPT_MAX] = 'x';
    bytes[REPORT_EXCERPT_MAX + 1] = '\n';
    report_excerpt(&over, bytes, sizeof(bytes));
    assert_int_equal(REPORT_EXCERPT_MAX, over.excerpt_size);
    free(at.excerpt);
    free(over.excerpt);
}

static void an_excerpt_that_would_end_before_its_call_is_none(void **state)
{
    char bytes[REPORT_EXCERPT_MAX + 9];
    struct report_finding within = on_lines(REPORT_EXCERPT_MAX, 2, 2);
    struct report_finding behind = on_lines(REPORT_EXCERPT_MAX + 1, 2, 2);

    (void)state;
    memset(bytes, 'x', sizeof(bytes));
    bytes[0] = '\n';
    report_excerpt(&within, bytes, sizeof(bytes));
    assert_int_equal(REPORT_EXCERPT_MAX, within.excerpt_size);
    report_excerpt(&behind, bytes, sizeof(bytes));
    assert_null(behind.excerpt);
    free(within.excerpt);
}

static void an_excerpt_that_is_there_stays(void **state)
{
    struct report_finding finding = on_lines(0, 1, 1);

    (void)state;
    report_excerpt(&finding, "f()", 3);
    report_excerpt(&finding, "g()", 3);
    assert_string_equal("f()", finding.excerpt);
    free(finding.excerpt);
}

static struct report_finding *add(struct report *report, const char *path,
                                  uint32_t line, int64_t date)
{
    struct finding finding = { .range = { { line, 1 }, { line, 9 } } };
    struct report_finding *added = report_add(report, path, &finding);

    if (date) {
        added->introduced = memory_new(1, sizeof(*added->introduced));
        added->introduced->id = memory_copy("id", 2);
        added->introduced->date = date;
    }
    return added;
}

static void findings_are_sorted_by_path_place_and_date(void **state)
{
    struct report report = REPORT_EMPTY;
    static const struct {
        const char *path;
        uint32_t line;
        int64_t date;
    } want[] = {
        { "a", 2, 0 },     { "a", 10, 0 },  { "a.py", 1, 10 },
        { "a.py", 1, 20 }, { "a/b", 1, 0 }, { "\xC3\xA4", 1, 0 },
    };
    const size_t count = sizeof(want) / sizeof(*want);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        size_t other = (i * 5 + 3) % count;

        add(&report, want[other].path, want[other].line, want[other].date);
    }
    report_sort(&report);
    for (size_t i = 0; i < count; i++) {
        const struct report_finding *got = &report.findings[i];

        if (strcmp(got->path, want[i].path) != 0 ||
            got->finding.range.start.line != want[i].line ||
            (got->introduced ? got->introduced->date : 0) != want[i].date)
            fail_msg("%zu: %s:%u", i, got->path, got->finding.range.start.line);
    }
    report_release(&report);
}

static void
what_was_removed_first_stands_first_and_what_is_live_before(void **state)
{
    struct report report = REPORT_EMPTY;

    (void)state;
    for (int64_t removed = 30; removed >= 10; removed -= 10) {
        struct report_finding *finding = add(&report, "a.py", 1, 5);

        if (removed == 30)
            continue;
        finding->removed = memory_new(1, sizeof(*finding->removed));
        finding->removed->date = removed;
    }
    report_sort(&report);
    assert_null(report.findings[0].removed);
    assert_int_equal(10, report.findings[1].removed->date);
    assert_int_equal(20, report.findings[2].removed->date);
    report_release(&report);
}

static void what_is_incomplete_is_sorted_and_copied(void **state)
{
    struct report report = REPORT_EMPTY;
    char path[] = "b.py", reason[] = "gone";

    (void)state;
    report_incomplete(&report, path, reason);
    report_incomplete(&report, "b.py", "damaged");
    report_incomplete(&report, "a.py", "gone");
    path[0] = reason[0] = 'x';
    report_sort(&report);
    assert_int_equal(3, report.incomplete_count);
    assert_string_equal("a.py", report.incomplete[0].path);
    assert_string_equal("damaged", report.incomplete[1].reason);
    assert_string_equal("b.py", report.incomplete[2].path);
    assert_string_equal("gone", report.incomplete[2].reason);
    report_release(&report);
}

static void one_finding_that_blocks_is_enough(void **state)
{
    struct report report = REPORT_EMPTY;

    (void)state;
    assert_false(report_blocks(&report));
    add(&report, "a.py", 1, 0);
    report_incomplete(&report, "b.py", "gone");
    assert_false(report_blocks(&report));
    add(&report, "b.py", 1, 0)->blocks = true;
    assert_true(report_blocks(&report));
    report_release(&report);
}

static void a_released_report_is_empty(void **state)
{
    struct report report = REPORT_EMPTY;
    struct report_finding *finding = add(&report, "a.py", 1, 7);

    (void)state;
    *ARRAY_PUSH(finding->paths) = memory_copy("a.py", 4);
    report.cache_trouble = memory_copy("no", 2);
    report_release(&report);
    report_release(&report);
    assert_int_equal(0, report.findings_count);
    report_sort(&report);
}

static void unused_comments_are_sorted_and_do_not_block(void **state)
{
    struct unused_comment items[] = {
        { SUPPRESSION_NOQA, DIRECTIVE_RULE, { { 2, 9 }, { 2, 19 } } },
        { SUPPRESSION_TMPGUARD, DIRECTIVE_RULE, { { 2, 3 }, { 2, 6 } } },
    };
    const struct unused unused = { .items = items, .items_count = 2 };
    struct report report = REPORT_EMPTY;

    (void)state;
    report_unused(&report, "b.py", &unused);
    report_unused(&report, "a.py", &unused);
    report_sort(&report);
    assert_int_equal(4, report.unused_count);
    assert_string_equal("a.py", report.unused[0].path);
    assert_int_equal(SUPPRESSION_TMPGUARD, report.unused[0].comment.form);
    assert_int_equal(SUPPRESSION_NOQA, report.unused[1].comment.form);
    assert_string_equal("b.py", report.unused[2].path);
    assert_false(report_blocks(&report));
    report_release(&report);
}

static bool is_b(void *payload, const char *path)
{
    (void)payload;
    return strcmp(path, "b") == 0;
}

static void a_file_can_be_left_out(void **state)
{
    const struct finding finding = { .offset = 0 };
    const struct unused unused = { .items = NULL };
    struct report report = REPORT_EMPTY;

    (void)state;
    for (int i = 0; i < 6; i++)
        report_add(&report, i % 2 ? "b" : "a", &finding);
    report_incomplete(&report, "b", "x");
    report_incomplete(&report, "c", "y");
    report_unused(&report, "b", &unused);
    report_leave_out(&report, is_b, NULL);
    assert_int_equal(3, report.findings_count);
    for (int i = 0; i < 3; i++)
        assert_string_equal("a", report.findings[i].path);
    assert_int_equal(1, report.incomplete_count);
    assert_string_equal("y", report.incomplete[0].reason);
    report_release(&report);
}

static void what_is_denied_is_no_longer_excused(void **state)
{
    struct report_finding finding = { .path = NULL };

    (void)state;
    finding.finding.suppression = SUPPRESSION_NOSEC;
    report_deny(&finding);
    assert_int_equal(SUPPRESSION_NOSEC, finding.denied);
    assert_int_equal(SUPPRESSION_NONE, finding.finding.suppression);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_can_be_left_out),
        cmocka_unit_test(what_is_denied_is_no_longer_excused),
        cmocka_unit_test(an_excerpt_is_the_lines_of_the_call),
        cmocka_unit_test(an_excerpt_is_cut_at_its_limit),
        cmocka_unit_test(an_excerpt_that_would_end_before_its_call_is_none),
        cmocka_unit_test(an_excerpt_that_is_there_stays),
        cmocka_unit_test(findings_are_sorted_by_path_place_and_date),
        cmocka_unit_test(
            what_was_removed_first_stands_first_and_what_is_live_before),
        cmocka_unit_test(what_is_incomplete_is_sorted_and_copied),
        cmocka_unit_test(one_finding_that_blocks_is_enough),
        cmocka_unit_test(a_released_report_is_empty),
        cmocka_unit_test(unused_comments_are_sorted_and_do_not_block),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

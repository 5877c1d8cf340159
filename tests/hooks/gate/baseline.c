#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "hooks/gate/baseline.h"

#define FILE_OF(lines) "# tmpguard baseline 1\n" lines
#define ONE            "00000000000000000000000000000001"
#define TWO            "00000000000000000000000000000002"

/* "a1 b2": the file a has the statement 1, b has 2. */
static struct baseline of(const char *words)
{
    struct baseline baseline = BASELINE_EMPTY;

    for (; *words; words += words[2] ? 3 : 2) {
        char path[2] = { words[0], '\0' };
        const struct baseline_entry entry = {
            .path = path,
            .target = TARGET_OS_TMPNAM,
            .statement = { 0, (uint64_t)(words[1] - '0') },
        };

        baseline_add(&baseline, &entry);
    }
    baseline_sort(&baseline);
    return baseline;
}

static void expect(const char *what, const struct baseline *got,
                   const char *words)
{
    char out[256] = "";

    for (size_t i = 0; i < got->entries_count; i++)
        snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s%s%u",
                 i ? " " : "", got->entries[i].path,
                 (unsigned)got->entries[i].statement.low);
    if (strcmp(out, words) != 0)
        fail_msg("%s: got '%s', want '%s'", what, out, words);
}

static const struct {
    const char *before, *after, *added, *gone, *from, *to;
} changes[] = {
    { "", "", "", "", "", "" },
    { "a1", "a1", "", "", "", "" },
    { "a1", "a1 a1", "a1", "", "", "" },
    { "a1 a1 b1", "a1 b1", "", "a1", "", "" },
    { "a1", "b1", "", "", "a1", "b1" },
    { "a1 c1", "b1", "", "c1", "a1", "b1" },
    { "a1", "b2", "b2", "a1", "", "" },
    { "a1 a2", "b1 b2 b3", "b3", "", "a1 a2", "b1 b2" },
};

static void a_change_is_what_came_what_went_and_what_moved(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
        struct baseline before = of(changes[i].before);
        struct baseline after = of(changes[i].after);
        struct baseline added, gone, from, to;

        baseline_difference(&before, &after, &added, &gone);
        baseline_take_moves(&added, &gone, &from, &to);
        expect("added", &added, changes[i].added);
        expect("gone", &gone, changes[i].gone);
        expect("from", &from, changes[i].from);
        expect("to", &to, changes[i].to);
        baseline_release(&before);
        baseline_release(&after);
        baseline_release(&added);
        baseline_release(&gone);
        baseline_release(&from);
        baseline_release(&to);
    }
}

static const struct {
    const char *path, *written;
} paths[] = {
    { "a/b c.py", "a/b c.py" },       { "a\tb\nc\\", "a\\x09b\\x0ac\\x5c" },
    { "\xc3\xa9", "\\xc3\\xa9" },     { "#a#", "\\x23a#" },
    { "<<<<<<< a", "\\x3c<<<<<< a" }, { "\x7f\x01", "\\x7f\\x01" },
};

static void any_path_is_a_line_and_comes_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        char path[32], want[128];
        const struct baseline_entry entry = {
            .path = path,
            .target = TARGET_TEMPFILE_MKTEMP,
            .statement = { 0x0123456789abcdef, 0xf },
        };
        struct baseline baseline = BASELINE_EMPTY, back;
        struct buffer bytes = BUFFER_EMPTY;
        struct error err = { .message = "" };

        snprintf(path, sizeof(path), "%s", paths[i].path);
        snprintf(want, sizeof(want),
                 "\n%s\ttempfile.mktemp\t0123456789abcdef000000000000000f\n",
                 paths[i].written);
        baseline_add(&baseline, &entry);
        baseline_format(&baseline, &bytes);
        if (!strstr(bytes.bytes, want))
            fail_msg("want %s in %s", want, bytes.bytes);
        if (baseline_parse(&back, "f", buffer_view(&bytes), &err) < 0)
            fail_msg("%s", err.message);
        assert_int_equal(1, back.entries_count);
        assert_string_equal(path, back.entries[0].path);
        assert_int_equal(0x0123456789abcdef, back.entries[0].statement.high);
        baseline_release(&baseline);
        baseline_release(&back);
        buffer_release(&bytes);
    }
}

static void lines_are_sorted_as_they_are_written(void **state)
{
    struct baseline baseline = of("b2 b1 a3 a3");
    struct buffer bytes = BUFFER_EMPTY;
    const char *lines;

    (void)state;
    baseline_format(&baseline, &bytes);
    lines = strstr(bytes.bytes, "\na\t");
    assert_non_null(lines);
    assert_string_equal("\na\tos.tmpnam\t00000000000000000000000000000003"
                        "\na\tos.tmpnam\t00000000000000000000000000000003"
                        "\nb\tos.tmpnam\t" ONE "\nb\tos.tmpnam\t" TWO "\n",
                        lines);
    baseline_release(&baseline);
    buffer_release(&bytes);
}

static const struct {
    const char *what, *bytes, *words;
} wrong[] = {
    { "nothing", "", "f:1: not a baseline" },
    { "another version", "# tmpguard baseline 10\n",
      "f:1: a baseline of another version: this one knows version 1" },
    { "a conflict at the top", "<<<<<<< a\n", "f:1: a merge conflict" },
    { "a conflict", FILE_OF("#\n======= \n"),
      "f:3: a merge conflict: keep the lines of both sides, then 'tmpguard "
      "baseline prune'" },
    { "short", FILE_OF("a\tos.tmpnam\t123\n"),
      "f:2: damaged: not a path, a function and a statement" },
    { "long", FILE_OF("a\tos.tmpnam\t" ONE "0\n"),
      "f:2: damaged: not a path, a function and a statement" },
    { "capitals", FILE_OF("a\tos.tmpnam\tA" ONE "\n"),
      "f:2: damaged: not a path, a function and a statement" },
    { "a field more", FILE_OF("a\tb\tos.tmpnam\t" ONE "\n"),
      "f:2: damaged: not a path, a function and a statement" },
    { "a function", FILE_OF("a\tos.tmp\t" ONE "\n"),
      "f:2: an unknown function" },
    { "no path", FILE_OF("\tos.tmpnam\t" ONE "\n"),
      "f:2: damaged: the path is malformed" },
    { "an escape", FILE_OF("\\x0g\tos.tmpnam\t" ONE "\n"),
      "f:2: damaged: the path is malformed" },
    { "a NUL", FILE_OF("\\x00\tos.tmpnam\t" ONE "\n"),
      "f:2: damaged: the path is malformed" },
    { "a cut escape", FILE_OF("a\\x4\tos.tmpnam\t" ONE "\n"),
      "f:2: damaged: the path is malformed" },
};

static void what_is_no_baseline_is_an_error_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct baseline baseline;
        struct error err = { .message = "" };

        if (baseline_parse(&baseline, "f", text_of(wrong[i].bytes), &err) !=
                -1 ||
            err.code != ERROR_USAGE || strcmp(err.message, wrong[i].words) != 0)
            fail_msg("%s: got %s", wrong[i].what, err.message);
        baseline_release(&baseline);
        baseline_release(&baseline);
    }
}

static void order_comments_and_line_ends_do_not_matter(void **state)
{
    struct baseline baseline;
    struct error err;

    (void)state;
    assert_int_equal(
        0, baseline_parse(&baseline, "f",
                          text_of(FILE_OF("b\tos.tmpnam\t" TWO "\r\n# x\n\n"
                                          "a\tos.tmpnam\t" ONE)),
                          &err));
    expect("read", &baseline, "a1 b2");
    baseline_release(&baseline);
}

/* As `of`, findings that block, each on a line of its own. */
static struct report reported(const char *words)
{
    struct report report = REPORT_EMPTY;
    uint32_t line = 1;

    for (; *words; words += words[2] ? 3 : 2, line++) {
        char path[2] = { words[0], '\0' };
        const struct finding finding = {
            .target = TARGET_OS_TMPNAM,
            .statement = { 0, (uint64_t)(words[1] - '0') },
            .range = { { line, 1 }, { line, 2 } },
        };

        report_add(&report, path, &finding)->blocks = true;
    }
    return report;
}

static const struct {
    const char *known, *found, *blocks;
    size_t stale;
} applied[] = {
    { "", "a1", "1", 0 },
    { "a1", "a1", "0", 0 },
    { "a1", "b1", "1", 1 },
    { "a1", "a1 a2 a1", "011", 0 },
    { "a1 a1 b1", "a1 b1", "00", 1 },
};

static void the_first_of_several_alike_are_the_known_ones(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(applied) / sizeof(*applied); i++) {
        struct baseline known = of(applied[i].known);
        struct report report = reported(applied[i].found);

        assert_int_equal(applied[i].stale, baseline_apply(&known, &report));
        for (size_t j = 0; j < report.findings_count; j++) {
            assert_int_equal(applied[i].blocks[j] == '1',
                             report.findings[j].blocks);
            assert_int_equal(!report.findings[j].blocks,
                             report.findings[j].known);
        }
        baseline_release(&known);
        report_release(&report);
    }
}

static void what_is_excused_is_neither_listed_nor_used(void **state)
{
    struct report report = reported("a1 a1");
    struct baseline baseline, known = of("a1");

    (void)state;
    report.findings[0].blocks = false;
    baseline_of_report(&baseline, &report);
    expect("listed", &baseline, "a1");
    assert_int_equal(2, baseline.entries[0].line);
    baseline_apply(&known, &report);
    assert_false(report.findings[0].known);
    assert_true(report.findings[1].known);
    baseline_release(&baseline);
    baseline_release(&known);
    report_release(&report);
}

static void a_file_or_its_folder_may_be_unknown(void **state)
{
    struct report report = REPORT_EMPTY;

    (void)state;
    assert_false(baseline_is_unknown(&report, "a/b.py"));
    report_incomplete(&report, "a", "unreadable");
    assert_true(baseline_is_unknown(&report, "a/b.py"));
    assert_true(baseline_is_unknown(&report, "a"));
    assert_false(baseline_is_unknown(&report, "ab.py"));
    report_incomplete(&report, ".", "all");
    assert_true(baseline_is_unknown(&report, "ab.py"));
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_is_what_came_what_went_and_what_moved),
        cmocka_unit_test(any_path_is_a_line_and_comes_back),
        cmocka_unit_test(lines_are_sorted_as_they_are_written),
        cmocka_unit_test(what_is_no_baseline_is_an_error_with_its_line),
        cmocka_unit_test(order_comments_and_line_ends_do_not_matter),
        cmocka_unit_test(the_first_of_several_alike_are_the_known_ones),
        cmocka_unit_test(what_is_excused_is_neither_listed_nor_used),
        cmocka_unit_test(a_file_or_its_folder_may_be_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

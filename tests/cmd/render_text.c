#include "tests/test.h"

#include <stdlib.h>

#include "cmd/terminal.h"
#include "tests/cmd/made.h"

static const struct style plain = { .width = 80 };

static void the_first_line_is_the_one_of_the_contract(void **state)
{
    struct report report = REPORT_EMPTY;
    char *text;

    (void)state;
    made_finding(&report, "pkg/a.py", 3, 5, NULL);
    text = made_text(render_text, &report, &plain);
    assert_non_null(strstr(text, "pkg/a.py:3:5: error: Call to deprecated "
                                 "function tempfile.mktemp may be insecure. "
                                 "[py/insecure-temporary-file]\n"));
    assert_ptr_equal(text, strstr(text, "pkg/a.py:3:5: error: "));
    free(text);
    report_release(&report);
}

static void a_hostile_path_forges_no_line(void **state)
{
    struct report report = REPORT_EMPTY;
    char *text;

    (void)state;
    made_finding(&report, "a\n\x1B[1mok.py", 1, 1, "tempfile.mktemp()");
    report_incomplete(&report, "b\r", "no\x1B[2J");
    text = made_text(render_text, &report, &plain);
    assert_non_null(strstr(text, "a\\x0a\\x1b[1mok.py:1:1: error: "));
    assert_non_null(strstr(text, "b\\x0d: incomplete: no\\x1b[2J\n"));
    assert_null(strchr(text, '\x1B'));
    assert_null(strchr(text, '\r'));
    free(text);
    report_release(&report);
}

static const struct {
    const char *what;
    uint32_t column, end_line, end_column;
    unsigned width;
    const char *line, *frame;
} frames[] = {
    { "carets stand under the call", 5, 3, 22, 80, "n = tempfile.mktemp()",
      "   3 | n = tempfile.mktemp()\n"
      "     |     ^^^^^^^^^^^^^^^^^\n" },
    { "a tab leads to the next stop", 2, 3, 19, 80, "\ttempfile.mktemp()",
      "   3 |     tempfile.mktemp()\n"
      "     |     ^^^^^^^^^^^^^^^^^\n" },
    { "wide characters take two columns", 6, 3, 9, 80, "x(\"\xE6\x97\xA5\",f()",
      "   3 | x(\"\xE6\x97\xA5\",f()\n"
      "     |       ^^^\n" },
    { "combining characters take none", 3, 3, 6, 80,
      "e\xCC\x81"
      "f()",
      "   3 | e\xCC\x81"
      "f()\n"
      "     |  ^^^\n" },
    { "what is escaped takes its columns", 2, 3, 5, 80,
      "\x01"
      "f()",
      "   3 | \\x01f()\n"
      "     |     ^^^\n" },
    { "of several lines the first is shown", 3, 4, 2, 80, "a=f(\n)",
      "   3 | a=f(\n"
      "     |   ^^\n" },
    { "a line ends at a carriage return too", 1, 3, 4, 80, "f()\r\n",
      "   3 | f()\n"
      "     | ^^^\n" },
    { "a long line is cut at its end", 1, 3, 4, 30,
      "f() # 3456789.123456789.123456789.",
      "   3 | f() # 3456789.12345678…\n"
      "     | ^^^\n" },
    { "a call far to the right is brought into view", 31, 3, 34, 30,
      "x123456789.123456789.123456789f() and more and more and more",
      "   3 | …3456789f() and more a…\n"
      "     |         ^^^\n" },
    { "a call that is wider than the window is cut", 1, 3, 60, 30,
      "function(argument, argument, argument, argument, argument)xx",
      "   3 | function(argument, arg…\n"
      "     | ^^^^^^^^^^^^^^^^^^^^^^\n" },
};

static void frames_are_aligned(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(frames) / sizeof(*frames); i++) {
        struct report report = REPORT_EMPTY;
        struct style style = { .width = frames[i].width };
        struct range *range =
            &made_finding(&report, "a.py", 3, frames[i].column, frames[i].line)
                 ->finding.range;
        char *text;

        range->end =
            (struct position){ frames[i].end_line, frames[i].end_column };
        text = made_text(render_text, &report, &style);
        if (!strstr(text, frames[i].frame))
            fail_msg("%s: got\n%s\nwant\n%s", frames[i].what, text,
                     frames[i].frame);
        free(text);
        report_release(&report);
    }
}

static void a_line_of_megabytes_is_cut_at_200_columns(void **state)
{
    struct report report = REPORT_EMPTY;
    struct style style = { .width = TERMINAL_WIDTH_MAX };
    char line[3001];
    char *text, *end;

    (void)state;
    memset(line, 'x', sizeof(line) - 1);
    line[sizeof(line) - 1] = '\0';
    made_finding(&report, "a.py", 1, 1500, line);
    text = made_text(render_text, &report, &style);
    end = strstr(text, "| \xE2\x80\xA6x");
    assert_non_null(end);
    assert_true(strcspn(end, "\n") < 210);
    free(text);
    report_release(&report);
}

static void what_was_explained_is_not_explained_again(void **state)
{
    struct report report = REPORT_EMPTY;
    char *text, *first;

    (void)state;
    made_finding(&report, "a.py", 1, 1, "tempfile.mktemp()");
    made_finding(&report, "a.py", 2, 1, "tempfile.mktemp()");
    text = made_text(render_text, &report, &plain);
    first = strstr(text, "It returns a name");
    assert_non_null(first);
    assert_null(strstr(first + 1, "It returns a name"));
    first = strstr(text, "# tmpguard: ignore[py/insecure-temporary-file]");
    assert_non_null(first);
    assert_null(strstr(first + 1, "# tmpguard: ignore"));
    first = strstr(text, "Use tempfile.mkstemp()");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "Use tempfile.mkstemp()"));
    free(text);
    report_release(&report);
}

static void a_suppressed_finding_is_counted_and_shown_on_demand(void **state)
{
    struct report report = REPORT_EMPTY;
    struct style all = { .width = 80, .show_suppressed = true };
    struct report_finding *finding = made_finding(&report, "a.py", 1, 1, NULL);
    char *text;

    (void)state;
    finding->finding.suppression = SUPPRESSION_TMPGUARD;
    finding->blocks = false;
    text = made_text(render_text, &report, &plain);
    assert_string_equal("0 files checked, no findings, 1 suppressed (0.0 ms)\n",
                        text);
    free(text);
    text = made_text(render_text, &report, &all);
    assert_non_null(strstr(text, "a.py:1:1: note: "));
    assert_non_null(strstr(text, " (suppressed: tmpguard)\n"));
    free(text);
    report_release(&report);
}

static void quiet_is_silent_only_where_all_is_well(void **state)
{
    struct report report = REPORT_EMPTY;
    struct style quiet = { .width = 80, .quiet = true };
    char *text = made_text(render_text, &report, &quiet);

    (void)state;
    assert_string_equal("", text);
    free(text);
    report_incomplete(&report, "a.py", "unreadable");
    text = made_text(render_text, &report, &quiet);
    assert_string_equal("a.py: incomplete: unreadable\n\n0 files checked, no "
                        "findings, 1 incomplete (0.0 ms)\nNot everything could "
                        "be checked: nothing is known about what is "
                        "incomplete above.\n",
                        text);
    free(text);
    report_release(&report);
}

static void the_closing_line_stands_where_something_blocks(void **state)
{
    struct report report = REPORT_EMPTY;
    struct style closing = { .width = 80, .closing = "Stopped." };
    char *text = made_text(render_text, &report, &closing);

    (void)state;
    assert_null(strstr(text, "Stopped."));
    free(text);
    made_finding(&report, "a.py", 1, 1, NULL);
    text = made_text(render_text, &report, &closing);
    assert_non_null(strstr(text, "\nStopped.\n"));
    free(text);
    report_release(&report);
}

static void
history_shows_the_live_ones_first_and_the_newest_of_them(void **state)
{
    struct report report = REPORT_EMPTY;
    struct report_finding *finding;
    char *text, *old, *new, *past;

    (void)state;
    report.history = true;
    finding = made_finding(&report, "a.py", 1, 1, NULL);
    finding->introduced = made_commit("aaaaaaaaaaaaaaaa", 300, "past");
    finding->removed = made_commit("bbbbbbbbbbbbbbbb", 400, "gone\x1B");
    finding = made_finding(&report, "b.py", 1, 1, NULL);
    finding->introduced = made_commit("cccccccccccccccc", 100, "old");
    finding->live = true;
    finding = made_finding(&report, "c.py", 1, 1, NULL);
    finding->introduced = made_commit("dddddddddddddddd", 200, "new");
    finding->live = true;
    text = made_text(render_text, &report, &plain);
    new = strstr(text, "= introduced dddddddddddd 1970-01-01 Ann "
                       "<ann@example.org>: new\n     = live\n");
    old = strstr(text, "= introduced cccccccccccc ");
    past = strstr(text, "= introduced aaaaaaaaaaaa ");
    assert_true(new &&old &&past &&new < old &&old < past);
    assert_non_null(strstr(past, "= removed    bbbbbbbbbbbb 1970-01-01 Ann "
                                 "<ann@example.org>: gone\\x1b\n"));
    free(text);
    report_release(&report);
}

static void colour_never_changes_the_words(void **state)
{
    struct report report = REPORT_EMPTY;
    struct style color = { .width = 80, .color = true };
    char *text;

    (void)state;
    made_finding(&report, "a.py", 1, 1, "tempfile.mktemp()");
    text = made_text(render_text, &report, &color);
    assert_non_null(strstr(text, "\033[1ma.py:1:1:\033[0m \033[1;31merror:"
                                 "\033[0m Call to"));
    free(text);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_line_is_the_one_of_the_contract),
        cmocka_unit_test(a_hostile_path_forges_no_line),
        cmocka_unit_test(frames_are_aligned),
        cmocka_unit_test(a_line_of_megabytes_is_cut_at_200_columns),
        cmocka_unit_test(what_was_explained_is_not_explained_again),
        cmocka_unit_test(a_suppressed_finding_is_counted_and_shown_on_demand),
        cmocka_unit_test(quiet_is_silent_only_where_all_is_well),
        cmocka_unit_test(the_closing_line_stands_where_something_blocks),
        cmocka_unit_test(
            history_shows_the_live_ones_first_and_the_newest_of_them),
        cmocka_unit_test(colour_never_changes_the_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

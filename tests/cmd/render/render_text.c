#include "tests/test.h"

#include <stdlib.h>

#include "cmd/terminal/terminal.h"
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

static void a_hint_stands_in_the_place_of_the_remedy(void **state)
{
    struct report report = REPORT_EMPTY;
    char *text;

    (void)state;
    made_finding(&report, "a.py", 1, 1, "tempfile.mktemp()")->hint =
        "Do something else here.";
    made_finding(&report, "a.py", 2, 1, "tempfile.mktemp()");
    text = made_text(render_text, &report, &plain);
    assert_non_null(strstr(text, " = Do something else here.\n"));
    assert_true(strstr(text, "Do something") <
                strstr(text, "Use tempfile.mkstemp()"));
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
    assert_string_equal(
        "0 Python files checked, no findings, 1 suppressed (0.0 ms)\n", text);
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
    assert_string_equal(
        "a.py: incomplete: unreadable\n\n0 Python files checked, no "
        "findings, 1 incomplete (0.0 ms)\nNot everything could "
        "be checked: nothing is known about what is "
        "incomplete above.\n",
        text);
    free(text);
    report_release(&report);
}

static void every_line_begins_with_the_prefix(void **state)
{
    struct report report = REPORT_EMPTY;
    struct style style = { .width = 80, .prefix = "> ", .closing = "Stopped." };
    char *text;

    (void)state;
    report_incomplete(&report, "b.py", "unreadable");
    text = made_text(render_text, &report, &style);
    assert_string_equal(
        "> b.py: incomplete: unreadable\n> \n> 0 Python files checked, "
        "no findings, 1 incomplete (0.0 ms)\n> Not everything "
        "could be checked: nothing is known about what is "
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
an_incomplete_report_that_blocks_nothing_has_its_own_end(void **state)
{
    struct report report = REPORT_EMPTY;
    struct style closing = { .width = 80,
                             .closing = "Stopped.",
                             .unfinished = "Unsure." };
    char *text = made_text(render_text, &report, &closing);

    (void)state;
    assert_null(strstr(text, "Unsure."));
    free(text);
    report_incomplete(&report, "a.py", "unreadable");
    text = made_text(render_text, &report, &closing);
    assert_non_null(strstr(text, "\nUnsure.\n"));
    free(text);
    made_finding(&report, "a.py", 1, 1, NULL);
    text = made_text(render_text, &report, &closing);
    assert_non_null(strstr(text, "\nStopped.\n"));
    assert_null(strstr(text, "Unsure."));
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

/* Of one call that two commits introduced: one removed, or live. */
static void made_twins(struct report *report, bool live)
{
    struct report_finding *finding = made_finding(report, "a.py", 1, 1, NULL);

    report->history = true;
    finding->introduced = made_commit("aaaaaaaaaaaaaaaa", 100, "old");
    finding->removed = made_commit("cccccccccccccccc", 400, "gone");
    finding = made_finding(report, "a.py", 1, 1, NULL);
    finding->introduced = made_commit("bbbbbbbbbbbbbbbb", 200, "new");
    finding->live = live;
    if (!live)
        finding->removed = made_commit("cccccccccccccccc", 400, "gone");
}

static void history_shows_the_same_call_of_several_branches_once(void **state)
{
    struct report report = REPORT_EMPTY;
    char *text;

    (void)state;
    made_twins(&report, false);
    text = made_text(render_text, &report, &plain);
    assert_non_null(strstr(
        text, "     = introduced bbbbbbbbbbbb 1970-01-01 Ann "
              "<ann@example.org>: new\n"
              "     = also introduced by aaaaaaaaaaaa 1970-01-01 Ann "
              "<ann@example.org>: old\n"
              "     = removed    cccccccccccc 1970-01-01 Ann "
              "<ann@example.org>: gone\n\n1 introduced, 1 removed, 0 live\n"));
    assert_non_null(
        strstr(text, "versions of Python files checked, 1 finding ("));
    free(text);
    report_release(&report);
    made_twins(&report, true);
    text = made_text(render_text, &report, &plain);
    assert_non_null(strstr(text, "     = live\n     = removed elsewhere "
                                 "cccccccccccc "));
    free(text);
    report_release(&report);
    made_finding(&report, "a.py", 1, 1, NULL)->live = true;
    report.history = true;
    report.findings[0].elsewhere = made_commit("dddddddddddddddd", 1, "there");
    text = made_text(render_text, &report, &plain);
    assert_non_null(strstr(text, "     = live\n     = removed elsewhere "
                                 "dddddddddddd 1970-01-01 Ann "
                                 "<ann@example.org>: there\n"));
    free(text);
    report_release(&report);
}

static void history_is_as_wide_as_the_terminal(void **state)
{
    const struct style narrow = { .width = 50 };
    struct report report = REPORT_EMPTY;
    char *text, *at;

    (void)state;
    made_twins(&report, false);
    text = made_text(render_history, &report, &narrow);
    at = strstr(text, "     = introduced");
    assert_non_null(at);
    assert_ptr_equal(at, strstr(at, "     = introduced bbbbbbbbbbbb 1970-01-01 "
                                    "Ann <an\xE2\x80\xA6\n"));
    free(text);
    report_release(&report);
}

static void a_long_list_of_commits_is_cut_unless_all_is_wanted(void **state)
{
    const struct style verbose = { .width = 80, .verbose = true };
    struct report report = REPORT_EMPTY;
    char *text;

    (void)state;
    for (int i = 0; i < 6; i++)
        made_twins(&report, false);
    text = made_text(render_history, &report, &plain);
    assert_non_null(
        strstr(text, "\n       2 commits more (--verbose lists all)\n"));
    free(text);
    text = made_text(render_history, &report, &verbose);
    assert_null(strstr(text, "--verbose"));
    free(text);
    report_release(&report);
}

static void a_quiet_history_is_its_findings(void **state)
{
    const struct style quiet = { .width = 80, .quiet = true };
    struct report report = REPORT_EMPTY;
    char *text;

    (void)state;
    made_twins(&report, true);
    text = made_text(render_text, &report, &quiet);
    assert_ptr_equal(text, strstr(text, "a.py:1:1: error: "));
    assert_string_equal("<ann@example.org>: gone\n\n",
                        text + strlen(text) -
                            strlen("<ann@example.org>: "
                                   "gone\n\n"));
    assert_null(strstr(text, "mkstemp"));
    free(text);
    report_incomplete(&report, "b.py", "unreadable");
    text = made_text(render_text, &report, &quiet);
    assert_non_null(strstr(text, "b.py: incomplete: unreadable\n"));
    free(text);
    report_release(&report);
}

static void notes_are_told_unless_quietly(void **state)
{
    const struct style quiet = { .width = 80, .quiet = true };
    struct report report = REPORT_EMPTY;
    char *text;

    (void)state;
    report_note(&report, "a\n", "nothing is there");
    text = made_text(render_text, &report, &plain);
    assert_ptr_equal(text, strstr(text, "a\\x0a: note: nothing is there\n\n"));
    free(text);
    text = made_text(render_text, &report, &quiet);
    assert_string_equal("", text);
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

static void unused_comments_are_told_even_quietly(void **state)
{
    struct unused_comment item = { SUPPRESSION_NOSEC,
                                   DIRECTIVE_RULE,
                                   { { 2, 9 }, { 2, 19 } } };
    const struct unused unused = { .items = &item, .items_count = 1 };
    const struct style quiet = { .width = 80, .quiet = true };
    struct report report = REPORT_EMPTY;
    char *text;

    (void)state;
    report.unused_asked = true;
    text = made_text(render_text, &report, &quiet);
    assert_string_equal("", text);
    free(text);
    report_unused(&report, "a\n.py", &unused);
    text = made_text(render_text, &report, &quiet);
    assert_ptr_equal(
        text,
        strstr(text, "a\\x0a.py:2:9: error: Unused \"nosec B306\" comment: "
                     "it excuses no finding. [unused-suppression]\n\n"));
    assert_non_null(strstr(text, "no findings, 1 unused suppression ("));
    free(text);
    report_release(&report);
}

static void a_path_is_a_link_where_the_terminal_makes_them(void **state)
{
    const struct style style = {
        .width = 80, .color = true, .links = true, .root = "/r o"
    };
    struct report report = REPORT_EMPTY;
    struct report_finding *finding = made_finding(&report, "a\x1B", 3, 5, NULL);
    char *text;

    (void)state;
    text = made_text(render_text, &report, &style);
    assert_non_null(strstr(text, "\033]8;;file:///r%20o/a%1B\033\\"
                                 "a\\x1b:3:5\033]8;;\033\\:"));
    free(text);
    report.history = true;
    finding->introduced = made_commit("abc", 0, "Add it");
    text = made_text(render_text, &report, &style);
    assert_null(strstr(text, "\033]8;;"));
    free(text);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_line_is_the_one_of_the_contract),
        cmocka_unit_test(a_hostile_path_forges_no_line),
        cmocka_unit_test(what_was_explained_is_not_explained_again),
        cmocka_unit_test(a_hint_stands_in_the_place_of_the_remedy),
        cmocka_unit_test(a_suppressed_finding_is_counted_and_shown_on_demand),
        cmocka_unit_test(quiet_is_silent_only_where_all_is_well),
        cmocka_unit_test(every_line_begins_with_the_prefix),
        cmocka_unit_test(the_closing_line_stands_where_something_blocks),
        cmocka_unit_test(
            an_incomplete_report_that_blocks_nothing_has_its_own_end),
        cmocka_unit_test(
            history_shows_the_live_ones_first_and_the_newest_of_them),
        cmocka_unit_test(history_shows_the_same_call_of_several_branches_once),
        cmocka_unit_test(history_is_as_wide_as_the_terminal),
        cmocka_unit_test(a_long_list_of_commits_is_cut_unless_all_is_wanted),
        cmocka_unit_test(a_quiet_history_is_its_findings),
        cmocka_unit_test(notes_are_told_unless_quietly),
        cmocka_unit_test(colour_never_changes_the_words),
        cmocka_unit_test(unused_comments_are_told_even_quietly),
        cmocka_unit_test(a_path_is_a_link_where_the_terminal_makes_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

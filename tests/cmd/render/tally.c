#include "tests/test.h"

#include <stdlib.h>

#include "cmd/render/tally.h"
#include "tests/cmd/made.h"

#define YEAR ((int64_t)31622400) /* seconds */

static void by(struct report_commit *commit, const char *author)
{
    free(commit->author);
    commit->author = memory_copy(author, strlen(author));
}

static struct report_finding *made(struct report *report, const char *path,
                                   const char *author, int64_t introduced)
{
    struct report_finding *finding = made_finding(report, path, 1, 1, NULL);

    finding->introduced = made_commit("aaaa", introduced, "one");
    by(finding->introduced, author);
    finding->live = true;
    return finding;
}

static void removed(struct report_finding *finding, const char *author,
                    int64_t date)
{
    finding->removed = made_commit("bbbb", date, "two");
    by(finding->removed, author);
    finding->live = false;
}

static void expect_tally(const struct report *report, const struct style *style,
                         const char *expected)
{
    struct buffer out = BUFFER_EMPTY;
    struct folds folds;

    buffer_string(&out, "");
    folds_make(&folds, report, style);
    tally_render(&out, &folds, report->past, style);
    if (strcmp(expected, out.bytes ? out.bytes : "") != 0)
        fail_msg("got:\n%swant:\n%s", out.bytes, expected);
    folds_release(&folds);
    buffer_release(&out);
}

static void years_and_authors_are_counted(void **state)
{
    const struct style style = { .width = 80 };
    struct report report = REPORT_EMPTY;

    (void)state;
    made(&report, "a.py", "Ann <a@b>", 1 * YEAR + 1);
    removed(made(&report, "b.py", "Ann <a@b>", 1 * YEAR + 1), "Bob <b@c>",
            3 * YEAR + 1);
    removed(made(&report, "c.py", "Bob <b@c>", 3 * YEAR + 1), "Bob <b@c>",
            3 * YEAR + 2);
    made(&report, "d.py", "Ann <a@b>", 2 * YEAR + 1)->live = false;
    expect_tally(&report, &style,
                 "4 introduced, 2 removed, 1 live, 1 lost in a merge\n\n"
                 "year      introduced   removed      live\n"
                 "1973               1         2         0\n"
                 "1972               1         0         0\n"
                 "1971               2         0         1\n"
                 "\n"
                 "author    introduced   removed      live\n"
                 "Ann <a@b>          3         0         1\n"
                 "Bob <b@c>          1         2         0\n"
                 "\n");
    report_release(&report);
}

static void what_chosen_refs_lack_was_not_lost_in_a_merge(void **state)
{
    const struct style style = { .width = 80 };
    struct report report = { .past = PAST_OF_CHOSEN };

    (void)state;
    made(&report, "a.py", "Ann <a@b>", 1 * YEAR + 1)->live = false;
    expect_tally(&report, &style,
                 "1 introduced, 0 removed, 0 live, 1 neither removed nor "
                 "live\n\n"
                 "year      introduced   removed      live\n"
                 "1971               1         0         0\n"
                 "\n"
                 "author    introduced   removed      live\n"
                 "Ann <a@b>          1         0         0\n"
                 "\n");
    report_release(&report);
}

static void names_are_escaped_cut_and_aligned(void **state)
{
    const struct style style = { .width = 44 };
    struct report report = REPORT_EMPTY;

    (void)state;
    made(&report, "a.py", "Zo\xC3\xAB", 1);
    made(&report, "b.py", "\xE6\x97\xA5\xE6\x9C\xAC", 1);
    made(&report, "c.py", "A\x1B[2J", 1);
    made(&report, "d.py", "Somebody with a long name", 1);
    expect_tally(&report, &style,
                 "4 introduced, 0 removed, 4 live\n\n"
                 "year          introduced   removed      live\n"
                 "1970                   4         0         4\n"
                 "\n"
                 "author        introduced   removed      live\n"
                 "A\\x1b[2J               1         0         1\n"
                 "Somebody with\xE2\x80\xA6         1         0         1\n"
                 "Zo\xC3\xAB                    1         0         1\n"
                 "\xE6\x97\xA5\xE6\x9C\xAC                   1         0"
                 "         1\n"
                 "\n");
    report_release(&report);
}

static void the_many_are_one_line(void **state)
{
    const struct style style = { .width = 80 };
    struct report report = REPORT_EMPTY;
    struct buffer out = BUFFER_EMPTY;
    struct folds folds;

    (void)state;
    for (int i = 0; i < 12; i++) {
        char name[] = { (char)('A' + i), '\0' };

        made(&report, name, name, i * YEAR + 1000);
    }
    folds_make(&folds, &report, &style);
    tally_render(&out, &folds, PAST_OF_ALL, &style);
    assert_non_null(strstr(out.bytes, "\n1972               1         0"
                                      "         1\nearlier            2"
                                      "         0         2\n\n"));
    assert_non_null(strstr(out.bytes, "\nE                  1         0"
                                      "         1\nothers             7"
                                      "         0         7\n\n"));
    folds_release(&folds);
    buffer_release(&out);
    report_release(&report);
}

static void nothing_is_summed_up_in_no_words(void **state)
{
    const struct style style = { .width = 80 };
    struct report report = REPORT_EMPTY;

    (void)state;
    expect_tally(&report, &style, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_and_authors_are_counted),
        cmocka_unit_test(what_chosen_refs_lack_was_not_lost_in_a_merge),
        cmocka_unit_test(names_are_escaped_cut_and_aligned),
        cmocka_unit_test(the_many_are_one_line),
        cmocka_unit_test(nothing_is_summed_up_in_no_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

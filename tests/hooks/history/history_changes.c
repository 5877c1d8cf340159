#include "tests/hooks/looked.h"

#include "hooks/history/history_changes.h"

struct seen {
    struct buffer lines;
    size_t enough; /* so many are enough */
};

/* One word a visit: the path, "-" if it is gone, "/" if it is a folder. */
static bool see(void *payload, struct text path, const struct diff_side *now)
{
    struct seen *seen = payload;

    if (seen->lines.size)
        buffer_byte(&seen->lines, ' ');
    buffer_text(&seen->lines, path);
    if (now->mode == 0)
        buffer_byte(&seen->lines, '-');
    if ((now->mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE)
        buffer_byte(&seen->lines, '/');
    return --seen->enough > 0;
}

static void expect_changes(struct looked *looked, const char *before,
                           const char *now, const char *want)
{
    struct seen seen = { .lines = BUFFER_EMPTY, .enough = 100 };

    assert_int_equal(0, changes_each(&looked->trees, tree_of(looked, before),
                                     tree_of(looked, now), see, &seen));
    assert_string_equal(seen.lines.size ? seen.lines.bytes : "", want);
    buffer_release(&seen.lines);
}

static void files_that_are_new_gone_or_other_are_visited(void **state)
{
    struct looked looked;

    make("mkdir -p d/e f; call >d/e/a.py; safe >d/b.py; safe >c.py; safe >f/x;"
         "c one; safe >d/e/a.py; rm d/b.py; call >new.py; c two");
    look(&looked, state);
    expect_changes(&looked, "HEAD~1^{tree}", "HEAD^{tree}",
                   "d/e/a.py d/b.py- new.py");
    expect_changes(&looked, "HEAD^{tree}", "HEAD~1^{tree}",
                   "d/e/a.py d/b.py new.py-");
    expect_changes(&looked, "HEAD^{tree}", "HEAD^{tree}", "");
    look_away(&looked);
}

static void folders_are_visited_when_they_come_and_go(void **state)
{
    struct looked looked;

    make("mkdir d; call >d/a.py; c one; mkdir -p e/f; call >e/f/b.py; c two;"
         "rm -r e; call >e; c three");
    look(&looked, state);
    expect_changes(&looked, "HEAD~2^{tree}", "HEAD~1^{tree}",
                   "e/ e/f/ e/f/b.py");
    expect_changes(&looked, "HEAD~1^{tree}", "HEAD^{tree}",
                   "e e- e/f- e/f/b.py-");
    look_away(&looked);
}

static void a_mode_is_a_difference(void **state)
{
    struct looked looked;

    make("call >run; c one; git update-index --chmod=+x run; git commit -qm 2");
    look(&looked, state);
    expect_changes(&looked, "HEAD~1^{tree}", "HEAD^{tree}", "run");
    look_away(&looked);
}

static void whoever_has_seen_enough_sees_no_more(void **state)
{
    struct looked looked;
    struct seen seen = { .lines = BUFFER_EMPTY, .enough = 1 };

    make("mkdir d; call >d/a.py; c one; safe >d/a.py; safe >d/b.py; c two");
    look(&looked, state);
    assert_int_equal(
        0, changes_each(&looked.trees, tree_of(&looked, "HEAD~1^{tree}"),
                        tree_of(&looked, "HEAD^{tree}"), see, &seen));
    assert_null(strchr(seen.lines.bytes, ' '));
    buffer_release(&seen.lines);
    look_away(&looked);
}

static void a_folder_that_cannot_be_read_fails(void **state)
{
    struct looked looked;
    struct seen seen = { .lines = BUFFER_EMPTY, .enough = 100 };

    make("mkdir d; call >d/a.py; c one; safe >d/a.py; c two");
    lose_object("HEAD:d");
    look(&looked, state);
    assert_int_equal(
        -1, changes_each(&looked.trees, tree_of(&looked, "HEAD~1^{tree}"),
                         tree_of(&looked, "HEAD^{tree}"), see, &seen));
    buffer_release(&seen.lines);
    look_away(&looked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(files_that_are_new_gone_or_other_are_visited),
        in_repository(folders_are_visited_when_they_come_and_go),
        in_repository(a_mode_is_a_difference),
        in_repository(whoever_has_seen_enough_sees_no_more),
        in_repository(a_folder_that_cannot_be_read_fails),
    };

    return cmocka_run_group_tests_name("hooks/history/history_changes", tests,
                                       NULL, NULL);
}

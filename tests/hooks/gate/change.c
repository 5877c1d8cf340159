#include "tests/hooks/fake.h"

#include "hooks/gate/change.h"
#include "hooks/gate/staged.h"

#define LINES "for i in 1 2 3 4 5 6 7 8 9; do echo line $i; done"

/* What is staged, against HEAD. */
static struct change staged(struct sandbox *sandbox)
{
    struct change change;
    struct error err;

    if (staged_read(&change, opened(sandbox), &err) < 0)
        fail_msg("%s", err.message);
    return change;
}

/* Where the file at `path` was before; "new" if nowhere. */
static void expect(struct change *change, const char *path, const char *want)
{
    const struct diff_entry *entry = NULL;
    struct error err = { .message = "" };
    int result = change_source(&entry, change, 0, path, &err);
    const char *got = result < 0 ? err.message : entry ? entry->source : "new";

    if (!strstr(got, want))
        fail_msg("%s: got '%s', want '%s'", path, got, want);
}

static void start(void)
{
    sh("git init -q -b main .; mkdir old; (" LINES ") > old/a.py;"
       "(" LINES "; echo b) > b.py; echo short > c.txt;"
       "git add .; git commit -qm one");
}

static void a_renamed_file_has_a_source_even_when_edited(void **state)
{
    struct change change;

    start();
    sh("git mv old/a.py new.py; echo more >> new.py; git add .");
    change = staged(*state);
    expect(&change, "new.py", "old/a.py");
    expect(&change, "new.py", "old/a.py");
    expect(&change, "nothing.py", "new");
    change_release(&change);
}

static void what_is_less_than_half_alike_is_new(void **state)
{
    struct change change;

    start();
    sh("git rm -q old/a.py; (echo line 1; seq 100 130) > new.py; git add .");
    change = staged(*state);
    expect(&change, "new.py", "new");
    change_release(&change);
}

static void a_copy_is_new(void **state)
{
    struct change change;

    start();
    sh("seq 50 > gone.py; git add .; git commit -qm two; git rm -q gone.py;"
       "cp b.py copy.py; echo edited >> b.py; git add .");
    change = staged(*state);
    expect(&change, "copy.py", "new");
    change_release(&change);
}

static void a_committed_change_is_asked_of_its_trees(void **state)
{
    struct change change = CHANGE_EMPTY;
    struct change_parent *parent;

    start();
    sh("git mv old/a.py new.py; git commit -qm two; git rm -q new.py");
    change = staged(*state);
    change.tree = id_of("HEAD^{tree}");
    parent = &change.parents[0];
    parent->commit = id_of("HEAD~1");
    parent->tree = id_of("HEAD~1^{tree}");
    assert_int_equal(1, parent->diff.entries_count);
    expect(&change, "new.py", "old/a.py");
    change_release(&change);
    change_release(&change);
}

static void where_no_python_is_gone_git_is_not_asked(void **state)
{
    struct change change;

    start();
    sh("git rm -q c.txt; echo short > c.py; git add .");
    change = staged(*state);
    fake_git("exit 128");
    expect(&change, "c.py", "new");
    change_release(&change);
}

static void git_is_asked_once(void **state)
{
    struct change change;

    start();
    sh("git mv old/a.py new.py; git mv b.py d.py");
    change = staged(*state);
    fake_git("echo run >> runs; PATH=$REAL exec git \"$@\"");
    expect(&change, "new.py", "old/a.py");
    expect(&change, "d.py", "b.py");
    sh("test $(wc -l < runs) = 1");
    change_release(&change);
}

static void a_failure_is_no_answer_and_not_remembered_as_one(void **state)
{
    struct change change;

    start();
    sh("git mv old/a.py new.py");
    change = staged(*state);
    fake_git("echo fatal: broken >&2; exit 128");
    expect(&change, "new.py", "broken");
    fake_git("exit 1");
    expect(&change, "new.py", "no renames");
    fake_git("echo something else");
    expect(&change, "new.py", "no renames");
    fake_git("printf ':100644'");
    expect(&change, "new.py", "cannot read git's list");
    real_git();
    expect(&change, "new.py", "old/a.py");
    change_release(&change);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FAKES(a_renamed_file_has_a_source_even_when_edited),
        WITH_FAKES(what_is_less_than_half_alike_is_new),
        WITH_FAKES(a_copy_is_new),
        WITH_FAKES(a_committed_change_is_asked_of_its_trees),
        WITH_FAKES(where_no_python_is_gone_git_is_not_asked),
        WITH_FAKES(git_is_asked_once),
        WITH_FAKES(a_failure_is_no_answer_and_not_remembered_as_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

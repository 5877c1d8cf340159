#include "tests/hooks/sandbox.h"

#include "hooks/scan/unstaged.h"

/* Does the file, which holds these bytes now, differ from what is staged? */
static bool differs(const char *path, const char *bytes)
{
    struct unstaged unstaged = UNSTAGED_EMPTY;
    struct error err;
    bool result;

    assert_int_equal(0, unstaged_read(&unstaged, &err));
    result = unstaged_has(&unstaged, path, text_of(bytes));
    unstaged_release(&unstaged);
    unstaged_release(&unstaged);
    return result;
}

static void what_is_staged_as_it_is_does_not_differ(void **state)
{
    (void)state;
    put("a.py", "old\n");
    sh("git init -q; git add a.py");
    assert_false(differs("a.py", "old\n"));
    sh("git commit -qm base");
    assert_false(differs("a.py", "old\n"));
    put("a.py", "new\n");
    sh("git add a.py");
    assert_false(differs("a.py", "new\n"));
}

static void what_was_edited_since_differs(void **state)
{
    (void)state;
    put("a.py", "old\n");
    sh("mkdir b; git init -q");
    put("b/c d.py", "old\n");
    sh("git add .");
    put("a.py", "new\n");
    put("b/c d.py", "new\n");
    assert_true(differs("a.py", "new\n"));
    assert_true(differs("b/c d.py", "new\n"));
}

static void a_new_time_alone_is_no_difference(void **state)
{
    (void)state;
    put("a.py", "old\n");
    sh("git init -q; git add a.py; touch -d 2001-01-01 a.py");
    assert_false(differs("a.py", "old\n"));
}

static void a_file_that_is_not_tracked_does_not_differ(void **state)
{
    (void)state;
    put("a.py", "old\n");
    sh("git init -q");
    assert_false(differs("a.py", "old\n"));
}

static void a_file_in_conflict_differs(void **state)
{
    (void)state;
    sh("git init -q -b main; echo 0 >a.py; git add .; git commit -qm 0;"
       "git checkout -qb side; echo 1 >a.py; git commit -qam 1;"
       "git checkout -q main; echo 2 >a.py; git commit -qam 2;"
       "git merge -q side >/dev/null 2>&1 || true");
    assert_true(differs("a.py", "mine\n"));
}

static void where_git_fails_nothing_is_known(void **state)
{
    struct unstaged unstaged = UNSTAGED_EMPTY;
    struct error err;

    (void)state;
    sh("git init -q; printf broken >.git/index");
    assert_int_equal(-1, unstaged_read(&unstaged, &err));
    unstaged_release(&unstaged);
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_is_staged_as_it_is_does_not_differ),
        IN_FOLDER(what_was_edited_since_differs),
        IN_FOLDER(a_new_time_alone_is_no_difference),
        IN_FOLDER(a_file_that_is_not_tracked_does_not_differ),
        IN_FOLDER(a_file_in_conflict_differs),
        IN_FOLDER(where_git_fails_nothing_is_known),
    };

    return cmocka_run_group_tests_name("hooks/scan/unstaged", tests, NULL,
                                       NULL);
}

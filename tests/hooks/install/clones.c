#include "tests/hooks/sandbox.h"

#include "hooks/install/clones.h"

static void expect(const struct paths *paths, const char *wanted)
{
    struct buffer got = BUFFER_EMPTY;

    for (size_t i = 0; i < paths->items_count; i++)
        buffer_format(&got, "%s\n", paths->items[i]);
    assert_string_equal(wanted, got.bytes ? got.bytes : "");
    buffer_release(&got);
}

static void find(struct clones *clones, const char *folder)
{
    struct error err = { .message = "" };

    if (clones_find(clones, folder, &err) < 0)
        fail_msg("clones_find: %s", err.message);
}

static void clones_are_found_in_order_and_within_each_other(void **state)
{
    struct clones clones;

    (void)state;
    sh("git init -q b; git init -q a/deep; git init -q a/deep/inner");
    find(&clones, ".");
    expect(&clones.found, "./a/deep\n./a/deep/inner\n./b\n");
    clones_release(&clones);
    find(&clones, "a/deep");
    expect(&clones.found, "a/deep\na/deep/inner\n");
    clones_release(&clones);
}

static void worktrees_of_one_repository_count_once(void **state)
{
    struct clones clones;

    (void)state;
    sh("git init -q --bare bare.git; "
       "git init -q a; git -C a commit -q --allow-empty -m x; "
       "git -C a worktree add -q ../b; git -C a push -q ../bare.git HEAD:main; "
       "git -C bare.git worktree add -q ../one main; "
       "git -C bare.git worktree add -q -b other ../two main");
    find(&clones, ".");
    expect(&clones.found, "./a\n./one\n");
    clones_release(&clones);
}

static void a_git_folder_that_leads_nowhere_makes_no_clone(void **state)
{
    struct clones clones;

    (void)state;
    sh("mkdir -p a/.git b c; echo 'gitdir: /nowhere' > b/.git; "
       "echo nonsense > c/.git");
    find(&clones, ".");
    expect(&clones.found, "");
    expect(&clones.closed, "");
    clones_release(&clones);
}

static void links_are_not_followed_and_a_linked_git_folder_is_told(void **state)
{
    struct clones clones;

    (void)state;
    sh("git init -q real; mkdir -p below/b; ln -s ../real below/a; "
       "ln -s ../../real/.git below/b/.git");
    find(&clones, "below");
    expect(&clones.found, "");
    expect(&clones.passed, "below/b/.git\n");
    clones_release(&clones);
}

static void what_is_no_folder_is_refused(void **state)
{
    struct clones clones;
    struct error err = { .code = ERROR_SYSTEM };

    (void)state;
    sh("echo > file");
    assert_int_equal(-1, clones_find(&clones, "file", &err));
    assert_int_equal(ERROR_USAGE, err.code);
    clones_release(&clones);
    assert_int_equal(-1, clones_find(&clones, "none", &err));
    clones_release(&clones);
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(clones_are_found_in_order_and_within_each_other),
        IN_FOLDER(worktrees_of_one_repository_count_once),
        IN_FOLDER(a_git_folder_that_leads_nowhere_makes_no_clone),
        IN_FOLDER(links_are_not_followed_and_a_linked_git_folder_is_told),
        IN_FOLDER(what_is_no_folder_is_refused),
    };

    return cmocka_run_group_tests_name("hooks/install/clones", tests, NULL,
                                       NULL);
}

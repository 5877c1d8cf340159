#include "tests/hooks/sandbox.h"

#include "hooks/install/install_trees.h"
#include "hooks/system/disk.h"

/* "NAME ROOT" in a line each, without the folder of the test. */
static void expect(const struct sandbox *sandbox, const char *state,
                   const char *wanted)
{
    struct install_trees trees;
    struct buffer got = BUFFER_EMPTY, base = BUFFER_EMPTY;
    struct error err = { .message = "" };
    size_t cut = strlen(sandbox->folder) + 1;

    buffer_format(&base, "%s/.git", sandbox->folder);
    if (install_trees_list(&trees, base.bytes, state, NULL, &err) < 0)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < trees.items_count; i++)
        buffer_format(
            &got, "%s %s\n", trees.items[i].name,
            strlen(trees.items[i].root) < cut ? "" : trees.items[i].root + cut);
    assert_string_equal(wanted, got.bytes);
    install_trees_release(&trees);
    buffer_release(&got);
    buffer_release(&base);
}

static void the_main_one_is_first_then_those_linked_by_name(void **state)
{
    (void)state;
    expect(*state, "none", "main-worktree \n");
    sh("git commit -q --allow-empty -m x; git worktree add -q z; "
       "git worktree add -q a");
    expect(*state, "none", "main-worktree \nworktrees/a a\nworktrees/z z\n");
}

static void one_that_is_gone_is_listed_for_what_is_left_of_it(void **state)
{
    (void)state;
    sh("mkdir -p left/worktrees/gone; git commit -q --allow-empty -m x; "
       "git worktree add -q here; mkdir left/worktrees/here");
    expect(*state, "left",
           "main-worktree \nworktrees/here here\nworktrees/gone "
           ".git/worktrees/gone\n");
}

static void single_settings_are_read_where_git_reads_them(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(0, install_trees_have_settings(&err));
    sh("git config extensions.worktreeConfig true");
    assert_int_equal(1, install_trees_have_settings(&err));
    sh("git config extensions.worktreeConfig no");
    assert_int_equal(0, install_trees_have_settings(&err));
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(the_main_one_is_first_then_those_linked_by_name),
        IN_REPOSITORY(one_that_is_gone_is_listed_for_what_is_left_of_it),
        IN_REPOSITORY(single_settings_are_read_where_git_reads_them),
    };

    return cmocka_run_group_tests_name("hooks/install/install_trees", tests,
                                       NULL, NULL);
}

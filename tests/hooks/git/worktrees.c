#include "tests/hooks/sandbox.h"

#include "hooks/git/worktrees.h"

static struct worktrees list(void)
{
    struct worktrees trees = WORKTREES_EMPTY;
    struct error err;

    if (worktrees_list(&trees, &err) < 0)
        fail_msg("%s", err.message);
    return trees;
}

static void the_main_one_comes_first(void **state)
{
    struct worktrees trees;

    (void)state;
    sh("git commit -q --allow-empty -m a; git worktree add -q --detach 'be "
       "side' "
       "2> /dev/null; cd 'be side'");
    trees = list();
    assert_int_equal(2, trees.items_count);
    assert_non_null(strstr(trees.items[1].path, "/be side"));
    assert_false(trees.items[0].bare);
    assert_false(trees.items[1].gone);
    worktrees_release(&trees);
}

static void one_whose_folder_is_gone_is_marked(void **state)
{
    struct worktrees trees;

    (void)state;
    sh("git commit -q --allow-empty -m a; git worktree add -q there 2> "
       "/dev/null; rm -r there");
    trees = list();
    assert_int_equal(2, trees.items_count);
    assert_true(trees.items[1].gone);
    worktrees_release(&trees);
}

static void a_bare_repository_is_none(void **state)
{
    struct worktrees trees;

    (void)state;
    sh("git config core.bare true");
    trees = list();
    assert_int_equal(1, trees.items_count);
    assert_true(trees.items[0].bare);
    worktrees_release(&trees);
}

static void a_line_end_in_its_name_is_part_of_it(void **state)
{
    struct worktrees trees;

    (void)state;
    sh("git commit -q --allow-empty -m a; git worktree add -q --detach "
       "'two\nlines' "
       "2> /dev/null");
    trees = list();
    assert_int_equal(2, trees.items_count);
    assert_non_null(strstr(trees.items[1].path, "/two\nlines"));
    worktrees_release(&trees);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(the_main_one_comes_first),
        IN_REPOSITORY(one_whose_folder_is_gone_is_marked),
        IN_REPOSITORY(a_bare_repository_is_none),
        IN_REPOSITORY(a_line_end_in_its_name_is_part_of_it),
    };

    return cmocka_run_group_tests_name("hooks/git/worktrees", tests, NULL,
                                       NULL);
}

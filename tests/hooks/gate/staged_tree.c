#include "tests/hooks/sandbox.h"

#include "hooks/gate/staged.h"
#include "hooks/gate/staged_tree.h"

/* What is told, against what git writes; first git's own cache is used. */
static void expect_as_git(struct sandbox *sandbox, bool from_index)
{
    struct object_id told, wanted;
    struct change change;
    struct error err = { .message = "" };

    if (staged_read(&change, opened(sandbox), &err) < 0)
        fail_msg("staged_read: %s", err.message);
    if (from_index)
        assert_int_not_equal(0, change.index_tree.size);
    else
        change.index_tree = (struct object_id){ .size = 0 };
    if (staged_tree(&told, sandbox->repo, &change, &err) != 1)
        fail_msg("staged_tree: %s", err.message);
    change_release(&change);
    sh("git write-tree > id");
    sh("git tag -f tree $(cat id) > /dev/null");
    wanted = id_of("tree");
    assert_int_equal(0, object_id_compare(&wanted, &told));
}

static void the_first_commit_has_no_tree_before_it(void **state)
{
    (void)state;
    sh("mkdir -p a/b; echo 1 > a/b/c; echo 2 > a.txt; echo 3 > a0; git add a "
       "a.txt a0");
    expect_as_git(*state, false);
}

static void nothing_at_all_is_the_empty_tree(void **state)
{
    expect_as_git(*state, false);
}

static void folders_that_did_not_change_stay(void **state)
{
    sh("mkdir -p a/b c; echo 1 > a/b/c; echo 2 > c/d; echo 3 > e; git add a c "
       "e; git commit -q -m 1; echo 4 > a/b/new; git add a");
    expect_as_git(*state, false);
}

static void a_folder_without_files_is_gone(void **state)
{
    sh("mkdir -p a/b; echo 1 > a/b/c; echo 2 > d; git add a d; "
       "git commit -q -m 1; git rm -q -r a");
    expect_as_git(*state, false);
}

static void a_file_becomes_a_folder_and_a_folder_a_file(void **state)
{
    sh("mkdir b; echo 1 > a; echo 2 > b/c; echo 3 > d; git add a b d; "
       "git commit -q -m 1; git rm -q -r a b; mkdir a; echo 1 > a/c; echo 2 > "
       "b; git add a b");
    expect_as_git(*state, false);
}

static void names_sort_as_git_sorts_folders(void **state)
{
    sh("mkdir a a-b a.b ab; for f in a/1 a-b/1 a.b/1 ab/1 a-c a.c a0; do echo "
       "$f > $f; done; git add a a-b a.b ab a-c a.c a0; git commit -q -m 1; "
       "echo 2 > a/2; echo 2 > a-b/2; git add a a-b");
    expect_as_git(*state, false);
}

static void links_modes_and_submodules_are_kept(void **state)
{
    sh("echo 1 > a; ln -s a b; echo 2 > run; chmod +x run; git add a b run; "
       "git update-index --add --cacheinfo "
       "160000,1234567890123456789012345678901234567890,sub; "
       "git commit -q -m 1; rm a; ln -s run a; git add a; chmod -x run; git "
       "add "
       "run");
    expect_as_git(*state, false);
}

static void what_is_only_intended_to_be_added_is_not_in_it(void **state)
{
    sh("echo 1 > a; echo 2 > b; git add a; git commit -q -m 1; git add -N b; "
       "echo 3 > c; git add c");
    expect_as_git(*state, false);
}

static void git_knows_it_already_after_write_tree(void **state)
{
    sh("mkdir a; echo 1 > a/b; git add a; git commit -q -m 1; echo 2 > a/c; "
       "git add a; git write-tree > /dev/null");
    expect_as_git(*state, true);
    expect_as_git(*state, false);
}

static void a_conflict_has_no_tree(void **state)
{
    struct sandbox *sandbox = *state;
    struct object_id told;
    struct change change;
    struct error err;

    sh("echo 1 > a; git add a; git commit -q -m 1; git checkout -q -b side; "
       "echo 2 > a; git commit -q -a -m 2; git checkout -q main; echo 3 > a; "
       "git commit -q -a -m 3; git merge -q side > /dev/null 2>&1 || :");
    assert_int_equal(0, staged_read(&change, opened(sandbox), &err));
    assert_int_equal(0, staged_tree(&told, sandbox->repo, &change, &err));
    change_release(&change);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(the_first_commit_has_no_tree_before_it),
        IN_REPOSITORY(nothing_at_all_is_the_empty_tree),
        IN_REPOSITORY(folders_that_did_not_change_stay),
        IN_REPOSITORY(a_folder_without_files_is_gone),
        IN_REPOSITORY(a_file_becomes_a_folder_and_a_folder_a_file),
        IN_REPOSITORY(names_sort_as_git_sorts_folders),
        IN_REPOSITORY(links_modes_and_submodules_are_kept),
        IN_REPOSITORY(what_is_only_intended_to_be_added_is_not_in_it),
        IN_REPOSITORY(git_knows_it_already_after_write_tree),
        IN_REPOSITORY(a_conflict_has_no_tree),
    };

    return cmocka_run_group_tests_name("hooks/gate/staged_tree", tests, NULL,
                                       NULL);
}

#include "tests/hooks/lanes.h"

#include "hooks/gate/change.h"
#include "hooks/gate/staged.h"
#include "hooks/git/libgit2_calls.h"

static void base(void)
{
    sh("mkdir d; for n in a b d/x d/y; do echo $n > $n; done; git add .;"
       "git commit -qm one; echo 1 >> a; git rm -q b; echo 2 > d/n;"
       "git add . && git update-index --chmod=+x d/x && echo 3 > i &&"
       "git add -N i");
}

static void lists_as_git(struct sandbox *sandbox)
{
    char *words = described_by_libgit2(sandbox);
    char *gits = described_by_git(sandbox);

    assert_non_null(words);
    assert_string_equal(gits, words);
    free(words);
    free(gits);
}

static void what_it_lists_is_what_git_lists(void **state)
{
    base();
    lists_as_git(*state);
}

static void without_a_commit_all_is_new(void **state)
{
    sh("echo 1 > a; git add a");
    lists_as_git(*state);
}

static void a_conflict_has_no_sides(void **state)
{
    sh("echo 1 > a; git add a; git commit -qm one; git checkout -qb other;"
       "echo 2 > a; git commit -qam two; git checkout -q -; echo 3 > a;"
       "git commit -qam three; ! git merge -q other >/dev/null");
    lists_as_git(*state);
}

static const struct {
    const char *what, *commands;
} refused[] = {
    { "no index", "rm .git/index" },
    { "a split index", "git update-index --split-index" },
    { "an index without a checksum",
      "truncate -s -20 .git/index; head -c 20 /dev/zero >> .git/index" },
    { "a tree that is cut",
      "t=.git/objects/$(git rev-parse HEAD:d | sed 's|^..|&/|');"
      "chmod u+w $t; truncate -s 10 $t" },
    { "a tree that is missing",
      "t=$(git rev-parse HEAD:d); rm -f .git/objects/$(echo $t | cut -c1-2)/"
      "$(echo $t | cut -c3-)" },
};

static void what_it_refuses_is_left_to_git(void **state)
{
    struct sandbox *sandbox = *state;
    struct object_id head, tree;
    struct error err;

    for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
        struct diff diff;
        struct repo *repo;

        sh("rm -rf .git a b d i; git init -q");
        base();
        repo = opened(sandbox);
        assert_int_equal(1, repo_head(&head, &tree, repo, &err));
        sh(refused[i].commands);
        if (libgit2_diff(&diff, repo, &tree) || diff.entries_count)
            fail_msg("%s is not refused", refused[i].what);
    }
}

static void entries_out_of_order_are_left_to_git(void **state)
{
    struct sandbox *sandbox = *state;
    struct buffer bytes;
    struct diff diff;
    struct object_id nothing = { .size = 0 };
    char *one, *two;

    sh("echo 1 > aa; echo 2 > bb; git add aa bb; git update-index "
       "--index-version 2");
    bytes = bytes_of_file(INDEX);
    one = memmem(bytes.bytes, bytes.size, "aa", 3);
    two = memmem(bytes.bytes, bytes.size, "bb", 3);
    assert_non_null(one);
    assert_non_null(two);
    memcpy(one, "bb", 2);
    memcpy(two, "aa", 2);
    put_sealed(INDEX, bytes.bytes, bytes.size - SHA1_SIZE);
    assert_false(libgit2_diff(&diff, opened(sandbox), &nothing));
    assert_int_equal(0, diff.entries_count);
    buffer_release(&bytes);
}

/* Folders in folders, more than we go down. */
static void it_is_asked_where_our_reader_gives_up(void **state)
{
    struct sandbox *sandbox = *state;
    struct change change;
    struct error err;
    char *words;

    sh("echo 1 > a; git add a; git commit -qm one; git rm -q --cached a;"
       "echo \"100644 $(git rev-parse HEAD:a)\t$(printf 'd/%.0s' "
       "$(seq 1001))x\" | git update-index --index-info");
    assert_null(described_by_us(sandbox));
    words = described_by_libgit2(sandbox);
    assert_non_null(words);
    free(words);
    assert_int_equal(0, staged_read(&change, opened(sandbox), &err));
    assert_int_equal(2, change.parents[0].diff.entries_count);
    assert_string_equal("a", change.parents[0].diff.entries[0].path);
    change_release(&change);
    assert_non_null(libgit2_calls());
}

static void a_tree_out_of_order_is_left_to_git(void **state)
{
    struct sandbox *sandbox = *state;
    struct object_id head, tree;
    struct diff diff;
    struct repo *repo;
    struct error err;

    sh("echo 1 > x; echo 2 > y; git add .; git commit -qm one;"
       "git cat-file tree HEAD >t; t=$({ tail -c 29 t; head -c 29 t; } |"
       "git hash-object -t tree -w --literally --stdin);"
       "git update-ref HEAD $(git commit-tree -m x $t)");
    repo = opened(sandbox);
    assert_int_equal(1, repo_head(&head, &tree, repo, &err));
    assert_false(libgit2_diff(&diff, repo, &tree));
    assert_int_equal(0, diff.entries_count);
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(what_it_lists_is_what_git_lists),
        IN_REPOSITORY(without_a_commit_all_is_new),
        IN_REPOSITORY(a_conflict_has_no_sides),
        IN_REPOSITORY(what_it_refuses_is_left_to_git),
        IN_REPOSITORY(entries_out_of_order_are_left_to_git),
        IN_REPOSITORY(a_tree_out_of_order_is_left_to_git),
        IN_REPOSITORY(it_is_asked_where_our_reader_gives_up),
    };

    return cmocka_run_group_tests_name("hooks/git/libgit2", tests, NULL, NULL);
}

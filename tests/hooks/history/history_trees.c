#include "tests/hooks/looked.h"

/* The files of a reduced tree by name, those that are unknown with "?". */
static void expect_files(struct looked *looked, uint32_t reduced,
                         const char *want)
{
    struct tree_files files = { .files = NULL };
    struct buffer got = BUFFER_EMPTY;

    buffer_string(&got, "");
    assert_int_equal(0, trees_flatten(&looked->trees, reduced, &files));
    for (size_t i = 0; i < files.files_count; i++) {
        struct text path =
            intern_text(&looked->trees.paths, files.files[i].path);

        buffer_format(&got, "%s", i ? " " : "");
        buffer_text(&got, path);
        if (files.files[i].blob == TREES_UNKNOWN)
            buffer_byte(&got, '?');
    }
    if (strcmp(got.size ? got.bytes : "", want) != 0)
        fail_msg("got %s, want %s", got.bytes, want);
    buffer_release(&got);
    free(files.files);
}

static uint32_t reduce(struct looked *looked, const char *revision)
{
    return reduce_tree(&looked->trees, tree_of(looked, revision));
}

static void only_files_with_findings_are_left(void **state)
{
    struct looked looked;

    make("mkdir -p d/e f; call >a.py; safe >b.py; call >d/e/c.py; echo >d/t;"
         "safe >f/x.py; c one");
    look(&looked, state);
    expect_files(&looked, reduce(&looked, "HEAD^{tree}"), "a.py d/e/c.py");
    look_away(&looked);
}

static void trees_that_differ_in_nothing_that_matters_are_equal(void **state)
{
    struct looked looked;
    uint32_t first;

    make("mkdir d e; call >d/a.py; safe >d/b.py; c one; echo >>d/b.py;"
         "echo >e/t; c two; git mv d/a.py e/a.py; c three; git rm -qrf d e;"
         "c four");
    look(&looked, state);
    first = reduce(&looked, "HEAD~3^{tree}");
    assert_int_equal(first, reduce(&looked, "HEAD~2^{tree}"));
    assert_int_not_equal(first, reduce(&looked, "HEAD~1^{tree}"));
    expect_files(&looked, reduce(&looked, "HEAD^{tree}"), "");
    look_away(&looked);
}

static void what_cannot_be_read_stands_for_itself(void **state)
{
    struct looked looked;

    make("mkdir d; call >a.py; call >d/b.py; echo 1 >>d/b.py; c one");
    lose_object("HEAD:d");
    look(&looked, state);
    expect_files(&looked, reduce(&looked, "HEAD^{tree}"), "a.py d?");
    assert_int_equal(1, looked.report.incomplete_count);
    assert_string_equal("d", looked.report.incomplete[0].path);
    reduce(&looked, "HEAD^{tree}");
    assert_int_equal(1, looked.report.incomplete_count);
    look_away(&looked);
}

static void an_unreadable_root_is_unknown_as_a_whole(void **state)
{
    struct looked looked;
    uint32_t root, blob;

    make("call >a.py; c one; git tag keep HEAD:a.py");
    look(&looked, state);
    root = tree_of(&looked, "HEAD^{tree}");
    lose_object("HEAD^{tree}");
    expect_files(&looked, reduce_tree(&looked.trees, root), "?");
    assert_int_equal(1,
                     trees_find(&looked.trees, reduce_tree(&looked.trees, root),
                                path_of(&looked, "a.py"), &blob));
    assert_true(blob == TREES_UNKNOWN);
    assert_true(trees_has_path(&looked.trees, root, path_of(&looked, "x")));
    look_away(&looked);
}

static void what_was_pending_is_listed_as_it_turned_out(void **state)
{
    struct looked looked;
    uint32_t root, blob;

    make("call >a.py; { call; seq 1000000; } >b.py; { safe; echo '# mktemp'; } "
         ">d.py; c one");
    look(&looked, state);
    looked.blobs.later = true;
    root = reduce(&looked, "HEAD^{tree}");
    blobs_finish(&looked.blobs);
    expect_files(&looked, root, "a.py b.py?");
    assert_int_equal(
        0, trees_find(&looked.trees, root, path_of(&looked, "d.py"), &blob));
    assert_int_equal(
        1, trees_find(&looked.trees, root, path_of(&looked, "b.py"), &blob));
    assert_true(blob == TREES_UNKNOWN);
    assert_string_equal("b.py", looked.report.incomplete[0].path);
    look_away(&looked);
}

static void a_blob_that_is_no_tree_is_incomplete(void **state)
{
    struct looked looked;

    make("call >a.py; c one");
    look(&looked, state);
    expect_files(&looked, reduce(&looked, "HEAD:a.py"), "?");
    assert_int_equal(1, looked.report.incomplete_count);
    look_away(&looked);
}

static void a_file_is_found_by_its_path(void **state)
{
    struct looked looked;
    uint32_t root, blob;

    make("mkdir -p d/e; call >d/e/a.py; safe >d/b.py; c one");
    look(&looked, state);
    root = reduce(&looked, "HEAD^{tree}");
    assert_int_equal(1, trees_find(&looked.trees, root,
                                   path_of(&looked, "d/e/a.py"), &blob));
    assert_int_equal(1, looked.blobs.blobs[blob].count);
    assert_int_equal(
        0, trees_find(&looked.trees, root, path_of(&looked, "d/b.py"), &blob));
    assert_int_equal(
        0, trees_find(&looked.trees, root, path_of(&looked, "d/e"), &blob));
    assert_int_equal(0, trees_find(&looked.trees, root,
                                   path_of(&looked, "d/e/a.py/x"), &blob));
    look_away(&looked);
}

static void any_path_of_the_tree_object_is_seen(void **state)
{
    struct looked looked;
    uint32_t root;

    make("mkdir d; safe >d/a.py; echo >t; c one");
    look(&looked, state);
    root = tree_of(&looked, "HEAD^{tree}");
    assert_true(trees_has_path(&looked.trees, root, path_of(&looked, "t")));
    assert_true(trees_has_path(&looked.trees, root, path_of(&looked, "d")));
    assert_true(
        trees_has_path(&looked.trees, root, path_of(&looked, "d/a.py")));
    assert_false(trees_has_path(&looked.trees, root, path_of(&looked, "d/b")));
    assert_false(trees_has_path(&looked.trees, root, path_of(&looked, "t/b")));
    assert_false(trees_has_path(&looked.trees, root, path_of(&looked, "x")));
    look_away(&looked);
}

/* Trees of trees: 2 to the power of 24 files in 24 objects. */
static void a_tree_of_endless_size_is_a_limit(void **state)
{
    struct looked looked;
    struct tree_files files = { .files = NULL };

    make("call >a.py; c one; t=$(git rev-parse 'HEAD^{tree}');"
         "for i in $(seq 24); do t=$(printf '040000 tree %s\\ta\\n040000 tree "
         "%s\\tb\\n' $t $t | git mktree); done; git tag big $t");
    look(&looked, state);
    assert_int_equal(
        -1, trees_flatten(&looked.trees, reduce(&looked, "big"), &files));
    assert_int_equal(1, files.files_count);
    assert_true(files.files[0].blob == TREES_UNKNOWN);
    free(files.files);
    look_away(&looked);
}

static void folders_too_deep_are_incomplete(void **state)
{
    struct tree_files files = { .files = NULL };
    struct looked looked;

    make("call >a.py; c one; t=$(git rev-parse 'HEAD^{tree}');"
         "for i in $(seq 1001); do t=$(printf '040000 tree %s\\td\\n' $t |"
         "git mktree); done; git tag deep $t");
    look(&looked, state);
    assert_int_equal(
        0, trees_flatten(&looked.trees, reduce(&looked, "deep"), &files));
    assert_int_equal(1, files.files_count);
    assert_true(files.files[0].blob == TREES_UNKNOWN);
    assert_int_equal(1, looked.report.incomplete_count);
    free(files.files);
    look_away(&looked);
}

static void of_a_path_that_is_there_twice_the_first_stays(void **state)
{
    struct tree_file all[] = { { 3, 1 }, { 1, 2 }, { 2, 3 } };
    struct tree_files files = { all, 3, 3 };

    (void)state;
    tree_files_sort(&files);
    assert_int_equal(3, files.files_count);
    assert_int_equal(1, all[0].path);
    assert_int_equal(3, all[2].path);
    all[1].path = 1;
    tree_files_sort(&files);
    assert_int_equal(2, files.files_count);
    assert_int_equal(3, all[1].path);
}

static void a_file_is_put_into_a_reduced_tree_and_taken_out(void **state)
{
    struct looked looked;
    uint32_t before, with, blob;

    make("mkdir -p d/e; call >a.py; call >d/e/b.py; c one");
    look(&looked, state);
    before = reduce(&looked, "HEAD^{tree}");
    assert_int_equal(
        1, trees_find(&looked.trees, before, path_of(&looked, "a.py"), &blob));
    with = trees_put(&looked.trees, before, TEXT("d/f/c.py"), blob);
    expect_files(&looked, with, "a.py d/e/b.py d/f/c.py");
    assert_int_equal(before, trees_put(&looked.trees, with, TEXT("d/f/c.py"),
                                       TREES_UNKNOWN));
    expect_files(
        &looked,
        trees_put(&looked.trees, before, TEXT("d/e/b.py"), TREES_UNKNOWN),
        "a.py");
    assert_int_equal(before, trees_put(&looked.trees, before, TEXT("x/y.py"),
                                       TREES_UNKNOWN));
    look_away(&looked);
}

static void nothing_is_put_into_what_cannot_be_read(void **state)
{
    struct looked looked;
    uint32_t reduced;

    make("mkdir d; call >a.py; call >d/b.py; echo 1 >>d/b.py; c one");
    lose_object("HEAD:d");
    look(&looked, state);
    reduced = reduce(&looked, "HEAD^{tree}");
    assert_int_equal(reduced,
                     trees_put(&looked.trees, reduced, TEXT("d/x.py"), 0));
    look_away(&looked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(only_files_with_findings_are_left),
        in_repository(trees_that_differ_in_nothing_that_matters_are_equal),
        in_repository(what_cannot_be_read_stands_for_itself),
        in_repository(an_unreadable_root_is_unknown_as_a_whole),
        in_repository(what_was_pending_is_listed_as_it_turned_out),
        in_repository(a_blob_that_is_no_tree_is_incomplete),
        in_repository(a_file_is_found_by_its_path),
        in_repository(any_path_of_the_tree_object_is_seen),
        in_repository(a_file_is_put_into_a_reduced_tree_and_taken_out),
        in_repository(nothing_is_put_into_what_cannot_be_read),
        in_repository(a_tree_of_endless_size_is_a_limit),
        in_repository(folders_too_deep_are_incomplete),
        cmocka_unit_test(of_a_path_that_is_there_twice_the_first_stays),
    };

    return cmocka_run_group_tests_name("hooks/history/history_trees", tests,
                                       NULL, NULL);
}

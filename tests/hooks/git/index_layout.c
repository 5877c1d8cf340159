#include "tests/hooks/indexed.h"

#include "hooks/git/index_layout.h"

/* The folder of this name in another; NULL if TREE does not tell. */
static const struct index_folder *folder(const struct index_folder *in,
                                         const char *name)
{
    for (size_t i = 1; in && i < in->folders_count; i += in[i].folders_count)
        if (text_equal(in[i].name, text_of(name)))
            return &in[i];
    return NULL;
}

static void folders_are_found_by_name_with_what_they_hold(void **state)
{
    struct index_layout layout = INDEX_LAYOUT_EMPTY;
    struct buffer bytes;
    const struct index_folder *root;
    struct object_id id;

    (void)state;
    sh("mkdir -p a/b/c a/d e; for f in a/1 a/b/2 a/b/c/3 a/d/4 e/5 6; do "
       "echo $f > $f; done; git add .; git commit -qm one; echo 7 > a/d/7;"
       "git add a/d/7");
    bytes = bytes_of_file(INDEX);
    assert_true(index_layout_read(&layout, buffer_view(&bytes), SHA1_SIZE));
    assert_int_equal(7, layout.entries_count);
    root = layout.folders;
    assert_int_equal(6, root->folders_count);
    assert_int_equal(0, root->id.size);
    assert_int_equal(0, folder(folder(root, "a"), "d")->id.size);
    id = id_of("HEAD:a/b");
    assert_int_equal(
        0, object_id_compare(&id, &folder(folder(root, "a"), "b")->id));
    assert_int_equal(2, folder(folder(root, "a"), "b")->entries_count);
    id = id_of("HEAD:e");
    assert_int_equal(0, object_id_compare(&id, &folder(root, "e")->id));
    assert_null(folder(root, "b"));
    assert_null(folder(folder(root, "e"), "c"));
    assert_null(folder(NULL, "a"));
    index_layout_release(&layout);
    index_layout_release(&layout);
    buffer_release(&bytes);
}

static void an_index_without_cached_trees_has_no_folders(void **state)
{
    struct index_layout layout = INDEX_LAYOUT_EMPTY;
    struct buffer bytes;

    (void)state;
    sh("echo 1 > a; git add .");
    bytes = bytes_of_file(INDEX);
    assert_true(index_layout_read(&layout, buffer_view(&bytes), SHA1_SIZE));
    assert_int_equal(1, layout.entries_count);
    assert_null(layout.folders);
    assert_null(folder(layout.folders, ""));
    index_layout_release(&layout);
    buffer_release(&bytes);
}

static void what_does_not_begin_like_an_index_is_none(void **state)
{
    const struct text files[] = {
        { "", 0 },
        TEXT("DIRC\0\0\0\2\0\0\0\0xxxxxxxxxxxxxxxxxxx"),
        TEXT("DIRC\0\0\0\1\0\0\0\0xxxxxxxxxxxxxxxxxxxx"),
        TEXT("DIRC\0\0\0\5\0\0\0\0xxxxxxxxxxxxxxxxxxxx"),
        TEXT("DIRC\1\0\0\2\0\0\0\0xxxxxxxxxxxxxxxxxxxx"),
        TEXT("dirc\0\0\0\2\0\0\0\0xxxxxxxxxxxxxxxxxxxx"),
        TEXT("DIRC\0\0\0\2\0\0\0\1xxxxxxxxxxxxxxxxxxxx"),
        TEXT("DIRC\0\0\0\2\0\0\0\0yxxxxxxxxxxxxxxxxxxxx"),
    };
    const struct text good = TEXT("DIRC\0\0\0\2\0\0\0\0xxxxxxxxxxxxxxxxxxxx");
    struct index_layout layout = INDEX_LAYOUT_EMPTY;

    (void)state;
    assert_true(index_layout_read(&layout, good, SHA1_SIZE));
    index_layout_release(&layout);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        if (index_layout_read(&layout, files[i], SHA1_SIZE))
            fail_msg("file %zu is taken for an index", i);
        index_layout_release(&layout);
    }
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(folders_are_found_by_name_with_what_they_hold),
        IN_REPOSITORY(an_index_without_cached_trees_has_no_folders),
        IN_REPOSITORY(what_does_not_begin_like_an_index_is_none),
    };

    return cmocka_run_group_tests_name("hooks/git/index_layout", tests, NULL,
                                       NULL);
}

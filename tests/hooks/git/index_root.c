#include "tests/hooks/indexed.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "hooks/git/index_root.h"

static void start(void)
{
    sh("mkdir -p d/e; echo 1 > a; echo 2 > d/b.py; echo 3 > d/e/c;"
       "git add .; git commit -qm one");
}

static struct index_shape shape_of(const char *path)
{
    struct index_shape shape;

    assert_true(index_shape_read(&shape, path, SHA1_SIZE));
    return shape;
}

/* The tree that the file makes, or "". */
static void tree_of(char hex[OBJECT_HEX_MAX], const char *path,
                    const struct index_shape *shape)
{
    struct object_id tree;

    memset(&tree, 0xff, sizeof(tree));
    hex[0] = '\0';
    if (index_root(&tree, path, shape))
        object_id_format(&tree, hex);
}

static void refused(const char *what, const struct index_shape *shape)
{
    char hex[OBJECT_HEX_MAX];

    tree_of(hex, INDEX, shape);
    if (hex[0])
        fail_msg("%s: %s", what, hex);
}

static void what_git_writes_before_a_commit_tells_its_tree(void **state)
{
    char hex[OBJECT_HEX_MAX];
    struct buffer wanted;
    struct index_shape shape;
    struct object_id tree, id;

    (void)state;
    start();
    sh("echo 4 >> d/b.py; git add .");
    shape = shape_of(INDEX);
    refused("after git add nobody knows it", &shape);
    sh("git write-tree > tree");
    tree_of(hex, INDEX, &shape);
    wanted = bytes_of_file("tree");
    assert_int_equal(strlen(hex) + 1, wanted.size);
    assert_memory_equal(hex, wanted.bytes, strlen(hex));
    buffer_release(&wanted);
    memset(&tree, 0xff, sizeof(tree));
    assert_true(index_root(&tree, INDEX, &shape));
    assert_int_equal(0, object_id_parse(&id, text_of(hex)));
    assert_int_equal(0, object_id_compare(&id, &tree));
}

static void other_entries_make_another_tree(void **state)
{
    char before[OBJECT_HEX_MAX], after[OBJECT_HEX_MAX];
    struct index_shape shape;

    (void)state;
    start();
    sh("git write-tree");
    shape = shape_of(INDEX);
    tree_of(before, INDEX, &shape);
    sh("echo 5 > d/e/c; git add .");
    refused("a file of the same name", &shape);
    sh("git write-tree");
    tree_of(after, INDEX, &shape);
    assert_string_not_equal(before, after);
    assert_int_not_equal(0, strlen(after));
}

static void another_shape_tells_nothing(void **state)
{
    static const struct {
        const char *what, *command;
    } changes[] = {
        { "one file more", "echo 6 > f; git add f; git write-tree" },
        { "one file less", "git rm -q --cached a f; git write-tree" },
        { "version 4", "git update-index --index-version 4; git write-tree" },
        { "a longer name",
          "git reset -q; git update-index --index-version 2; git mv a "
          "aaaaaaaaaaaaaaaaaaaa; git write-tree" },
        { "a split index", "git update-index --split-index" },
        { "no file", "rm .git/index" },
        { "a folder", "rm -f .git/index; mkdir .git/index" },
        { "an empty file", "rmdir .git/index; : > .git/index" },
    };
    struct index_shape shape;

    (void)state;
    start();
    sh("git write-tree");
    shape = shape_of(INDEX);
    for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
        sh(changes[i].command);
        refused(changes[i].what, &shape);
    }
}

/* A byte of the header or behind the entries, each changed alone, is another
 * tree or none. */
static void no_flipped_byte_tells_the_same_tree(void **state)
{
    char before[OBJECT_HEX_MAX], hex[OBJECT_HEX_MAX];
    struct index_shape shape;
    unsigned char byte, other;
    struct stat about;
    int file;

    (void)state;
    start();
    sh("git write-tree");
    shape = shape_of(INDEX);
    tree_of(before, INDEX, &shape);
    file = open(INDEX, O_RDWR);
    assert_int_equal(0, fstat(file, &about));
    /* The root's line and id: the rest of TREE is of the folders below. */
    for (uint64_t at = 0; at < shape.entries_end + 8 + 5 + SHA1_SIZE; at++) {
        if (at == 12)
            at = shape.entries_end;
        assert_int_equal(1, pread(file, &byte, 1, (off_t)at));
        other = byte ^ 1;
        assert_int_equal(1, pwrite(file, &other, 1, (off_t)at));
        tree_of(hex, INDEX, &shape);
        /* How many folders the root has changes nothing. */
        if (strcmp(hex, before) == 0 && at != shape.entries_end + 8 + 3)
            fail_msg("byte %u", (unsigned)at);
        assert_int_equal(1, pwrite(file, &byte, 1, (off_t)at));
    }
    assert_int_equal(0, ftruncate(file, about.st_size - 1));
    refused("a byte less", &shape);
    close(file);
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(what_git_writes_before_a_commit_tells_its_tree),
        IN_REPOSITORY(other_entries_make_another_tree),
        IN_REPOSITORY(another_shape_tells_nothing),
        IN_REPOSITORY(no_flipped_byte_tells_the_same_tree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/daemon/keepsake.h"
#include "cmd/daemon/memo.h"
#include "cmd/daemon/witness.h"

#define ID_SIZE 20

static char top[64], index_path[96], other[96];
static struct keepsake keepsake;
static struct buffer told;
static int out;

static void put(const char *path, const void *bytes, size_t size)
{
    int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);

    assert_int_equal(size, write(fd, bytes, size));
    close(fd);
}

static void keep(struct buffer *to, const char *string)
{
    buffer_append(to, string, strlen(string) + 1);
}

static void rest(void)
{
    usleep(SIGHT_REST_NS / 1000 + 10000);
}

/* An index without entries, and a check of it that has looked at it. */
static int setup(void **state)
{
    static const char empty[12 + ID_SIZE] = "DIRC\0\0\0\2";
    struct stat about;

    (void)state;
    snprintf(top, sizeof(top), "/tmp/tmpguard-test.XXXXXX");
    if (!mkdtemp(top))
        return -1;
    snprintf(index_path, sizeof(index_path), "%s/index", top);
    snprintf(other, sizeof(other), "%s/other", top);
    put(index_path, empty, sizeof(empty));
    put(other, "x", 1);
    rest();
    keepsake =
        (struct keepsake){ .tree = { .size = ID_SIZE }, .id_size = ID_SIZE };
    keep(&keepsake.git_dir, top);
    keep(&keepsake.common_dir, top);
    keep(&keepsake.root, top);
    keep(&keepsake.index_path, index_path);
    told = BUFFER_EMPTY;
    out = memfd_create("out", MFD_CLOEXEC);
    witness_begin(top);
    return stat(index_path, &about) + stat(other, &about);
}

static int teardown(void **state)
{
    (void)state;
    witness_end();
    close(out);
    buffer_release(&keepsake.git_dir);
    buffer_release(&keepsake.common_dir);
    buffer_release(&keepsake.root);
    buffer_release(&keepsake.index_path);
    buffer_release(&told);
    unlink(index_path);
    unlink(other);
    return rmdir(top);
}

/* How long the memo is; 0: there is none. */
static size_t tell(size_t size)
{
    witness_end();
    keepsake_tell(&keepsake, &told, 1, out, size);
    return told.size;
}

static void what_was_seen_and_printed_is_told(void **state)
{
    struct sight sight;
    struct memo memo;

    (void)state;
    assert_int_equal(5, write(out, "fine\n", 5));
    assert_int_not_equal(0, tell(5));
    assert_int_equal(0, memo_decode(&memo, buffer_view(&told)));
    assert_true(memo.code == 1 && memo.rests);
    assert_true(text_equal(TEXT("fine\n"), memo.out));
    assert_int_equal(12, memo.shape.entries_end);
    assert_int_equal(1, memo_next_sight(&sight, &memo.sights));
    assert_string_equal(other, sight.path.bytes);
    assert_int_equal(0, memo_next_sight(&sight, &memo.sights));
}

static void nothing_is_told_of_a_tree_that_is_not_known(void **state)
{
    (void)state;
    keepsake.tree.size = 0;
    assert_int_equal(0, tell(0));
}

static void nothing_is_told_where_a_sight_is_in_doubt(void **state)
{
    struct stat about;

    (void)state;
    put(other, "y", 1);
    assert_int_equal(0, lstat(other, &about));
    assert_int_equal(0, tell(0));
}

static void nothing_is_told_where_not_all_was_seen(void **state)
{
    (void)state;
    assert_int_equal(0, chdir("/"));
    assert_int_equal(0, tell(0));
}

/* The tree that git names for it tells whether it is another. */
static void an_index_that_had_just_changed_is_told_as_such(void **state)
{
    struct stat about;
    struct memo memo;

    (void)state;
    assert_int_equal(0, chmod(index_path, 0600));
    witness_begin(top);
    assert_int_equal(0, stat(index_path, &about));
    assert_int_not_equal(0, tell(0));
    assert_int_equal(0, memo_decode(&memo, buffer_view(&told)));
    assert_false(memo.rests);
}

static void nothing_is_told_of_an_index_that_is_another_by_now(void **state)
{
    (void)state;
    assert_int_equal(0, chmod(index_path, 0600));
    assert_int_equal(0, tell(0));
}

static void nothing_is_told_of_an_index_that_nobody_looked_at(void **state)
{
    struct stat about;

    (void)state;
    witness_begin(top);
    assert_int_equal(0, stat(other, &about));
    assert_int_equal(0, tell(0));
}

static void nothing_is_told_that_is_too_long(void **state)
{
    (void)state;
    assert_int_equal(0, ftruncate(out, MEMO_OUT_MAX + 1));
    assert_int_equal(0, tell(MEMO_OUT_MAX + 1));
    assert_int_not_equal(0, tell(MEMO_OUT_MAX));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_seen_and_printed_is_told),
        TEST(nothing_is_told_of_a_tree_that_is_not_known),
        TEST(nothing_is_told_where_a_sight_is_in_doubt),
        TEST(nothing_is_told_where_not_all_was_seen),
        TEST(an_index_that_had_just_changed_is_told_as_such),
        TEST(nothing_is_told_of_an_index_that_is_another_by_now),
        TEST(nothing_is_told_of_an_index_that_nobody_looked_at),
        TEST(nothing_is_told_that_is_too_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

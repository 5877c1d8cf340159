#include "tests/hooks/sandbox.h"

#include <errno.h>
#include <fcntl.h>

#include "hooks/system/dirents.h"

/* The entries of the current folder, folders with a '/' behind them. */
static void expect(struct dirents *dirents, bool has_git, const char *want)
{
    struct buffer got = BUFFER_EMPTY;
    int fd = open(".", O_RDONLY | O_DIRECTORY);

    assert_true(fd >= 0);
    dirents_clear(dirents);
    assert_int_equal(0, dirents_read(dirents, fd));
    close(fd);
    for (size_t i = 0; i < dirents->items_count; i++) {
        const struct dirents_item *item = &dirents->items[i];

        assert_string_equal(item->name, dirents->names.bytes + item->at);
        buffer_format(&got, "%s%s ", item->name, item->is_folder ? "/" : "");
    }
    buffer_string(&got, "");
    assert_string_equal(want, got.bytes ? got.bytes : "");
    assert_int_equal(has_git, dirents->has_git);
    buffer_release(&got);
}

static void folders_and_files_are_sorted_and_others_left_out(void **state)
{
    struct dirents dirents = { 0 };

    (void)state;
    expect(&dirents, false, "");
    sh("mkdir b a.d; touch c B .hidden a.; mkfifo pipe; ln -s c link");
    expect(&dirents, false, ".hidden B a. a.d/ b/ c ");
    sh("mkdir .git");
    expect(&dirents, true, ".hidden B a. a.d/ b/ c ");
    sh("rm -r * .git; echo gitdir: x > .git");
    expect(&dirents, true, ".hidden ");
    dirents_release(&dirents);
    dirents_release(&dirents);
}

static void very_many_entries_are_all_read(void **state)
{
    struct dirents dirents = { 0 };
    int fd = open(".", O_RDONLY | O_DIRECTORY);

    (void)state;
    sh("seq 100000 104999 | xargs touch");
    assert_int_equal(0, dirents_read(&dirents, fd));
    close(fd);
    assert_int_equal(5000, dirents.items_count);
    assert_string_equal("100000", dirents.items[0].name);
    assert_string_equal("104999", dirents.items[4999].name);
    dirents_release(&dirents);
}

static void what_is_no_folder_is_an_error(void **state)
{
    struct dirents dirents = { 0 };
    int fd;

    (void)state;
    sh("touch file");
    fd = open("file", O_RDONLY);
    assert_int_equal(-1, dirents_read(&dirents, fd));
    assert_int_equal(ENOTDIR, errno);
    assert_int_equal(0, dirents.items_count);
    close(fd);
    dirents_release(&dirents);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(folders_and_files_are_sorted_and_others_left_out),
        TEST(very_many_entries_are_all_read),
        TEST(what_is_no_folder_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

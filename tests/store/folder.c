#include "tests/test.h"

#include "store/folder.h"
#include "tests/store/scratch.h"

static void make_folder(const struct scratch *scratch)
{
    struct error err;

    assert_int_equal(0, folder_make(scratch->folder, 1, &err));
}

static void refuses(const struct scratch *scratch, const char *words)
{
    struct folder folder;
    struct error err;

    assert_int_equal(-1, folder_open(&folder, scratch->folder, &err));
    folder_close(&folder);
    if (!strstr(err.message, words))
        fail_msg("'%s' does not say '%s'", err.message, words);
}

static void a_folder_and_its_parent_are_made(void **state)
{
    struct scratch *scratch = *state;
    struct folder folder;
    struct error err;

    make_folder(scratch);
    make_folder(scratch);
    assert_int_equal(0, folder_open(&folder, scratch->folder, &err));
    folder_close(&folder);
}

static void slashes_at_the_end_do_not_matter(void **state)
{
    struct scratch *scratch = *state;
    char name[160];
    struct error err;
    struct stat about;

    scratch_name(name, sizeof(name), scratch->folder, "//");
    assert_int_equal(0, folder_make(name, 1, &err));
    assert_int_equal(0, stat(scratch->folder, &about));
}

static void a_folder_that_others_may_write_is_refused(void **state)
{
    struct scratch *scratch = *state;

    make_folder(scratch);
    assert_int_equal(0, chmod(scratch->folder, 0770));
    refuses(scratch, "others may write");
    assert_int_equal(0, chmod(scratch->folder, 0702));
    refuses(scratch, "others may write");
}

static void a_folder_of_another_user_is_refused(void **state)
{
    struct scratch *scratch = *state;

    make_folder(scratch);
    if (chown(scratch->folder, 65534, 65534) < 0) {
        print_message("skipped: only root can give a folder away\n");
        skip();
    }
    refuses(scratch, "belongs to another user");
}

static void a_symbolic_link_in_its_place_is_refused(void **state)
{
    struct scratch *scratch = *state;

    make_folder(scratch);
    assert_int_equal(0, rename(scratch->folder, scratch->other));
    assert_int_equal(0, symlink(scratch->other, scratch->folder));
    refuses(scratch, "cannot open");
}

static void a_file_in_its_place_is_refused(void **state)
{
    struct scratch *scratch = *state;

    make_folder(scratch);
    assert_int_equal(0, rmdir(scratch->folder));
    scratch_write(scratch->folder, TEXT("a file"));
    refuses(scratch, "cannot open");
}

static void a_link_on_the_way_to_it_is_followed(void **state)
{
    struct scratch *scratch = *state;
    struct folder folder;
    struct error err;
    char home[160];

    make_folder(scratch);
    scratch_name(home, sizeof(home), scratch->root, "home");
    assert_int_equal(0, rename(home, scratch->other));
    assert_int_equal(0, symlink(scratch->other, home));
    assert_int_equal(0, folder_open(&folder, scratch->folder, &err));
    assert_non_null(strstr(folder.path, "/other/cache"));
    folder_close(&folder);
    store_close(scratch_open(scratch));
}

static void a_fifo_as_lock_does_not_hang(void **state)
{
    struct scratch *scratch = *state;
    char lock[160];

    make_folder(scratch);
    scratch_name(lock, sizeof(lock), scratch->folder, FOLDER_LOCK_NAME);
    assert_int_equal(0, mkfifo(lock, 0600));
    refuses(scratch, "not a regular file");
}

static void a_link_as_lock_is_not_followed(void **state)
{
    struct scratch *scratch = *state;
    char lock[160];

    make_folder(scratch);
    scratch_name(lock, sizeof(lock), scratch->folder, FOLDER_LOCK_NAME);
    assert_int_equal(0, symlink(scratch->other, lock));
    refuses(scratch, FOLDER_LOCK_NAME);
    assert_int_equal(-1, access(scratch->other, F_OK));
}

static void a_lock_under_a_second_name_is_left_alone(void **state)
{
    struct scratch *scratch = *state;
    char lock[160];

    make_folder(scratch);
    scratch_write(scratch->other, TEXT("precious"));
    scratch_name(lock, sizeof(lock), scratch->folder, FOLDER_LOCK_NAME);
    assert_int_equal(0, link(scratch->other, lock));
    refuses(scratch, "not a regular file");
}

static void so_many_parents_are_made_and_no_more(void **state)
{
    struct scratch *scratch = *state;
    char path[160];
    struct stat about;
    struct error err;

    scratch_name(path, sizeof(path), scratch->root, "a/b/c");
    assert_int_equal(-1, folder_make(path, 1, &err));
    assert_int_equal(0, folder_make(path, 2, &err));
    assert_int_equal(0, folder_make(path, 0, &err));
    assert_int_equal(0, stat(path, &about));
    assert_int_equal(0700, about.st_mode & 0777);
}

static void the_last_200_MiB_and_the_last_percent_are_left_alone(void **state)
{
    const uint64_t GiB = (uint64_t)1 << 30;

    (void)state;
    assert_true(folder_space_enough(FOLDER_FREE_MIN, GiB));
    assert_false(folder_space_enough(FOLDER_FREE_MIN - 1, GiB));
    assert_true(folder_space_enough(GiB, 100 * GiB));
    assert_false(folder_space_enough(GiB - 1, 100 * GiB));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(a_folder_and_its_parent_are_made),
        SCRATCH_TEST(slashes_at_the_end_do_not_matter),
        SCRATCH_TEST(a_folder_that_others_may_write_is_refused),
        SCRATCH_TEST(a_folder_of_another_user_is_refused),
        SCRATCH_TEST(a_symbolic_link_in_its_place_is_refused),
        SCRATCH_TEST(a_file_in_its_place_is_refused),
        SCRATCH_TEST(a_link_on_the_way_to_it_is_followed),
        SCRATCH_TEST(a_fifo_as_lock_does_not_hang),
        SCRATCH_TEST(a_link_as_lock_is_not_followed),
        SCRATCH_TEST(a_lock_under_a_second_name_is_left_alone),
        SCRATCH_TEST(so_many_parents_are_made_and_no_more),
        SCRATCH_TEST(the_last_200_MiB_and_the_last_percent_are_left_alone),
    };

    return cmocka_run_group_tests_name("store/folder", tests, NULL, NULL);
}

#include "tests/hooks/sandbox.h"

#include <sys/stat.h>

#include "hooks/system/disk.h"

static void a_file_is_replaced_whole_with_its_mode(void **state)
{
    struct error err;
    struct stat about;

    (void)state;
    put("file", "old");
    assert_int_equal(0, disk_write("file", TEXT("new"), 0751, &err));
    assert_true(disk_holds("file", TEXT("new")));
    assert_int_equal(0, stat("file", &about));
    assert_int_equal(0751, about.st_mode & 07777);
    sh("test \"$(ls)\" = file");
}

static void a_locked_file_is_not_written(void **state)
{
    struct error err;

    (void)state;
    put("file", "old");
    put("file.lock", "");
    assert_int_equal(-1, disk_write_locked("file", TEXT("new"), 0644, &err));
    assert_true(disk_holds("file", TEXT("old")));
    assert_true(disk_has("file.lock"));
}

static void what_is_no_file_is_not_read(void **state)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;

    (void)state;
    sh("mkfifo pipe; mkdir folder; ln -s loop loop");
    assert_int_equal(-1, disk_read(&bytes, "pipe", &err));
    assert_int_equal(-1, disk_read(&bytes, "folder", &err));
    assert_int_equal(-1, disk_read(&bytes, "loop", &err));
    assert_int_equal(0, disk_read(&bytes, "nothing", &err));
    buffer_release(&bytes);
}

static void
a_path_is_below_a_folder_through_links_only_if_they_lead_there(void **state)
{
    (void)state;
    sh("mkdir -p a/b ab; ln -s ../ab a/out; ln -s a in");
    assert_true(disk_is_below("a/b", "a"));
    assert_true(disk_is_below("a/not-yet/there", "a"));
    assert_true(disk_is_below("in/b", "a"));
    assert_false(disk_is_below("a/out", "a"));
    assert_false(disk_is_below("ab", "a"));
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_file_is_replaced_whole_with_its_mode),
        IN_FOLDER(a_locked_file_is_not_written),
        IN_FOLDER(what_is_no_file_is_not_read),
        IN_FOLDER(
            a_path_is_below_a_folder_through_links_only_if_they_lead_there),
    };

    return cmocka_run_group_tests_name("hooks/system/disk", tests, NULL, NULL);
}

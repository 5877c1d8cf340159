#include "tests/hooks/sandbox.h"

#include <sys/stat.h>

#include "hooks/gate/baseline_file.h"

static struct baseline one(void)
{
    char path[] = "a.py";
    const struct baseline_entry entry = { .path = path,
                                          .target = TARGET_OS_TEMPNAM };
    struct baseline baseline = BASELINE_EMPTY;

    baseline_add(&baseline, &entry);
    return baseline;
}

static unsigned mode_of(const char *path)
{
    struct stat about;

    assert_int_equal(0, lstat(path, &about));
    return about.st_mode & 07777;
}

static void what_was_written_is_read(void **state)
{
    struct baseline written = one(), read;
    struct error err = { .message = "" };

    (void)state;
    assert_int_equal(0, baseline_read(&read, "f", &err));
    umask(027);
    assert_int_equal(0, baseline_write(&written, "f", &err));
    umask(022);
    assert_int_equal(0640, mode_of("f"));
    assert_int_equal(1, baseline_read(&read, "f", &err));
    assert_int_equal(1, read.entries_count);
    assert_string_equal("a.py", read.entries[0].path);
    assert_true(baseline_is_one("f"));
    assert_false(baseline_is_one("none"));
    baseline_release(&read);
    baseline_release(&written);
}

static void
a_file_that_is_there_keeps_its_mode_and_nothing_is_left(void **state)
{
    struct baseline written = one();
    struct error err = { .message = "" };

    (void)state;
    sh("echo old >f; chmod 604 f");
    assert_int_equal(0, baseline_write(&written, "f", &err));
    assert_int_equal(0604, mode_of("f"));
    sh("test \"$(ls -A)\" = f");
    baseline_release(&written);
}

static void a_link_and_a_folder_are_refused(void **state)
{
    struct baseline written = one(), read;
    struct error err = { .message = "" };

    (void)state;
    sh("echo old >real; ln -s real f; ln -s nothing g; mkdir d");
    for (const char *const *path = (const char *const[]){ "f", "g", "d", NULL };
         *path; path++) {
        assert_int_equal(-1, baseline_read(&read, *path, &err));
        assert_int_equal(ERROR_USAGE, err.code);
        assert_int_equal(-1, baseline_write(&written, *path, &err));
    }
    sh("test \"$(cat real)\" = old; test ! -e nothing");
    baseline_release(&written);
}

static void a_malformed_file_names_itself_and_the_line(void **state)
{
    struct baseline read;
    struct error err = { .message = "" };

    (void)state;
    put("f", "# tmpguard baseline 1\nx\n");
    assert_int_equal(-1, baseline_read(&read, "f", &err));
    assert_non_null(strstr(err.message, "f:2: damaged"));
    assert_true(baseline_is_one("f"));
    put("f", "import tempfile\n");
    assert_false(baseline_is_one("f"));
    baseline_release(&read);
}

static void where_nothing_can_be_written_nothing_is(void **state)
{
    struct baseline written = one();
    struct error err = { .message = "" };

    (void)state;
    assert_int_equal(-1, baseline_write(&written, "none/f", &err));
    sh("test -z \"$(ls -A)\"");
    baseline_release(&written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_written_is_read, enter_folder,
                                        leave),
        cmocka_unit_test_setup_teardown(
            a_file_that_is_there_keeps_its_mode_and_nothing_is_left,
            enter_folder, leave),
        cmocka_unit_test_setup_teardown(a_link_and_a_folder_are_refused,
                                        enter_folder, leave),
        cmocka_unit_test_setup_teardown(
            a_malformed_file_names_itself_and_the_line, enter_folder, leave),
        cmocka_unit_test_setup_teardown(where_nothing_can_be_written_nothing_is,
                                        enter_folder, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

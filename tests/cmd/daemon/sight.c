#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/daemon/sight.h"

static char top[64], file[96], other[96];

static int setup(void **state)
{
    (void)state;
    snprintf(top, sizeof(top), "/tmp/tmpguard-test.XXXXXX");
    if (!mkdtemp(top))
        return -1;
    snprintf(file, sizeof(file), "%s/file", top);
    snprintf(other, sizeof(other), "%s/other", top);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(file);
    rmdir(file);
    unlink(other);
    return rmdir(top);
}

static void write_file(const char *path, const char *words)
{
    int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);

    assert_true(fd >= 0);
    assert_int_equal(strlen(words), write(fd, words, strlen(words)));
    close(fd);
}

/* Longer than a tick of the clock that files have. */
static void rest(void)
{
    usleep(SIGHT_REST_NS / 1000 + 10000);
}

static struct sight taken(enum sight_way way, const char *path)
{
    struct sight sight;

    sight_take(&sight, way, path);
    return sight;
}

static void changed(struct sight *sight, const char *what)
{
    if (sight_holds(sight))
        fail_msg("%s: not seen", what);
    sight_release(sight);
}

static void a_file_that_is_left_alone_holds(void **state)
{
    struct sight sight;

    (void)state;
    write_file(file, "one");
    rest();
    sight = taken(SIGHT_FILE, file);
    assert_null(sight.doubt);
    assert_true(sight_holds(&sight));
    assert_int_equal(0, chmod(top, 0700));
    assert_true(sight_holds(&sight));
    sight_release(&sight);
    sight_release(&sight);
}

static void other_bytes_of_the_same_size_and_time_are_seen(void **state)
{
    struct timespec times[2] = { { 0, UTIME_OMIT }, { 1000000000, 5 } };
    struct sight sight;

    (void)state;
    write_file(file, "one");
    assert_int_equal(0, utimensat(AT_FDCWD, file, times, 0));
    rest();
    sight = taken(SIGHT_FILE, file);
    assert_null(sight.doubt);
    write_file(file, "two");
    assert_int_equal(0, utimensat(AT_FDCWD, file, times, 0));
    changed(&sight, "written over");
    sight = taken(SIGHT_FILE, file);
    write_file(other, "two");
    assert_int_equal(0, utimensat(AT_FDCWD, other, times, 0));
    assert_int_equal(0, rename(other, file));
    changed(&sight, "another in its place");
}

static void what_has_just_changed_is_in_doubt(void **state)
{
    struct sight sight;

    (void)state;
    write_file(file, "one");
    sight = taken(SIGHT_FILE, file);
    assert_non_null(sight.doubt);
    sight_release(&sight);
}

static void what_comes_and_what_goes_is_seen(void **state)
{
    struct sight sight = taken(SIGHT_FILE, file);

    (void)state;
    assert_int_equal(ENOENT, sight.mark.trouble);
    assert_null(sight.doubt);
    assert_true(sight_holds(&sight));
    write_file(file, "");
    changed(&sight, "it came");
    sight = taken(SIGHT_FILE, file);
    unlink(file);
    changed(&sight, "it went");
    sight = taken(SIGHT_FILE, file);
    assert_int_equal(0, mkdir(file, 0700));
    changed(&sight, "a folder came");
}

static void a_folder_is_the_same_unless_its_names_matter(void **state)
{
    struct sight passed, listed;

    (void)state;
    rest();
    passed = taken(SIGHT_FILE, top);
    listed = taken(SIGHT_FOLDER, top);
    assert_null(listed.doubt);
    assert_true(sight_holds(&listed));
    write_file(file, "");
    assert_true(sight_holds(&passed));
    changed(&listed, "a name came");
    assert_int_equal(0, chmod(top, 0750));
    changed(&passed, "its mode");
}

static void a_link_is_seen_apart_from_where_it_leads(void **state)
{
    struct sight link, leads, real;

    (void)state;
    write_file(other, "");
    assert_int_equal(0, symlink("other", file));
    rest();
    link = taken(SIGHT_LINK, file);
    leads = taken(SIGHT_FILE, file);
    real = taken(SIGHT_REAL, file);
    assert_string_equal(other, real.real.bytes);
    write_file(other, "x");
    assert_true(sight_holds(&link));
    assert_true(sight_holds(&real));
    changed(&leads, "where it leads");
    unlink(file);
    assert_int_equal(0, symlink(top, file));
    changed(&link, "another link");
    changed(&real, "another path");
}

static void another_machine_and_the_kernel_are_in_doubt(void **state)
{
    static const char *const paths[] = { "/proc/self/status", "/proc/none",
                                         "/proc/self/none/none" };

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        struct sight sight = taken(SIGHT_FILE, paths[i]);

        if (!sight.doubt)
            fail_msg("%s", paths[i]);
        sight_release(&sight);
    }
}

static void the_clock_stands_still_against_the_other(void **state)
{
    int64_t before_ns = sight_clock_ns();

    (void)state;
    usleep(20000);
    assert_true(llabs(sight_clock_ns() - before_ns) < 5000000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_that_is_left_alone_holds),
        TEST(other_bytes_of_the_same_size_and_time_are_seen),
        TEST(what_has_just_changed_is_in_doubt),
        TEST(what_comes_and_what_goes_is_seen),
        TEST(a_folder_is_the_same_unless_its_names_matter),
        TEST(a_link_is_seen_apart_from_where_it_leads),
        TEST(another_machine_and_the_kernel_are_in_doubt),
        TEST(the_clock_stands_still_against_the_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

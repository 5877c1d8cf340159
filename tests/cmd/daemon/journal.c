#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/daemon/journal.h"
#include "core/base/buffer.h"
#include "hooks/system/disk.h"

static char top[64], folder[80], file[96], old[100];

static int setup(void **state)
{
    (void)state;
    snprintf(top, sizeof(top), "/tmp/tmpguard-test.XXXXXX");
    if (!mkdtemp(top))
        return -1;
    snprintf(folder, sizeof(folder), "%s/a/b", top);
    snprintf(file, sizeof(file), "%s/daemon.log", folder);
    snprintf(old, sizeof(old), "%s.1", file);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(file);
    unlink(old);
    rmdir(folder);
    *strrchr(folder, '/') = '\0';
    rmdir(folder);
    rmdir(top);
    return 0;
}

static char *content(const char *path)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;

    buffer_string(&bytes, "");
    assert_int_equal(1, disk_read(&bytes, path, &err));
    return buffer_detach(&bytes);
}

static void each_event_is_a_line_and_the_file_is_ours_alone(void **state)
{
    struct journal journal;
    struct stat about;
    char *text;

    (void)state;
    journal_open(&journal, folder);
    journal_note(&journal, "one %d", 1);
    journal_note(&journal, "two\nthree\x1b[2J");
    journal_close(&journal);
    text = content(file);
    assert_non_null(strstr(text, " one 1\n"));
    assert_non_null(strstr(text, " two\\x0athree\\x1b[2J\n"));
    assert_int_equal(0, stat(file, &about));
    assert_int_equal(0600, about.st_mode & 0777);
    free(text);
}

static void it_is_turned_over_before_it_is_too_large(void **state)
{
    struct journal journal;
    struct stat about;

    (void)state;
    journal_open(&journal, folder);
    assert_int_equal(0, truncate(file, JOURNAL_SIZE_MAX - 10));
    journal_note(&journal, "something");
    journal_close(&journal);
    assert_int_equal(0, stat(old, &about));
    assert_int_equal(JOURNAL_SIZE_MAX - 10, about.st_size);
    assert_int_equal(0, stat(file, &about));
    assert_true(about.st_size > 10 && about.st_size < 100);
}

static void a_link_or_a_pipe_in_its_place_is_not_written_to(void **state)
{
    struct journal journal;

    (void)state;
    journal_open(&journal, folder);
    journal_close(&journal);
    unlink(file);
    assert_int_equal(0, symlink("/dev/null", file));
    journal_open(&journal, folder);
    assert_int_equal(-1, journal.descriptor);
    journal_note(&journal, "nothing");
    journal_close(&journal);
    unlink(file);
    assert_int_equal(0, mkfifo(file, 0600));
    journal_open(&journal, folder);
    assert_int_equal(-1, journal.descriptor);
    journal_close(&journal);
}

static void without_a_folder_there_is_no_log(void **state)
{
    struct journal journal;

    (void)state;
    journal_open(&journal, NULL);
    journal_note(&journal, "nothing");
    assert_int_equal(-1, journal.descriptor);
    journal_close(&journal);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_event_is_a_line_and_the_file_is_ours_alone),
        TEST(it_is_turned_over_before_it_is_too_large),
        TEST(a_link_or_a_pipe_in_its_place_is_not_written_to),
        TEST(without_a_folder_there_is_no_log),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

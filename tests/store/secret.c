#include "tests/test.h"

#include <sys/file.h>

#include "tests/store/scratch.h"

static struct secret read_from(const char *folder)
{
    struct secret secret = { { 0 } };
    struct error err;

    if (secret_read(&secret, folder, &err) < 0)
        fail_msg("%s", err.message);
    return secret;
}

static bool same(struct secret a, struct secret b)
{
    return memcmp(a.bytes, b.bytes, SECRET_SIZE) == 0;
}

static void refuses(const struct scratch *scratch)
{
    struct secret secret;
    struct error err;

    assert_int_equal(-1, secret_read(&secret, scratch->state, &err));
}

static void name_file(const struct scratch *scratch, char name[160])
{
    scratch_name(name, 160, scratch->state, SECRET_FILE);
}

static void it_is_made_once_and_the_user_s_alone(void **state)
{
    struct scratch *scratch = *state;
    struct secret first = read_from(scratch->state);
    struct stat about;
    char name[160];

    assert_true(same(first, read_from(scratch->state)));
    name_file(scratch, name);
    assert_int_equal(0, stat(name, &about));
    assert_int_equal(0600, about.st_mode & 0777);
    assert_int_equal(SECRET_SIZE, about.st_size);
    assert_int_equal(0, stat(scratch->state, &about));
    assert_int_equal(0700, about.st_mode & 0777);
}

static void two_places_have_two_secrets(void **state)
{
    struct scratch *scratch = *state;

    assert_false(same(read_from(scratch->state), read_from(scratch->folder)));
}

static void a_file_that_was_not_written_to_its_end_is_written_anew(void **state)
{
    struct scratch *scratch = *state;
    struct secret first = read_from(scratch->state), second;
    char name[160];

    name_file(scratch, name);
    for (off_t size = 0; size < SECRET_SIZE; size += 31) {
        assert_int_equal(0, truncate(name, size));
        second = read_from(scratch->state);
        assert_false(same(first, second));
        assert_true(same(second, read_from(scratch->state)));
    }
    scratch_write(name, TEXT("longer than a secret may ever be, by far"));
    second = read_from(scratch->state);
    assert_true(same(second, read_from(scratch->state)));
}

static void whoever_is_second_while_it_is_made_goes_without(void **state)
{
    struct scratch *scratch = *state;
    char name[160];
    int file;

    read_from(scratch->state);
    name_file(scratch, name);
    file = open(name, O_RDWR);
    assert_int_equal(0, flock(file, LOCK_EX));
    read_from(scratch->state);
    assert_int_equal(0, ftruncate(file, 0));
    refuses(scratch);
    close(file);
    read_from(scratch->state);
}

static void what_others_can_read_is_no_secret(void **state)
{
    struct scratch *scratch = *state;
    static const mode_t modes[] = { 0640, 0604, 0620, 0602, 0610, 0601 };
    char name[160];

    read_from(scratch->state);
    name_file(scratch, name);
    for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
        assert_int_equal(0, chmod(name, modes[i]));
        refuses(scratch);
    }
    assert_int_equal(0, chmod(name, 0600));
    read_from(scratch->state);
    assert_int_equal(0, link(name, scratch->other));
    refuses(scratch);
}

static void what_else_stands_there_is_left_alone(void **state)
{
    struct scratch *scratch = *state;
    char name[160];

    read_from(scratch->state);
    name_file(scratch, name);
    assert_int_equal(0, unlink(name));
    assert_int_equal(0, symlink(scratch->other, name));
    refuses(scratch);
    assert_int_not_equal(0, access(scratch->other, F_OK));
    assert_int_equal(0, unlink(name));
    assert_int_equal(0, mkfifo(name, 0600));
    refuses(scratch);
    assert_int_equal(0, unlink(name));
    assert_int_equal(0, mkdir(name, 0700));
    refuses(scratch);
    assert_int_equal(0, chmod(scratch->state, 0702));
    assert_int_equal(0, rmdir(name));
    refuses(scratch);
    assert_int_not_equal(0, access(name, F_OK));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(it_is_made_once_and_the_user_s_alone),
        SCRATCH_TEST(two_places_have_two_secrets),
        SCRATCH_TEST(a_file_that_was_not_written_to_its_end_is_written_anew),
        SCRATCH_TEST(whoever_is_second_while_it_is_made_goes_without),
        SCRATCH_TEST(what_others_can_read_is_no_secret),
        SCRATCH_TEST(what_else_stands_there_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

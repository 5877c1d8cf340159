#include "tests/hooks/sandbox.h"

#include <fcntl.h>

#include "hooks/system/regular.h"

static bool starts_with_x(struct text head)
{
    assert_true(head.size <= 512);
    return text_starts_with(head, TEXT("x"));
}

static bool no(struct text head)
{
    (void)head;
    return false;
}

static const struct {
    const char *what, *path;
    size_t size_max;
    bool (*wanted)(struct text head);
    int result;
    const char *words; /* what was read, or a part of the error */
} files[] = {
    { "a file", "file", 100, NULL, 1, "xyz" },
    { "at the limit", "file", 3, NULL, 1, "xyz" },
    { "one over the limit", "file", 2, NULL, -1, "over the limit of 2 bytes" },
    { "an empty file", "empty", 0, NULL, 1, "" },
    { "one that is wanted", "file", 100, starts_with_x, 1, "xyz" },
    { "one that is not", "file", 100, no, 0, NULL },
    { "a large one that is not", "large", 100, no, 0, NULL },
    { "an empty one that is not", "empty", 100, starts_with_x, 0, NULL },
    { "a link", "link", 100, NULL, -1, "cannot open it" },
    { "a path through a link", "folder/file", 100, NULL, 1, "inner" },
    { "a folder", "real", 100, NULL, -1, "no regular file" },
    { "a pipe", "pipe", 100, NULL, -1, "no regular file" },
    { "a device", "/dev/zero", 100, NULL, -1, "no regular file" },
    { "nothing", "nowhere", 100, NULL, -1, "No such file" },
};

static void only_regular_files_of_a_size_are_read(void **state)
{
    (void)state;
    sh("printf xyz > file; : > empty; mkdir real; printf inner > real/file;"
       "ln -s file link; ln -s real folder; mkfifo pipe;"
       "head -c 100000 /dev/zero > large");
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        struct buffer bytes = BUFFER_EMPTY;
        struct error err = { .message = "" };
        int result;

        alarm(10);
        result = regular_read(&bytes, AT_FDCWD, files[i].path,
                              files[i].size_max, files[i].wanted, &err);
        alarm(0);
        if (result != files[i].result ||
            (result < 0 && !strstr(err.message, files[i].words)) ||
            (result > 0 &&
             !text_equal(buffer_view(&bytes), text_of(files[i].words))))
            fail_msg("%s: %d: %s", files[i].what, result, err.message);
        buffer_release(&bytes);
    }
}

static void bytes_are_appended_and_their_own_size_counts(void **state)
{
    struct buffer bytes = BUFFER_EMPTY, want = BUFFER_EMPTY;
    struct error err;

    (void)state;
    for (size_t i = 0; i < 300000; i++)
        buffer_byte(&want, (char)(i * 7 / 3));
    put_bytes("file", want.bytes, want.size);
    buffer_string(&bytes, "before");
    assert_int_equal(
        1, regular_read(&bytes, AT_FDCWD, "file", want.size, NULL, &err));
    assert_int_equal(6 + want.size, bytes.size);
    assert_memory_equal(want.bytes, bytes.bytes + 6, want.size);
    buffer_clear(&bytes);
    assert_int_equal(
        -1, regular_read(&bytes, AT_FDCWD, "file", want.size - 1, NULL, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    buffer_release(&bytes);
    buffer_release(&want);
}

static void a_path_is_relative_to_the_folder(void **state)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;
    int folder;

    (void)state;
    sh("mkdir inner; printf here > inner/file; printf there > file");
    folder = open("inner", O_RDONLY | O_DIRECTORY);
    assert_true(folder >= 0);
    assert_int_equal(1, regular_read(&bytes, folder, "file", 4, NULL, &err));
    assert_true(text_equal(TEXT("here"), buffer_view(&bytes)));
    close(folder);
    buffer_release(&bytes);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_regular_files_of_a_size_are_read),
        TEST(bytes_are_appended_and_their_own_size_counts),
        TEST(a_path_is_relative_to_the_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

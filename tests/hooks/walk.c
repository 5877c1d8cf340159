#include "tests/hooks/sandbox.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "hooks/walk.h"

#define NOBODY 65534

static void note_file(void *payload, const char *path, const char *shown)
{
    assert_int_equal(0, access(path, F_OK));
    buffer_format(payload, "%s\n", shown);
}

static bool enter_all(void *payload, const char *path, const char *shown)
{
    (void)path;
    buffer_format(payload, "%s/\n", shown);
    return strstr(shown, "closed") == NULL;
}

static void note_unreadable(void *payload, const char *shown,
                            const char *reason)
{
    buffer_format(payload, "?%s: %s\n", shown, reason);
}

/* What is seen of a folder, for free(). */
static char *walked(const char *path, const char *shown)
{
    struct buffer seen = BUFFER_EMPTY;
    const struct walk_visitor visitor = { note_file, enter_all, note_unreadable,
                                          &seen };

    walk_folder(path, shown, &visitor);
    return buffer_detach(&seen);
}

static void expect(const char *path, const char *shown, const char *want)
{
    char *got = walked(path, shown);

    if (strcmp(got, want) != 0)
        fail_msg("got:\n%swant:\n%s", got, want);
    free(got);
}

static void files_come_sorted_by_their_bytes(void **state)
{
    (void)state;
    sh("mkdir -p b/x a.d; touch c a.py b/2 b/1 b/x/y a.d/z B .hidden");
    expect(".", "",
           ".hidden\nB\na.d/\na.d/z\na.py\nb/\nb/1\nb/2\nb/x/\nb/x/y\nc\n");
}

static void names_are_shown_below_the_name_of_the_folder(void **state)
{
    (void)state;
    sh("mkdir -p a/b; touch a/b/c");
    expect("a", "a", "a/b/\na/b/c\n");
    expect("a/", "a/", "a/b/\na/b/c\n");
    expect("a", "", "b/\nb/c\n");
    expect("a", "/else", "/else/b/\n/else/b/c\n");
}

static void links_special_files_and_git_s_own_are_passed_over(void **state)
{
    (void)state;
    sh("mkdir -p .git sub/.git real; touch .git/a sub/.git/b sub/c real/d;"
       "ln -s real link; ln -s real/d file; ln -s nowhere dangling;"
       "ln -s .. sub/up; mkfifo pipe; echo x > sub/gitdir");
    expect(".", "", "real/\nreal/d\nsub/\nsub/c\nsub/gitdir\n");
}

static void a_submodule_s_git_file_is_passed_over(void **state)
{
    (void)state;
    sh("mkdir sub; echo gitdir: x > sub/.git; touch sub/a");
    expect(".", "", "sub/\nsub/a\n");
}

static void a_folder_that_is_not_wanted_is_not_entered(void **state)
{
    (void)state;
    sh("mkdir -p closed/x open; touch closed/a open/b");
    expect(".", "", "closed/\nopen/\nopen/b\n");
}

static void a_folder_that_is_gone_is_named(void **state)
{
    (void)state;
    expect("nowhere", "", "?.: No such file or directory\n");
    expect("nowhere", "shown", "?shown: No such file or directory\n");
    sh("touch file");
    expect("file", "file", "?file: Not a directory\n");
}

/* Root may read everything, so another user looks. */
static void a_folder_that_may_not_be_read_is_named(void **state)
{
    int status;
    pid_t child;

    (void)state;
    sh("mkdir a b; touch a/x b/y; chmod 0 a; chmod 0755 .");
    child = fork();
    if (child == 0) {
        bool same;
        char *got;

        if (geteuid() == 0 && setresuid(NOBODY, NOBODY, NOBODY) < 0)
            _exit(2);
        got = walked(".", "");
        same = strcmp(got, "a/\n?a: Permission denied\nb/\nb/y\n") == 0;
        free(got);
        _exit(same ? 0 : 1);
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_int_equal(0, status);
}

static void names_may_hold_any_byte(void **state)
{
    (void)state;
    sh("mkdir \"$(printf 'a\\nb')\"; touch \"$(printf 'a\\nb/\\377')\"");
    expect(".", "", "a\nb/\na\nb/\xFF\n");
}

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
        result = walk_read(&bytes, files[i].path, files[i].size_max,
                           files[i].wanted, &err);
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
    assert_int_equal(1, walk_read(&bytes, "file", want.size, NULL, &err));
    assert_int_equal(6 + want.size, bytes.size);
    assert_memory_equal(want.bytes, bytes.bytes + 6, want.size);
    buffer_clear(&bytes);
    assert_int_equal(-1, walk_read(&bytes, "file", want.size - 1, NULL, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    buffer_release(&bytes);
    buffer_release(&want);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_come_sorted_by_their_bytes),
        TEST(names_are_shown_below_the_name_of_the_folder),
        TEST(links_special_files_and_git_s_own_are_passed_over),
        TEST(a_submodule_s_git_file_is_passed_over),
        TEST(a_folder_that_is_not_wanted_is_not_entered),
        TEST(a_folder_that_is_gone_is_named),
        TEST(a_folder_that_may_not_be_read_is_named),
        TEST(names_may_hold_any_byte),
        TEST(only_regular_files_of_a_size_are_read),
        TEST(bytes_are_appended_and_their_own_size_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/hooks/fake.h"

#include <fcntl.h>
#include <sys/wait.h>

#include "hooks/git/gitpipe.h"

static int run(struct buffer *out, struct text input, struct error *err)
{
    static const char *const arguments[] = { "log", NULL };

    *err = (struct error){ .message = "" };
    return gitpipe_run(out, arguments, input, err);
}

static void what_git_writes_is_appended(void **state)
{
    struct buffer out = BUFFER_EMPTY;
    struct error err;

    (void)state;
    buffer_string(&out, "before ");
    fake_git("printf 'a\\000b'");
    assert_int_equal(0, run(&out, TEXT_EMPTY, &err));
    assert_int_equal(10, out.size);
    assert_memory_equal("before a\0b", out.bytes, 11);
    buffer_release(&out);
}

static void git_reads_the_input_and_then_its_end(void **state)
{
    struct buffer out = BUFFER_EMPTY, input = BUFFER_EMPTY;
    struct error err;

    (void)state;
    fake_git("cat; echo end");
    assert_int_equal(0, run(&out, TEXT_EMPTY, &err));
    assert_string_equal("end\n", out.bytes);
    buffer_clear(&out);
    memset(buffer_extend(&input, 3000000), 'x', 3000000);
    assert_int_equal(0, run(&out, buffer_view(&input), &err));
    assert_int_equal(3000004, out.size);
    buffer_release(&out);
    buffer_release(&input);
}

static const struct {
    const char *what, *script;
    int result;
    const char *words;
} ends[] = {
    { "success", "echo warning >&2", 0, "" },
    { "no", "echo no >&2; exit 1", 1, "" },
    { "git's reason", "echo fatal: broken >&2; exit 128", -1,
      "broken (git log)" },
    { "no reason", "exit 3", -1, "git log ended with status 3" },
    { "a signal", "kill -9 $$", -1, "git log ended with status 137" },
};

static void the_end_of_git_is_yes_no_or_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        struct buffer out = BUFFER_EMPTY;
        struct error err;
        int result;

        fake_git(ends[i].script);
        result = run(&out, TEXT_EMPTY, &err);
        if (result != ends[i].result || strcmp(err.message, ends[i].words) != 0)
            fail_msg("%s: %d, '%s'", ends[i].what, result, err.message);
        buffer_release(&out);
    }
}

static void what_came_before_a_failure_is_kept(void **state)
{
    struct buffer out = BUFFER_EMPTY;
    struct error err;

    (void)state;
    fake_git("echo half; exit 128");
    assert_int_equal(-1, run(&out, TEXT_EMPTY, &err));
    assert_int_equal(ERROR_GIT, err.code);
    assert_string_equal("half\n", out.bytes);
    buffer_release(&out);
}

static void complaints_are_noted_on_demand(void **state)
{
    static const char *const arguments[] = { "log", NULL };
    struct buffer out = BUFFER_EMPTY, words = BUFFER_EMPTY;
    struct error err;

    (void)state;
    fake_git("echo out; echo one >&2; echo two >&2");
    assert_int_equal(
        0, gitpipe_run_noting(&out, &words, arguments, TEXT_EMPTY, &err));
    assert_string_equal("out\n", out.bytes);
    assert_string_equal("one\ntwo\n", words.bytes);
    buffer_release(&out);
    buffer_release(&words);
}

static void without_git_it_is_the_system_s_error(void **state)
{
    struct buffer out = BUFFER_EMPTY;
    struct error err;

    (void)state;
    fake_git("exit 0");
    setenv("PATH", "/nowhere", 1);
    assert_int_equal(-1, run(&out, TEXT_EMPTY, &err));
    assert_int_equal(ERROR_SYSTEM, err.code);
    buffer_release(&out);
}

/* A hook may be started with any of its standard streams closed. */
static void closed_standard_streams_do_not_matter(void **state)
{
    int status;
    pid_t child;

    (void)state;
    fake_git("cat; echo end");
    child = fork();
    if (child == 0) {
        struct buffer out = BUFFER_EMPTY;
        struct error err;
        bool right;

        for (int i = 0; i < 3; i++)
            close(i);
        right = run(&out, TEXT("in "), &err) == 0 &&
                text_equal(TEXT("in end\n"), buffer_view(&out));
        buffer_release(&out);
        _exit(right ? 0 : 1);
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_int_equal(0, status);
}

static int open_descriptors(void)
{
    int count = 0;

    for (int i = 0; i < 256; i++)
        count += fcntl(i, F_GETFD) >= 0;
    return count;
}

static void no_descriptor_stays_open(void **state)
{
    struct buffer out = BUFFER_EMPTY;
    struct error err;
    int before = open_descriptors();

    (void)state;
    fake_git("exit 128");
    run(&out, TEXT("in"), &err);
    setenv("PATH", "/nowhere", 1);
    run(&out, TEXT("in"), &err);
    assert_int_equal(before, open_descriptors());
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FAKES(what_git_writes_is_appended),
        WITH_FAKES(git_reads_the_input_and_then_its_end),
        WITH_FAKES(the_end_of_git_is_yes_no_or_an_error),
        WITH_FAKES(what_came_before_a_failure_is_kept),
        WITH_FAKES(complaints_are_noted_on_demand),
        WITH_FAKES(without_git_it_is_the_system_s_error),
        WITH_FAKES(closed_standard_streams_do_not_matter),
        WITH_FAKES(no_descriptor_stays_open),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

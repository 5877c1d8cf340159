#include "tests/hooks/fake.h"

#include <fcntl.h>
#include <signal.h>

#include "hooks/system/process.h"

/* Run git with these arguments and input; what it wrote is in *out. */
static int run(struct buffer *out, const char *const *arguments)
{
    struct process process;
    struct error err = { .message = "" };
    int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int file = open("out", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int status;
    off_t size;

    if (process_start(&process, arguments, in, file, &err) < 0)
        fail_msg("%s", err.message);
    status = process_wait(&process);
    size = lseek(file, 0, SEEK_END);
    assert_int_equal(
        size, pread(file, buffer_extend(out, (size_t)size), (size_t)size, 0));
    process_release(&process);
    close(in);
    close(file);
    return status;
}

static void expect_words(const struct buffer *out, const char *words)
{
    if (!out->bytes || !strstr(out->bytes, words))
        fail_msg("no '%s' in:\n%s", words, out->bytes ? out->bytes : "");
}

static void arguments_reach_git_as_they_are(void **state)
{
    static const char *const arguments[] = { "log", "a b", "$(touch ran);",
                                             "",    "*",   NULL };
    struct buffer out = BUFFER_EMPTY;

    (void)state;
    fake_git("printf '<%s>' \"$@\"");
    assert_int_equal(0, run(&out, arguments));
    expect_words(&out, "<log><a b><$(touch ran);><><*>");
    assert_int_not_equal(0, access("ran", F_OK));
    buffer_release(&out);
}

static void git_is_started_harmless(void **state)
{
    static const char *const arguments[] = { "log", NULL };
    struct buffer out = BUFFER_EMPTY;

    (void)state;
    setenv("GIT_GRAFT_FILE", "grafts", 1);
    setenv("GIT_OPTIONAL_LOCKS", "1", 1);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    setenv("GIT_GRAFT_FILE_", "kept", 1);
    fake_git("echo \"$@\"; env");
    assert_int_equal(0, run(&out, arguments));
    expect_words(&out, "--no-pager --no-replace-objects --no-optional-locks "
                       "-c core.fsmonitor=false -c core.hooksPath=/dev/null "
                       "log\n");
    expect_words(&out, "\nGIT_NO_LAZY_FETCH=1\n");
    expect_words(&out, "\nGIT_ALLOW_PROTOCOL=none\n");
    expect_words(&out, "\nGIT_GRAFT_FILE=/dev/null\n");
    expect_words(&out, "\nGIT_OPTIONAL_LOCKS=0\n");
    expect_words(&out, "\nLC_ALL=C\n");
    expect_words(&out, "\nGIT_GRAFT_FILE_=kept\n");
    assert_null(strstr(out.bytes, "GIT_GRAFT_FILE=grafts"));
    assert_string_equal("de_DE.UTF-8", getenv("LC_ALL"));
    unsetenv("GIT_GRAFT_FILE");
    unsetenv("GIT_GRAFT_FILE_");
    unsetenv("GIT_OPTIONAL_LOCKS");
    unsetenv("LC_ALL");
    buffer_release(&out);
}

static void no_other_descriptor_reaches_git(void **state)
{
    static const char *const arguments[] = { "log", NULL };
    struct buffer out = BUFFER_EMPTY;
    int leaking = open("/dev/null", O_RDONLY);

    (void)state;
    assert_true(leaking > STDERR_FILENO);
    fake_git("for n in 3 4 5 6 7 8 9 ; do"
             "  if (: <&$n) 2>/dev/null; then echo open $n; fi; done");
    assert_int_equal(0, dup2(leaking, 9) < 0);
    assert_int_equal(0, run(&out, arguments));
    /* The shell keeps its script open at 10 or above. */
    assert_int_equal(0, out.size);
    close(9);
    close(leaking);
    buffer_release(&out);
}

static void the_status_is_the_child_s_or_its_signal(void **state)
{
    static const char *const arguments[] = { "log", NULL };
    struct process empty = PROCESS_EMPTY;
    struct buffer out = BUFFER_EMPTY;

    (void)state;
    fake_git("exit 0");
    assert_int_equal(0, run(&out, arguments));
    fake_git("exit 7");
    assert_int_equal(7, run(&out, arguments));
    fake_git("kill -9 $$");
    assert_int_equal(128 + SIGKILL, run(&out, arguments));
    assert_int_equal(0, process_wait(&empty));
    process_release(&empty);
    buffer_release(&out);
}

static void without_git_nothing_is_started(void **state)
{
    static const char *const arguments[] = { "log", NULL };
    struct process process;
    struct error err;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    (void)state;
    fake_git("exit 0");
    setenv("PATH", "/nowhere", 1);
    assert_int_equal(-1, process_start(&process, arguments, null, null, &err));
    assert_int_equal(ERROR_SYSTEM, err.code);
    assert_non_null(strstr(err.message, "cannot run git"));
    process_release(&process);
    close(null);
}

static void a_child_is_ended_at_once(void **state)
{
    static const char *const arguments[] = { "log", NULL };
    struct process process;
    struct error err;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    (void)state;
    fake_git("exec sleep 1000");
    assert_int_equal(0, process_start(&process, arguments, null, null, &err));
    process_kill(&process);
    assert_int_equal(128 + SIGKILL, process_wait(&process));
    process_kill(&process);
    process_release(&process);
    process_release(&process);
    close(null);
}

static const struct {
    const char *what, *complaints, *reason;
} complaints[] = {
    { "nothing", "", "" },
    { "a fatal line", "fatal: no\n", "no" },
    { "a line without an end", "fatal: no", "no" },
    { "the last fatal one", "fatal: one\nfatal: two\nhint: three\n", "two" },
    { "the last one, if none is fatal", "warning: one\nnext\n", "next" },
    { "an error", "error: one\n", "one" },
    { "a fatal one before an error", "fatal: one\nerror: two\n", "one" },
    { "a line that goes on", "fatal: unknown extension found:\n\tstrange\n",
      "unknown extension found:  strange" },
};

/* The reason that is found in `words` on standard error from byte `from` on. */
static void expect_reason(const char *what, const char *words, off_t from,
                          const char *want)
{
    struct process process = PROCESS_EMPTY;
    char reason[64];

    put("errors", words);
    process.errors = open("errors", O_RDONLY | O_CLOEXEC);
    process_reason(&process, from, reason, sizeof(reason));
    if (strcmp(reason, want) != 0)
        fail_msg("%s: got '%s', want '%s'", what, reason, want);
    process_release(&process);
}

static void the_reason_is_the_line_that_says_most(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(complaints) / sizeof(*complaints); i++)
        expect_reason(complaints[i].what, complaints[i].complaints, 0,
                      complaints[i].reason);
}

static void only_what_came_since_is_a_reason(void **state)
{
    (void)state;
    expect_reason("the second", "fatal: one\nerror: two\n", 11, "two");
    expect_reason("none", "fatal: one\n", 11, "");
}

static void a_reason_is_cut_and_found_behind_much_else(void **state)
{
    struct buffer words = BUFFER_EMPTY;

    (void)state;
    for (int i = 0; i < 5000; i++)
        buffer_string(&words, "warning: one of many\n");
    buffer_string(&words, "fatal: the last\n");
    expect_reason("the last", words.bytes, 0, "the last");
    buffer_clear(&words);
    buffer_string(&words, "fatal: ");
    for (int i = 0; i < 1000; i++)
        buffer_byte(&words, 'x');
    expect_reason(
        "cut", words.bytes, 0,
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    buffer_release(&words);
}

static void all_complaints_are_kept_up_to_a_megabyte(void **state)
{
    struct process process = PROCESS_EMPTY;
    struct buffer words = BUFFER_EMPTY, out = BUFFER_EMPTY;

    (void)state;
    memset(buffer_extend(&words, 1 << 21), 'x', 1 << 21);
    put("errors", words.bytes);
    process.errors = open("errors", O_RDONLY | O_CLOEXEC);
    assert_int_equal(1 << 21, process_complaints(&process));
    buffer_string(&out, "before ");
    process_complaints_read(&process, &out);
    assert_int_equal(7 + (1 << 20), out.size);
    assert_int_equal(out.size, strlen(out.bytes));
    process_release(&process);
    buffer_release(&words);
    buffer_release(&out);
}

static void standard_streams_are_lifted_out_of_the_way(void **state)
{
    int kept = dup(STDIN_FILENO), lifted, high;

    (void)state;
    assert_int_equal(-1, process_lift(-1));
    high = open("/dev/null", O_RDONLY | O_CLOEXEC);
    assert_int_equal(high, process_lift(high));
    dup2(high, STDIN_FILENO);
    lifted = process_lift(STDIN_FILENO);
    assert_true(lifted > STDERR_FILENO);
    assert_int_equal(FD_CLOEXEC, fcntl(lifted, F_GETFD));
    assert_int_equal(-1, fcntl(STDIN_FILENO, F_GETFD));
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(lifted);
    close(high);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FAKES(arguments_reach_git_as_they_are),
        WITH_FAKES(git_is_started_harmless),
        WITH_FAKES(no_other_descriptor_reaches_git),
        WITH_FAKES(the_status_is_the_child_s_or_its_signal),
        WITH_FAKES(without_git_nothing_is_started),
        WITH_FAKES(a_child_is_ended_at_once),
        WITH_FAKES(the_reason_is_the_line_that_says_most),
        WITH_FAKES(only_what_came_since_is_a_reason),
        WITH_FAKES(a_reason_is_cut_and_found_behind_much_else),
        WITH_FAKES(all_complaints_are_kept_up_to_a_megabyte),
        WITH_FAKES(standard_streams_are_lifted_out_of_the_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

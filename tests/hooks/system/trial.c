#include "tests/hooks/sandbox.h"

#include <signal.h>

#include "hooks/system/trial.h"

static const char *const nothing[] = { NULL };

static struct trial_answer run(const char *script, const char *input,
                               int timeout_ms)
{
    const char *const arguments[] = { "/bin/sh", "-c", script, NULL };
    struct trial trial = { .folder = ".",
                           .arguments = arguments,
                           .input = input,
                           .environment = trial_environment(nothing, nothing),
                           .timeout_ms = timeout_ms };
    struct trial_answer answer;
    struct error err;

    if (trial_run(&answer, &trial, &err) < 0)
        fail_msg("%s: %s", script, err.message);
    trial_environment_release(trial.environment);
    return answer;
}

static void what_it_prints_and_its_exit_code_are_kept(void **state)
{
    struct trial_answer answer = run("echo a; echo b >&2; exit 7", NULL, 9000);

    (void)state;
    assert_int_equal(7, answer.status);
    assert_false(answer.late);
    assert_string_equal("a\n", answer.out.bytes);
    assert_string_equal("b\n", answer.errors.bytes);
    trial_answer_release(&answer);
}

static void it_reads_the_file_or_nothing(void **state)
{
    struct trial_answer answer;

    (void)state;
    put("file", "words");
    answer = run("cat", "file", 9000);
    assert_string_equal("words", answer.out.bytes);
    trial_answer_release(&answer);
    answer = run("cat", NULL, 9000);
    assert_int_equal(0, answer.out.size);
    trial_answer_release(&answer);
}

static void what_takes_too_long_is_ended_with_what_it_started(void **state)
{
    struct trial_answer answer = run("sleep 60 & sleep 60", NULL, 50);

    (void)state;
    assert_true(answer.late);
    assert_int_equal(128 + 9, answer.status);
    trial_answer_release(&answer);
}

static void who_is_left_behind_keeps_nobody_waiting(void **state)
{
    struct trial_answer answer = run("sleep 2 & echo done", NULL, 60000);

    (void)state;
    assert_false(answer.late);
    assert_string_equal("done\n", answer.out.bytes);
    trial_answer_release(&answer);
}

static void a_closed_pipe_ends_it_as_usual(void **state)
{
    struct trial_answer answer;

    (void)state;
    signal(SIGPIPE, SIG_IGN);
    answer = run("(yes; echo $? >&2) | head -n 1 > /dev/null", NULL, 9000);
    assert_string_equal("141\n", answer.errors.bytes);
    signal(SIGPIPE, SIG_DFL);
    trial_answer_release(&answer);
}

static void one_that_is_not_there_is_an_error(void **state)
{
    const char *const arguments[] = { "/nowhere/program", NULL };
    struct trial trial = { .folder = ".",
                           .arguments = arguments,
                           .environment = trial_environment(nothing, nothing),
                           .timeout_ms = 9000 };
    struct trial_answer answer;
    struct error err = { .message = "" };

    (void)state;
    assert_int_equal(-1, trial_run(&answer, &trial, &err));
    assert_non_null(strstr(err.message, "cannot run /nowhere/program"));
    trial_answer_release(&answer);
    trial_environment_release(trial.environment);
}

static size_t count_of(char **environment, const char *variable)
{
    size_t count = 0;

    for (size_t i = 0; environment[i]; i++)
        count += strcmp(environment[i], variable) == 0;
    return count;
}

static void variables_are_left_out_and_replaced_by_their_names(void **state)
{
    static const char *const without[] = { "GONE", NULL };
    static const char *const with[] = { "NEW=2", NULL };
    char **environment;

    (void)state;
    setenv("GONE", "1", 1);
    setenv("GONE_NOT", "1", 1);
    setenv("NEW", "1", 1);
    environment = trial_environment(without, with);
    assert_int_equal(0, count_of(environment, "GONE=1"));
    assert_int_equal(1, count_of(environment, "GONE_NOT=1"));
    assert_int_equal(0, count_of(environment, "NEW=1"));
    assert_int_equal(1, count_of(environment, "NEW=2"));
    trial_environment_release(environment);
    unsetenv("GONE");
    unsetenv("GONE_NOT");
    unsetenv("NEW");
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_it_prints_and_its_exit_code_are_kept),
        IN_FOLDER(it_reads_the_file_or_nothing),
        IN_FOLDER(what_takes_too_long_is_ended_with_what_it_started),
        IN_FOLDER(who_is_left_behind_keeps_nobody_waiting),
        IN_FOLDER(a_closed_pipe_ends_it_as_usual),
        IN_FOLDER(one_that_is_not_there_is_an_error),
        IN_FOLDER(variables_are_left_out_and_replaced_by_their_names),
    };

    return cmocka_run_group_tests_name("hooks/system/trial", tests, NULL, NULL);
}

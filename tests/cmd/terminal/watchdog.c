#include "tests/test.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/terminal/watchdog.h"

static int verdict(void *payload, const char **words)
{
    *words = "the time is over";
    return *(int *)payload;
}

static void
what_does_not_end_is_ended_with_the_code_of_the_verdict(void **state)
{
    int status = 0;
    pid_t child = fork();

    (void)state;
    assert_true(child >= 0);
    if (child == 0) {
        int code = 3;
        struct watchdog watchdog = { .time_ms = 10,
                                     .verdict = verdict,
                                     .payload = &code };
        struct error err;

        close(STDERR_FILENO);
        if (watchdog_start(&watchdog, &err) < 0)
            _exit(1);
        for (;;)
            pause();
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_true(WIFEXITED(status));
    assert_int_equal(3, WEXITSTATUS(status));
}

static void what_ends_in_time_is_left_alone(void **state)
{
    int code = 3;
    struct watchdog watchdog = { .time_ms = 60000,
                                 .verdict = verdict,
                                 .payload = &code };
    struct watchdog none = { .time_ms = 0 };
    struct error err;

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(0, watchdog_start(&watchdog, &err));
        watchdog_stop(&watchdog);
        watchdog_stop(&watchdog);
    }
    watchdog_stop(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            what_does_not_end_is_ended_with_the_code_of_the_verdict),
        cmocka_unit_test(what_ends_in_time_is_left_alone),
    };

    return cmocka_run_group_tests_name("cmd/terminal/watchdog", tests, NULL,
                                       NULL);
}

#include "tests/test.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <git2.h>

#include "hooks/libgit2.h"

/* In a process of its own, since it starts once in each. */
static void alone(int (*test)(void))
{
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (child == 0)
        _exit(test());
    assert_int_equal(child, waitpid(child, &status, 0));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("status %x", (unsigned)status);
}

/* An index that is none: libgit2 has something to complain of. */
static bool complains(void)
{
    git_index *index = NULL;

    return git_index_open(&index, "/proc/self/status") < 0 && !index;
}

static bool works(void)
{
    git_index *index = NULL;
    bool opened = git_index_open(&index, "/nowhere/index") == 0;

    git_index_free(index);
    return opened;
}

static int it_is_light(void)
{
    bool started = libgit2_start_light() && libgit2_start_light();

    for (int i = 0; i < 100; i++)
        started = started && complains() && works();
    return !started;
}

static int errors_go_to_nobody_else(void)
{
    static const char mine[4096];
    pthread_key_t first;
    bool good = pthread_key_create(&first, NULL) == 0 &&
                pthread_setspecific(first, mine) == 0;

    good = good && libgit2_start_light() && complains() && works() &&
           pthread_getspecific(first) == mine;
    for (size_t i = 0; i < sizeof(mine); i++)
        good = good && mine[i] == 0;
    return !good;
}

static int it_starts_wholly_later(void)
{
    bool good = libgit2_start_light() && complains() && libgit2_start() &&
                libgit2_start() && libgit2_start_light() && complains();

    return !(good && git_error_last()->klass == GIT_ERROR_INDEX && works());
}

static void a_light_start_is_enough_for_an_index(void **state)
{
    (void)state;
    alone(it_is_light);
}

static void a_thread_s_values_of_others_are_left_alone(void **state)
{
    (void)state;
    alone(errors_go_to_nobody_else);
}

static void after_a_light_start_the_whole_one_works(void **state)
{
    (void)state;
    alone(it_starts_wholly_later);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_light_start_is_enough_for_an_index),
        cmocka_unit_test(a_thread_s_values_of_others_are_left_alone),
        cmocka_unit_test(after_a_light_start_the_whole_one_works),
    };

    return cmocka_run_group_tests_name("hooks/libgit2", tests, NULL, NULL);
}

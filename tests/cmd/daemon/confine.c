#include "tests/test.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/daemon/confine.h"

/* What `what` returns in a process that is confined. */
static int inside(bool (*what)(void))
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        _exit(confine() < 0 ? 2 : what());
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static bool has_new_privileges(void)
{
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1;
}

static bool dumps_core(void)
{
    struct rlimit limit;

    return getrlimit(RLIMIT_CORE, &limit) < 0 || limit.rlim_max != 0;
}

static bool opens_too_many(void)
{
    for (unsigned long i = 0; i < CONFINE_FILES; i++)
        if (open("/dev/null", O_RDONLY) < 0)
            return false;
    return true;
}

static bool writes_too_much(void)
{
    int file = memfd_create("file", 0);

    return pwrite(file, "xy", 2, (off_t)CONFINE_FILE_SIZE - 1) == 2 ||
           pwrite(file, "x", 1, (off_t)CONFINE_FILE_SIZE) == 1;
}

static bool takes_back(void)
{
    struct rlimit limit = { CONFINE_FILES + 1, CONFINE_FILES + 1 };

    return geteuid() != 0 && setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

static bool spins(void)
{
    struct rlimit limit = { 1, 1 };

    setrlimit(RLIMIT_CPU, &limit);
    for (volatile unsigned i = 0; i < UINT_MAX;)
        i = i + 1 - 1;
    return true;
}

static bool takes_too_much(void)
{
    return !CONFINE_SANITIZED &&
           mmap(NULL, CONFINE_DATA, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static void a_worker_has_bounds(void **state)
{
    (void)state;
    assert_int_equal(0, inside(has_new_privileges));
    assert_int_equal(0, inside(dumps_core));
    assert_int_equal(0, inside(opens_too_many));
    assert_int_equal(0, inside(writes_too_much));
    assert_int_equal(0, inside(takes_too_much));
    assert_int_equal(0, inside(takes_back));
}

static void one_that_spins_is_killed(void **state)
{
    (void)state;
    assert_int_equal(-SIGKILL, inside(spins));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_worker_has_bounds),
        cmocka_unit_test(one_that_spins_is_killed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

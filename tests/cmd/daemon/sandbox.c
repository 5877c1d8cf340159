#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cmd/daemon/sandbox.h"

/* What `what` returns in a process of its own, after `before`; a signal that
 * ends it is below 0. */
static int inside(void (*before)(void), int (*what)(void))
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
            _exit(99);
        before();
        _exit(what());
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static bool has(unsigned kind)
{
    if (sandbox_kinds() & kind)
        return true;
    print_message("not here: %s\n", sandbox_words(sandbox_kinds()));
    return false;
}

/* ---- a thinker ----------------------------------------------------------- */

static int opens(void)
{
    return open("/dev/null", O_RDONLY) >= 0;
}

static int makes_a_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static int runs_a_program(void)
{
    static char name[] = "/bin/true";
    char *arguments[] = { name, NULL };

    return execve(name, arguments, NULL);
}

static int forks(void)
{
    return fork() >= 0;
}

static int kills(void)
{
    return kill(getppid(), 0) == 0;
}

static int removes(void)
{
    return unlink("/tmp/there-is-none") == 0;
}

static int maps_a_file(void)
{
    return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0) !=
           MAP_FAILED;
}

static int maps_what_runs(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
                -1, 0) != MAP_FAILED;
}

static int makes_run(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

static void a_thinker_that_does_anything_else_is_killed(void **state)
{
    static const struct {
        const char *what;
        int (*run)(void);
    } ways[] = {
        { "opens a file", opens },
        { "makes a socket", makes_a_socket },
        { "runs a program", runs_a_program },
        { "forks", forks },
        { "sends a signal", kills },
        { "removes a file", removes },
        { "maps a file", maps_a_file },
        { "maps memory that can be run", maps_what_runs },
        { "makes memory one that can be run", makes_run },
    };

    (void)state;
    for (size_t i = 0; has(SANDBOX_CALLS) && i < sizeof(ways) / sizeof(*ways);
         i++) {
        int got = inside(sandbox_thinker, ways[i].run);

        if (got != -SIGSYS)
            fail_msg("one that %s: %d", ways[i].what, got);
    }
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, 16);
}

static int thinks(void)
{
    struct timespec now;
    char *large = malloc((size_t)8 << 20), *small = malloc(10);

    if (!large || !small || clock_gettime(CLOCK_MONOTONIC, &now) < 0)
        return 1;
    memset(large, 'x', (size_t)8 << 20);
    large = realloc(large, (size_t)16 << 20);
    if (!large || write(STDOUT_FILENO, "", 0) != 0)
        return 2;
    qsort(large, (size_t)1 << 19, 16, compare);
    free(large);
    free(small);
    return 42;
}

static void memory_a_clock_and_what_is_open_it_has(void **state)
{
    (void)state;
    assert_int_equal(42, inside(sandbox_thinker, thinks));
}

/* ---- a reader ------------------------------------------------------------ */

static int is_refused(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) < 0 && errno == EPERM &&
           chmod("/dev/null", 0666) < 0 && errno == EPERM;
}

static int reads(void)
{
    int status = 1, file = open("/proc/self/stat", O_RDONLY);
    pid_t child = fork();

    if (child == 0)
        _exit(0);
    return file >= 0 && waitpid(child, &status, 0) == child && status == 0;
}

static void a_reader_makes_no_socket_and_reads_files(void **state)
{
    (void)state;
    if (has(SANDBOX_CALLS))
        assert_int_equal(1, inside(sandbox_reader, is_refused));
    assert_int_equal(1, inside(sandbox_reader, reads));
}

/* ---- files --------------------------------------------------------------- */

static char open_folder[64], closed_folder[64];

static int can_write(const char *folder)
{
    char path[96];
    int file;

    snprintf(path, sizeof(path), "%s/file", folder);
    file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    return file >= 0 && write(file, "x", 1) == 1;
}

static void close_all_but_one(void)
{
    sandbox_files(open_folder);
}

static void close_all(void)
{
    sandbox_files(NULL);
}

static int writes_only_there(void)
{
    return can_write(open_folder) && !can_write(closed_folder) &&
           mkdir("/tmp/tmpguard-none", 0700) < 0 &&
           open("/dev/null", O_RDWR) >= 0 && open("/proc/self/stat", 0) >= 0;
}

static int writes_nowhere(void)
{
    return !can_write(open_folder) && !can_write(closed_folder) &&
           open("/dev/null", O_RDWR) >= 0;
}

static void make_folder(char path[64])
{
    snprintf(path, 64, "/tmp/tmpguard-test.XXXXXX");
    assert_non_null(mkdtemp(path));
}

static void remove_folder(const char *folder)
{
    char path[96];

    snprintf(path, sizeof(path), "%s/file", folder);
    unlink(path);
    rmdir(folder);
}

static void files_are_written_in_one_folder_or_none(void **state)
{
    (void)state;
    make_folder(open_folder);
    make_folder(closed_folder);
    if (has(SANDBOX_FILES)) {
        assert_int_equal(1, inside(close_all_but_one, writes_only_there));
        assert_int_equal(1, inside(close_all, writes_nowhere));
    }
    remove_folder(open_folder);
    remove_folder(closed_folder);
}

/* Since version 6 of Landlock. */
static bool has_scopes(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) >= 6;
}

static void other_processes_get_no_signal(void **state)
{
    (void)state;
    if (has(SANDBOX_FILES) && has_scopes())
        assert_int_equal(0, inside(close_all, kills));
}

static void what_there_is_has_words(void **state)
{
    (void)state;
    for (unsigned kinds = 0; kinds < 4; kinds++)
        assert_true(strlen(sandbox_words(kinds)) > 0);
    assert_string_equal("seccomp, Landlock",
                        sandbox_words(SANDBOX_CALLS | SANDBOX_FILES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thinker_that_does_anything_else_is_killed),
        cmocka_unit_test(memory_a_clock_and_what_is_open_it_has),
        cmocka_unit_test(a_reader_makes_no_socket_and_reads_files),
        cmocka_unit_test(files_are_written_in_one_folder_or_none),
        cmocka_unit_test(other_processes_get_no_signal),
        cmocka_unit_test(what_there_is_has_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/daemon/socket_folder.h"

/* A folder of this test's own, and where `runtime` and `home` would be. */
struct places {
    char top[64], runtime[80], home[80];
};

static int setup(void **state)
{
    struct places *places = calloc(1, sizeof(*places));

    snprintf(places->top, sizeof(places->top), "/tmp/tmpguard-test.XXXXXX");
    if (!mkdtemp(places->top))
        return -1;
    snprintf(places->runtime, sizeof(places->runtime), "%s/run", places->top);
    snprintf(places->home, sizeof(places->home), "%s/home", places->top);
    *state = places;
    return mkdir(places->runtime, 0700) + mkdir(places->home, 0755);
}

static int teardown(void **state)
{
    static const char *const names[] = {
        "/run/tmpguard", "/run",  "/link", "/home/.cache/tmpguard",
        "/home/.cache",  "/home", ""
    };
    struct places *places = *state;

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        char path[128];

        snprintf(path, sizeof(path), "%s%s", places->top, names[i]);
        if (rmdir(path) < 0)
            unlink(path);
    }
    free(places);
    return 0;
}

static void expect_in(const struct socket_folder *folder, const char *path)
{
    if (strncmp(folder->path, path, strlen(path)) != 0)
        fail_msg("%s is not in %s", folder->path, path);
    assert_int_equal(
        0, strncmp(folder->socket, folder->path, strlen(folder->path)));
    assert_int_equal(0,
                     strncmp(folder->lock, folder->path, strlen(folder->path)));
}

static void a_client_makes_nothing(void **state)
{
    const struct places *places = *state;
    const struct socket_surroundings around = { places->runtime, places->home };
    struct socket_folder folder;

    assert_int_equal(0, socket_folder_find(&folder, &around, false));
    expect_in(&folder, places->runtime);
    assert_int_equal(-1, access(folder.path, F_OK));
}

static void
the_folder_of_the_session_is_first_and_is_closed_to_others(void **state)
{
    const struct places *places = *state;
    const struct socket_surroundings around = { places->runtime, places->home };
    struct socket_folder folder;
    struct stat about;

    assert_int_equal(1, socket_folder_find(&folder, &around, true));
    expect_in(&folder, places->runtime);
    assert_int_equal(0, stat(folder.path, &about));
    assert_int_equal(0700, about.st_mode & 0777);
    assert_int_equal(1, socket_folder_find(&folder, &around, false));
}

/* Then it is at home, unless this machine has a folder for the session. */
static void expect_not_in_session(const struct places *places,
                                  const char *runtime)
{
    const struct socket_surroundings around = { runtime, places->home };
    struct socket_folder folder;

    assert_true(socket_folder_find(&folder, &around, false) >= 0);
    if (strncmp(folder.path, "/run/user/", 10) != 0)
        expect_in(&folder, places->home);
}

static void a_folder_that_others_can_enter_is_passed_over(void **state)
{
    const struct places *places = *state;

    chmod(places->runtime, 0750);
    expect_not_in_session(places, places->runtime);
}

static void one_of_ours_that_others_can_enter_is_left_as_it_is(void **state)
{
    const struct places *places = *state;
    char path[128];
    struct stat about;

    snprintf(path, sizeof(path), "%s/tmpguard", places->runtime);
    mkdir(path, 0755);
    chmod(path, 0755);
    expect_not_in_session(places, places->runtime);
    assert_int_equal(0, stat(path, &about));
    assert_int_equal(0755, about.st_mode & 0777);
}

static void a_symbolic_link_is_passed_over(void **state)
{
    const struct places *places = *state;
    char path[128];

    snprintf(path, sizeof(path), "%s/link", places->top);
    assert_int_equal(0, symlink(places->runtime, path));
    expect_not_in_session(places, path);
}

static void a_relative_folder_is_passed_over(void **state)
{
    expect_not_in_session(*state, "run");
    expect_not_in_session(*state, "");
    expect_not_in_session(*state, NULL);
}

static void a_name_that_is_too_long_is_passed_over(void **state)
{
    const struct places *places = *state;
    char path[200];

    snprintf(path, sizeof(path), "%s%0100d", places->runtime, 1);
    assert_int_equal(0, mkdir(path, 0700));
    expect_not_in_session(places, path);
    rmdir(path);
}

static void somebody_elses_folder_is_passed_over(void **state)
{
    const struct places *places = *state;

    if (geteuid() == 0)
        assert_int_equal(0, chown(places->runtime, 12345, 12345));
    expect_not_in_session(places, geteuid() == 0 ? places->runtime : "/");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* Find it when the pipe is closed, and end with whether it is the session's. */
static void find_at_once(const struct places *places, const int start[2])
{
    struct socket_surroundings around = { places->runtime, places->home };
    struct socket_folder folder;
    char byte;

    close(start[1]);
    if (read(start[0], &byte, 1) != 0 ||
        socket_folder_find(&folder, &around, true) != 1)
        _exit(1);
    _exit(strncmp(folder.path, places->runtime, strlen(places->runtime)) != 0);
}

/* Whoever comes second finds what the first one made. */
static void those_who_begin_at_once_come_to_the_same_folder(void **state)
{
    enum { ROUNDS = 300, AT_ONCE = 6 };
    const struct places *places = *state;
    char path[128];
    int elsewhere = 0;

    snprintf(path, sizeof(path), "%s/tmpguard", places->runtime);
    for (int round = 0; round < ROUNDS; round++) {
        int start[2], status;

        assert_int_equal(0, pipe(start));
        for (int i = 0; i < AT_ONCE; i++)
            if (fork() == 0)
                find_at_once(places, start);
        close(start[0]);
        close(start[1]);
        for (int i = 0; i < AT_ONCE; i++) {
            assert_true(wait(&status) > 0);
            elsewhere += status != 0;
        }
        rmdir(path);
    }
    assert_int_equal(0, elsewhere);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_client_makes_nothing),
        TEST(the_folder_of_the_session_is_first_and_is_closed_to_others),
        TEST(a_folder_that_others_can_enter_is_passed_over),
        TEST(one_of_ours_that_others_can_enter_is_left_as_it_is),
        TEST(a_symbolic_link_is_passed_over),
        TEST(a_relative_folder_is_passed_over),
        TEST(a_name_that_is_too_long_is_passed_over),
        TEST(somebody_elses_folder_is_passed_over),
        TEST(those_who_begin_at_once_come_to_the_same_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

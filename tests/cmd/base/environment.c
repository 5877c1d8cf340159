#include "tests/test.h"

#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/base/environment.h"

#define SOMEBODY 65534

/* A folder of ours, /tmp/…; freed and deleted at the end. */
static int make_folder(void **state)
{
    char name[] = "/tmp/tmpguard-environment.XXXXXX";

    *state = mkdtemp(name) ? strdup(name) : NULL;
    unsetenv("XDG_CACHE_HOME");
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_STATE_HOME");
    unsetenv("GIT_CONFIG_GLOBAL");
    return *state ? setenv("HOME", *state, 1) : -1;
}

static int delete_folder(void **state)
{
    char command[128];

    snprintf(command, sizeof(command), "rm -rf '%s'", (const char *)*state);
    free(*state);
    return system(command);
}

/* Frees `got`. */
static void expect(char *got, const char *folder, const char *below)
{
    char want[PATH_MAX];

    snprintf(want, sizeof(want), "%s%s", folder, below);
    assert_string_equal(want, got);
    free(got);
}

static void places_are_below_home(void **state)
{
    expect(environment_cache_folder(), *state, "/.cache/tmpguard");
    expect(environment_config_folder(), *state, "/.config/tmpguard");
    expect(environment_state_folder(), *state, "/.local/state/tmpguard");
}

static void a_variable_of_xdg_moves_its_place_alone(void **state)
{
    setenv("XDG_CACHE_HOME", "/tmp", 1);
    if (geteuid() == 0)
        setenv("XDG_CACHE_HOME", "/", 1);
    expect(environment_cache_folder(), getenv("XDG_CACHE_HOME"), "/tmpguard");
    expect(environment_config_folder(), *state, "/.config/tmpguard");
}

static void a_relative_folder_is_none(void **state)
{
    setenv("XDG_CACHE_HOME", "cache", 1);
    expect(environment_cache_folder(), *state, "/.cache/tmpguard");
    setenv("XDG_CACHE_HOME", "", 1);
    expect(environment_cache_folder(), *state, "/.cache/tmpguard");
}

static void without_home_the_user_database_is_asked(void **state)
{
    const struct passwd *user = getpwuid(geteuid());
    char *folder;

    (void)state;
    if (!user) {
        print_message("skipped: this user is in no database\n");
        skip();
    }
    unsetenv("HOME");
    folder = environment_cache_folder();
    expect(folder, user->pw_dir, "/.cache/tmpguard");
    setenv("HOME", "relative", 1);
    folder = environment_cache_folder();
    expect(folder, user->pw_dir, "/.cache/tmpguard");
}

static void root_uses_no_folder_of_somebody_else(void **state)
{
    const struct passwd *user = getpwuid(geteuid());
    char below[PATH_MAX];

    if (geteuid() != 0) {
        print_message("skipped: needs root\n");
        skip();
    }
    assert_int_equal(0, chown(*state, SOMEBODY, SOMEBODY));
    expect(environment_cache_folder(), user->pw_dir, "/.cache/tmpguard");
    snprintf(below, sizeof(below), "%s/not/there", (const char *)*state);
    setenv("XDG_CACHE_HOME", below, 1);
    expect(environment_cache_folder(), user->pw_dir, "/.cache/tmpguard");
    assert_int_equal(0, chown(*state, 0, 0));
    expect(environment_cache_folder(), below, "/tmpguard");
}

static void touch(const char *folder, const char *name)
{
    char path[PATH_MAX];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static void make_below(const char *folder, const char *name)
{
    char path[PATH_MAX];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert_int_equal(0, mkdir(path, 0700));
}

static void git_s_file_is_the_one_that_git_writes(void **state)
{
    expect(environment_git_config(), *state, "/.gitconfig");
    make_below(*state, ".config");
    make_below(*state, ".config/git");
    touch(*state, ".config/git/config");
    expect(environment_git_config(), *state, "/.config/git/config");
    touch(*state, ".gitconfig");
    expect(environment_git_config(), *state, "/.gitconfig");
}

static void git_s_own_variable_names_its_file(void **state)
{
    setenv("GIT_CONFIG_GLOBAL", "/etc/some", 1);
    expect(environment_git_config(), "/etc/some", "");
    setenv("GIT_CONFIG_GLOBAL", "relative", 1);
    assert_null(environment_git_config());
    setenv("GIT_CONFIG_GLOBAL", "", 1);
    expect(environment_git_config(), *state, "/.gitconfig");
}

static void the_program_knows_where_it_is(void **state)
{
    char *program = environment_program(), *real;

    (void)state;
    assert_non_null(program);
    real = realpath("/proc/self/exe", NULL);
    assert_string_equal(real, program);
    free(real);
    free(program);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, make_folder, delete_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(places_are_below_home),
        TEST(a_variable_of_xdg_moves_its_place_alone),
        TEST(a_relative_folder_is_none),
        TEST(without_home_the_user_database_is_asked),
        TEST(root_uses_no_folder_of_somebody_else),
        TEST(git_s_file_is_the_one_that_git_writes),
        TEST(git_s_own_variable_names_its_file),
        TEST(the_program_knows_where_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

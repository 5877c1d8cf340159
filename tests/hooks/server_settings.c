#include "tests/hooks/sandbox.h"

#include "hooks/server_settings.h"

static void expect(const char *deadline, const char *on_deadline)
{
    struct server_settings settings = { .deadline = NULL };
    struct error err = { .message = "" };

    if (server_settings_read(&settings, &err) < 0)
        fail_msg("%s", err.message);
    if (strcmp(settings.deadline ? settings.deadline : "-", deadline) != 0 ||
        strcmp(settings.on_deadline ? settings.on_deadline : "-",
               on_deadline) != 0)
        fail_msg("got %s and %s", settings.deadline, settings.on_deadline);
    server_settings_release(&settings);
}

static void nothing_is_set_at_first(void **state)
{
    (void)state;
    expect("-", "-");
}

static void the_last_value_of_each_holds(void **state)
{
    (void)state;
    sh("git config hooks.tmpguard.deadline 5; git config --add "
       "hooks.tmpguard.deadline 7; git config hooks.tmpguard.onDeadline accept;"
       "git config hooks.tmpguard.other x");
    expect("7", "accept");
}

static void a_key_without_a_value_is_an_empty_one(void **state)
{
    (void)state;
    sh("printf '[hooks \"tmpguard\"]\\n\\tdeadline\\n' >> .git/config");
    expect("", "-");
}

static void a_file_that_git_cannot_read_is_an_error(void **state)
{
    struct server_settings settings = { .deadline = NULL };
    struct error err;

    (void)state;
    sh("echo '[' >> .git/config");
    assert_int_equal(-1, server_settings_read(&settings, &err));
    server_settings_release(&settings);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(nothing_is_set_at_first),
        IN_REPOSITORY(the_last_value_of_each_holds),
        IN_REPOSITORY(a_key_without_a_value_is_an_empty_one),
        IN_REPOSITORY(a_file_that_git_cannot_read_is_an_error),
    };

    return cmocka_run_group_tests_name("hooks/server_settings", tests, NULL,
                                       NULL);
}

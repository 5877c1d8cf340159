#include "tests/hooks/sandbox.h"

#include "hooks/install/install.h"
#include "hooks/install/install_state.h"

static void install(const char *program)
{
    struct install_options here = { .program = program };
    struct error err;

    if (install_hooks(&here, &err) != 0)
        fail_msg("install: %s", err.message);
}

static void expect(bool installed, bool fires)
{
    struct install_state found;
    struct error err;

    if (install_state_read(&found, &err) < 0)
        fail_msg("%s", err.message);
    if (found.installed != installed || found.fires != fires || !found.where)
        fail_msg("installed %d, fires %d, in %s", found.installed, found.fires,
                 found.where);
    install_state_release(&found);
}

static void nothing_is_installed_at_first(void **state)
{
    (void)state;
    expect(false, false);
}

static void what_was_installed_fires(void **state)
{
    (void)state;
    install("/bin/true");
    expect(true, true);
}

static void without_its_program_it_does_not_fire(void **state)
{
    (void)state;
    sh("cp /bin/true there");
    install("there");
    sh("rm there");
    expect(true, false);
}

static void a_line_of_ours_in_somebody_elses_hooks_counts(void **state)
{
    (void)state;
    sh("for name in pre-commit pre-merge-commit pre-push; do "
       "printf '#!/bin/sh\\ntmpguard check\\n' > .git/hooks/$name; "
       "chmod +x .git/hooks/$name; done");
    expect(true, true);
    sh("rm .git/hooks/pre-push");
    expect(true, false);
}

static void outside_a_repository_it_is_a_mistake_to_ask(void **state)
{
    struct install_state found;
    struct error err = { .message = "" };

    (void)state;
    sh("mv .git none");
    assert_int_equal(-1, install_state_read(&found, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    install_state_release(&found);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(nothing_is_installed_at_first),
        IN_REPOSITORY(what_was_installed_fires),
        IN_REPOSITORY(without_its_program_it_does_not_fire),
        IN_REPOSITORY(a_line_of_ours_in_somebody_elses_hooks_counts),
        IN_REPOSITORY(outside_a_repository_it_is_a_mistake_to_ask),
    };

    return cmocka_run_group_tests_name("hooks/install/install_state", tests,
                                       NULL, NULL);
}

#include "tests/hooks/sandbox.h"

#include "hooks/install/doctor.h"
#include "hooks/install/install.h"

static const char *const git = "/usr/bin/git";
static const char *const nothing[] = { NULL };

/* Without a canary: the program here is none of ours. */
static struct doctor look(const char *const *variables)
{
    struct doctor_options options = { .gits = &git,
                                      .gits_count = 1,
                                      .path = "/usr/bin",
                                      .temporary = "/tmp",
                                      .variables = variables };
    struct doctor doctor;
    struct error err;

    if (doctor_look(&doctor, &options, &err) < 0)
        fail_msg("%s", err.message);
    return doctor;
}

static const struct checkup_entry *find(const struct doctor *doctor,
                                        const char *id)
{
    for (size_t i = 0; i < doctor->checkup.entries_count; i++)
        if (strcmp(doctor->checkup.entries[i].id, id) == 0)
            return &doctor->checkup.entries[i];
    fail_msg("nothing is said of %s", id);
    return NULL;
}

static size_t count(const struct doctor *doctor, const char *id)
{
    size_t found = 0;

    for (size_t i = 0; i < doctor->checkup.entries_count; i++)
        found += strcmp(doctor->checkup.entries[i].id, id) == 0;
    return found;
}

static void install(const char *program)
{
    struct install_options here = { .program = program };
    struct error err;

    if (install_hooks(&here, &err) != 0)
        fail_msg("install: %s", err.message);
}

static void each_hook_that_is_not_there_is_named(void **state)
{
    struct doctor doctor = look(nothing);

    (void)state;
    assert_int_equal(3, count(&doctor, "hook.present"));
    assert_string_equal("tmpguard install",
                        find(&doctor, "hook.present")->repair);
    assert_int_equal(CHECKUP_FAIL, checkup_worst(&doctor.checkup));
    doctor_release(&doctor);
}

static void every_worktree_and_git_is_looked_at(void **state)
{
    struct doctor doctor;

    (void)state;
    sh("git commit -q --allow-empty -m a; git worktree add -q --detach there "
       "2> /dev/null; git worktree add -q --detach gone 2> /dev/null; "
       "rm -r gone");
    doctor = look(nothing);
    assert_int_equal(2, find(&doctor, "hook.present")->places.items_count);
    assert_int_equal(1, find(&doctor, "hook.present")->gits.items_count);
    assert_int_equal(CHECKUP_OK, find(&doctor, "worktree")->state);
    doctor_release(&doctor);
}

static void the_program_behind_the_hooks_is_told_of_once(void **state)
{
    struct doctor doctor;

    (void)state;
    install("/bin/true");
    doctor = look(nothing);
    assert_int_equal(1, count(&doctor, "program.runs"));
    assert_int_equal(0, count(&doctor, "hook.present"));
    doctor_release(&doctor);
}

static void hooks_that_a_hooks_path_hides_are_named(void **state)
{
    struct doctor doctor;

    (void)state;
    sh("mkdir others; printf '#!/bin/sh\\ngit lfs pre-push\\n' > "
       ".git/hooks/post-merge; echo : > .git/hooks/post-commit; "
       "chmod +x .git/hooks/post-*; git config core.hooksPath others");
    doctor = look(nothing);
    assert_int_equal(CHECKUP_WARN, find(&doctor, "hidden")->state);
    assert_non_null(strstr(find(&doctor, "hidden")->detail, "post-commit"));
    assert_non_null(strstr(find(&doctor, "git-lfs")->detail, "post-merge"));
    doctor_release(&doctor);
}

static void where_git_lfs_is_used_its_push_hook_has_to_run(void **state)
{
    struct doctor doctor;

    (void)state;
    sh("mkdir .git/lfs");
    install("/bin/true");
    doctor = look(nothing);
    assert_int_equal(CHECKUP_WARN, find(&doctor, "git-lfs")->state);
    doctor_release(&doctor);
    sh("printf '#!/bin/sh\\ngit lfs pre-push\\n' > "
       ".git/hooks/pre-push.pre-tmpguard");
    doctor = look(nothing);
    assert_int_equal(CHECKUP_OK, find(&doctor, "git-lfs")->state);
    doctor_release(&doctor);
}

static void a_shadow_comes_with_its_file(void **state)
{
    struct doctor doctor;

    (void)state;
    install("/bin/true");
    sh("git config hook.tmpguard.enabled true; "
       "git config core.hooksPath /nowhere");
    doctor = look(nothing);
    if (count(&doctor, "hooks-path"))
        assert_non_null(
            strstr(find(&doctor, "hooks-path")->detail, "/.git/config"));
    else
        assert_int_equal(1, count(&doctor, "config-hook.git"));
    doctor_release(&doctor);
}

static void variables_of_the_shell_are_warnings(void **state)
{
    static const char *const set[] = { "GIT_CONFIG_GLOBAL", NULL };
    struct doctor doctor = look(set);

    (void)state;
    assert_int_equal(CHECKUP_WARN, find(&doctor, "environment")->state);
    assert_string_equal("unset GIT_CONFIG_GLOBAL",
                        find(&doctor, "environment")->repair);
    doctor_release(&doctor);
}

static void kinds_of_repositories_are_notes(void **state)
{
    struct doctor doctor;

    (void)state;
    sh("rm -rf .git; git init -q --object-format=sha256 .; "
       "git config core.splitIndex true");
    doctor = look(nothing);
    assert_int_equal(2, count(&doctor, "format"));
    assert_int_equal(CHECKUP_OK, find(&doctor, "format")->state);
    assert_non_null(strstr(find(&doctor, "format")->detail, "SHA-256"));
    doctor_release(&doctor);
}

static void a_bare_repository_is_one_that_is_pushed_to(void **state)
{
    struct doctor doctor;

    (void)state;
    sh("git config core.bare true; mv .git bare.git");
    assert_int_equal(0, chdir("bare.git"));
    doctor = look(nothing);
    assert_int_equal(1, count(&doctor, "hook.present"));
    assert_non_null(
        strstr(find(&doctor, "hook.present")->detail, "pre-receive"));
    assert_non_null(strstr(find(&doctor, "hook.present")->repair, "--server"));
    doctor_release(&doctor);
}

static void one_that_nothing_can_be_asked_of_is_a_warning(void **state)
{
    static const char *const none = "/nowhere/git";
    struct doctor_options options = { .gits = &none,
                                      .gits_count = 1,
                                      .path = "/usr/bin",
                                      .temporary = "/tmp",
                                      .variables = nothing };
    struct doctor doctor;
    struct error err;

    (void)state;
    assert_int_equal(0, doctor_look(&doctor, &options, &err));
    assert_int_equal(CHECKUP_FAIL, checkup_worst(&doctor.checkup));
    assert_int_equal(CHECKUP_WARN, find(&doctor, "git")->state);
    doctor_release(&doctor);
}

static void outside_a_repository_it_is_a_mistake_to_ask(void **state)
{
    struct doctor_options options = { .path = "/usr/bin",
                                      .temporary = "/tmp",
                                      .variables = nothing };
    struct doctor doctor;
    struct error err = { .message = "" };

    (void)state;
    sh("rm -rf .git");
    assert_int_equal(-1, doctor_look(&doctor, &options, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    doctor_release(&doctor);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(each_hook_that_is_not_there_is_named),
        IN_REPOSITORY(every_worktree_and_git_is_looked_at),
        IN_REPOSITORY(the_program_behind_the_hooks_is_told_of_once),
        IN_REPOSITORY(hooks_that_a_hooks_path_hides_are_named),
        IN_REPOSITORY(where_git_lfs_is_used_its_push_hook_has_to_run),
        IN_REPOSITORY(a_shadow_comes_with_its_file),
        IN_REPOSITORY(variables_of_the_shell_are_warnings),
        IN_REPOSITORY(kinds_of_repositories_are_notes),
        IN_REPOSITORY(a_bare_repository_is_one_that_is_pushed_to),
        IN_REPOSITORY(one_that_nothing_can_be_asked_of_is_a_warning),
        IN_REPOSITORY(outside_a_repository_it_is_a_mistake_to_ask),
    };

    return cmocka_run_group_tests_name("hooks/install/doctor", tests, NULL,
                                       NULL);
}

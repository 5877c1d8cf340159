#include "tests/hooks/sandbox.h"

#include "hooks/install/install.h"

/* A program that is there and says that all is well. */
#define PROGRAM "/bin/true"

static struct buffer said;

static void hear(const char *line, void *payload)
{
    (void)payload;
    buffer_format(&said, "%s\n", line);
}

static const struct install_options here = { .program = PROGRAM, .say = hear };

static void install(void)
{
    struct error err = { .message = "" };

    buffer_clear(&said);
    if (install_hooks(&here, &err) != 0)
        fail_msg("install: %s", err.message);
}

static int uninstall(void)
{
    struct error err = { .message = "" };
    int result;

    buffer_clear(&said);
    result = uninstall_hooks(&here, &err);
    if (result < 0)
        fail_msg("uninstall: %s", err.message);
    return result;
}

static void expect_refusal(const char *why)
{
    struct error err = { .message = "" };

    assert_int_equal(-1, install_hooks(&here, &err));
    if (!strstr(err.message, why))
        fail_msg("'%s' does not say '%s'", err.message, why);
}

/* What a repository is but for objects and the index. */
static void remember(void)
{
    sh("{ find .git ! -path '*/objects/*' ! -name index -printf '%p %m %l\\n'; "
       "find .git -type f ! -path '*/objects/*' ! -name index -exec cksum {} "
       "+; } | sort > then");
}

static void expect_as_remembered(void)
{
    sh("mv then was; { find .git ! -path '*/objects/*' ! -name index -printf "
       "'%p %m %l\\n'; find .git -type f ! -path '*/objects/*' ! -name index "
       "-exec cksum {} +; } | sort > then; diff was then");
}

/* In front of git: one that runs hooks from its settings, as far as
 * installing asks. */
static void pretend_to_be_modern(void)
{
    struct buffer path = BUFFER_EMPTY;

    sh("real=$(command -v git); mkdir bin; cat > bin/git <<END\n"
       "#!/bin/sh\n"
       "case \"\\$*\" in\n"
       "*' version') echo git version 2.54.0 ;;\n"
       "*' hook list '*) $real config --get-regexp '^hook.tmpguard.event' "
       "> /dev/null && echo tmpguard ;;\n"
       "*) exec $real \"\\$@\" ;;\n"
       "esac\n"
       "END\n"
       "chmod +x bin/git");
    buffer_format(&path, "%s/bin:%s", getenv("PWD") ? getenv("PWD") : "",
                  getenv("PATH"));
    setenv("PATH", path.bytes, 1);
    buffer_release(&path);
}

/* In front of git: one of today's most common kind, whatever is here. */
static char *usual_path;

static int enter(void **state)
{
    struct sandbox *sandbox;

    if (enter_repository(state) < 0)
        return -1;
    sandbox = *state;
    setenv("PWD", sandbox->folder, 1);
    sh("real=$(command -v git); mkdir old; cat > old/git <<END\n"
       "#!/bin/sh\n"
       "case \"\\$*\" in\n"
       "*' version') echo git version 2.39.5 ;;\n"
       "*) exec $real \"\\$@\" ;;\n"
       "esac\n"
       "END\n"
       "chmod +x old/git");
    usual_path = memory_copy(getenv("PATH"), strlen(getenv("PATH")));
    {
        struct buffer path = BUFFER_EMPTY;

        buffer_format(&path, "%s/old:%s", sandbox->folder, usual_path);
        setenv("PATH", path.bytes, 1);
        buffer_release(&path);
    }
    return 0;
}

static int go(void **state)
{
    setenv("PATH", usual_path, 1);
    free(usual_path);
    buffer_release(&said);
    return leave(state);
}

static void it_is_taken_out_without_a_trace(void **state)
{
    (void)state;
    sh("echo exit 0 > .git/hooks/pre-push; chmod 700 .git/hooks/pre-push; "
       "ln -s ../../nowhere .git/hooks/pre-commit");
    remember();
    install();
    sh("test -L .git/hooks/pre-commit.pre-tmpguard; "
       "test -x .git/hooks/pre-merge-commit");
    assert_int_equal(0, uninstall());
    expect_as_remembered();
}

static void an_interrupted_installation_is_finished_or_undone(void **state)
{
    (void)state;
    sh("echo exit 0 > .git/hooks/pre-push; chmod +x .git/hooks/pre-push");
    remember();
    install();
    /* As it is after the first hook, and in the middle of the last one. */
    sh("cd .git/hooks; rm pre-merge-commit; mv pre-push.pre-tmpguard pre-push; "
       "ln pre-push pre-push.pre-tmpguard");
    assert_int_equal(0, uninstall());
    expect_as_remembered();
    install();
    sh("cd .git/hooks; rm pre-merge-commit; mv pre-push.pre-tmpguard pre-push; "
       "ln pre-push pre-push.pre-tmpguard");
    install();
    sh("grep -q 'exit 0' .git/hooks/pre-push.pre-tmpguard");
    assert_int_equal(0, uninstall());
    expect_as_remembered();
}

static void shims_whose_record_is_lost_are_taken_over(void **state)
{
    (void)state;
    sh("echo exit 0 > .git/hooks/pre-push; chmod +x .git/hooks/pre-push");
    install();
    sh("rm -r .git/tmpguard");
    install();
    sh("grep -q 'exit 0' .git/hooks/pre-push.pre-tmpguard");
    assert_int_equal(0, uninstall());
    sh("grep -qx 'exit 0' .git/hooks/pre-push; test ! -e "
       ".git/hooks/pre-commit; "
       "test ! -e .git/hooks/pre-push.pre-tmpguard");
}

static void shims_whose_record_is_lost_are_taken_out(void **state)
{
    (void)state;
    sh("echo exit 0 > .git/hooks/pre-push; chmod +x .git/hooks/pre-push");
    remember();
    install();
    sh("rm -r .git/tmpguard");
    assert_int_equal(0, uninstall());
    expect_as_remembered();
    assert_int_equal(0, uninstall());
    assert_string_equal("nothing is installed\n", said.bytes);
}

static void a_setting_that_stays_in_the_way_is_a_refusal(void **state)
{
    (void)state;
    sh("mkdir elsewhere; git config --file included core.hooksPath "
       "\"$PWD/elsewhere\"; git config include.path \"$PWD/included\"");
    remember();
    expect_refusal("another setting is in the way");
    expect_as_remembered();
}

static void a_strange_record_is_not_guessed_at(void **state)
{
    struct error err;

    (void)state;
    sh("mkdir .git/tmpguard; echo tmpguard-install 2 > .git/tmpguard/install");
    expect_refusal("not a record of this version");
    assert_int_equal(-1, uninstall_hooks(&here, &err));
    sh("echo tmpguard-install 1 > .git/tmpguard/install; "
       "echo way folder >> .git/tmpguard/install");
    expect_refusal("not a record of this version");
}

static void a_folder_in_the_place_of_a_hook_is_a_refusal(void **state)
{
    (void)state;
    sh("mkdir .git/hooks/pre-push");
    remember();
    expect_refusal("pre-push is not a regular file");
    expect_as_remembered();
}

static void a_modern_git_is_told_in_its_settings(void **state)
{
    (void)state;
    sh("printf '[user]\\n\\tname = A' >> .git/config; "
       "echo exit 0 > .git/hooks/pre-commit");
    pretend_to_be_modern();
    remember();
    install();
    sh("test \"$(git config --get-all hook.tmpguard.event | tr '\\n' ' ')\" = "
       "'pre-commit pre-merge-commit pre-push '; "
       "git config hook.tmpguard.command | grep -q /bin/true; "
       "test ! -e .git/hooks/pre-push");
    install();
    assert_non_null(strstr(said.bytes, "already installed"));
    assert_int_equal(0, uninstall());
    expect_as_remembered();
}

static void the_command_comes_before_the_events(void **state)
{
    (void)state;
    pretend_to_be_modern();
    install();
    sh("grep -n -m1 'command =' .git/config | cut -d: -f1 > a; "
       "grep -n -m1 'event =' .git/config | cut -d: -f1 > b; "
       "test $(cat a) -lt $(cat b)");
}

static void with_an_older_git_the_hook_becomes_a_script(void **state)
{
    (void)state;
    pretend_to_be_modern();
    install();
    sh("rm bin/git");
    install();
    sh("test -x .git/hooks/pre-commit; ! git config --get-regexp '^hook\\.'");
}

static void settings_changed_since_are_kept_when_ours_go(void **state)
{
    (void)state;
    pretend_to_be_modern();
    install();
    sh("git config user.name B");
    assert_int_equal(0, uninstall());
    sh("test $(git config user.name) = B; "
       "! git config --get-regexp '^hook\\.'; test ! -e .git/tmpguard");
}

static void a_hook_of_the_same_name_is_not_overwritten(void **state)
{
    (void)state;
    pretend_to_be_modern();
    sh("git config hook.tmpguard.command mine");
    remember();
    expect_refusal("hook.tmpguard that is not known");
    expect_as_remembered();
}

static void a_hook_switched_off_is_a_refusal(void **state)
{
    (void)state;
    pretend_to_be_modern();
    sh("sed -i 's/&& echo tmpguard/\\&\\& printf "
       "\"disabled\\\\ttmpguard\\\\n\"/' "
       "bin/git");
    remember();
    expect_refusal("another setting is in the way");
    expect_as_remembered();
}

int main(void)
{
#define IN_REPOSITORY(test) cmocka_unit_test_setup_teardown(test, enter, go)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(it_is_taken_out_without_a_trace),
        IN_REPOSITORY(an_interrupted_installation_is_finished_or_undone),
        IN_REPOSITORY(shims_whose_record_is_lost_are_taken_over),
        IN_REPOSITORY(shims_whose_record_is_lost_are_taken_out),
        IN_REPOSITORY(a_setting_that_stays_in_the_way_is_a_refusal),
        IN_REPOSITORY(a_strange_record_is_not_guessed_at),
        IN_REPOSITORY(a_folder_in_the_place_of_a_hook_is_a_refusal),
        IN_REPOSITORY(a_modern_git_is_told_in_its_settings),
        IN_REPOSITORY(the_command_comes_before_the_events),
        IN_REPOSITORY(with_an_older_git_the_hook_becomes_a_script),
        IN_REPOSITORY(settings_changed_since_are_kept_when_ours_go),
        IN_REPOSITORY(a_hook_of_the_same_name_is_not_overwritten),
        IN_REPOSITORY(a_hook_switched_off_is_a_refusal),
    };

    return cmocka_run_group_tests_name("hooks/install/install", tests, NULL,
                                       NULL);
}

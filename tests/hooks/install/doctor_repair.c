#include "tests/test.h"

#include "hooks/install/doctor_repair.h"

static void expect_word(const char *word, const char *wanted)
{
    struct buffer out = BUFFER_EMPTY;

    repair_word(&out, word);
    assert_string_equal(wanted, out.bytes);
    buffer_release(&out);
}

static void a_word_is_quoted_where_the_shell_would_read_into_it(void **state)
{
    (void)state;
    expect_word("/a/b-c_d.e", "/a/b-c_d.e");
    expect_word("/a b", "'/a b'");
    expect_word("it's", "'it'\\''s'");
    expect_word("$(x)", "'$(x)'");
    expect_word("", "''");
    expect_word("a 'b\n%\\", "\"$(printf 'a \\047b\\012\\045\\134')\"");
}

static void expect_unset(const struct setting *setting, const char *wanted)
{
    struct buffer out = BUFFER_EMPTY;

    repair_unset(&out, setting, "a.b");
    assert_string_equal(wanted, out.bytes);
    buffer_release(&out);
}

static void a_setting_is_taken_out_of_where_it_stands(void **state)
{
    struct setting file = { .file = (char[]){ "/x y" } };
    struct setting none = { .file = NULL };

    (void)state;
    expect_unset(&file, "git config --file '/x y' --unset-all a.b");
    expect_unset(&none, "unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS");
}

static void the_folders_that_we_make_are_known_by_name(void **state)
{
    (void)state;
    assert_true(repair_is_our_folder("/r/.git/tmpguard/hooks"));
    assert_true(repair_is_our_folder("/h/.config/tmpguard/hooks/"));
    assert_false(repair_is_our_folder("/r/.husky"));
    assert_false(repair_is_our_folder(""));
}

static void to_install_again_reaches_as_far_as_before(void **state)
{
    char user[] = "global", machine[] = "system", ours[] = "/x/tmpguard/hooks",
         other[] = "/x", command[] = "y";
    const struct scene nothing = { .install = "tmpguard install" };
    const struct scene by_path = { .install_user = "a",
                                   .path = { .value = ours, .scope = user } };
    const struct scene hidden = { .install = "tmpguard install",
                                  .path = { .value = other, .scope = user } };
    const struct scene by_command = { .install_machine = "b",
                                      .command = { .value = command,
                                                   .scope = machine } };

    (void)state;
    assert_string_equal("tmpguard install", repair_install(&nothing));
    assert_string_equal("a", repair_install(&by_path));
    assert_string_equal("tmpguard install", repair_install(&hidden));
    assert_string_equal("b", repair_install(&by_command));
}

static void expect_for_old_git(const char *install, const char *wanted)
{
    char path[] = "/opt/an old/git";
    const struct git git = { .path = path };
    struct buffer out = BUFFER_EMPTY;

    repair_for_old_git(&out, &git, install);
    assert_string_equal(wanted, out.bytes);
    buffer_release(&out);
}

static void an_older_git_is_installed_for_with_it_in_front(void **state)
{
    (void)state;
    expect_for_old_git("tmpguard install",
                       "tmpguard uninstall && PATH='/opt/an old':\"$PATH\" "
                       "tmpguard install");
    expect_for_old_git("/an install/tmpguard -C / install --global",
                       "/an install/tmpguard -C / uninstall --global && "
                       "PATH='/opt/an old':\"$PATH\" "
                       "/an install/tmpguard -C / install --global");
    expect_for_old_git("sudo tmpguard install --system",
                       "sudo tmpguard uninstall --system && sudo env "
                       "PATH='/opt/an old':\"$PATH\" tmpguard install "
                       "--system");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_quoted_where_the_shell_would_read_into_it),
        cmocka_unit_test(a_setting_is_taken_out_of_where_it_stands),
        cmocka_unit_test(the_folders_that_we_make_are_known_by_name),
        cmocka_unit_test(to_install_again_reaches_as_far_as_before),
        cmocka_unit_test(an_older_git_is_installed_for_with_it_in_front),
    };

    return cmocka_run_group_tests_name("hooks/install/doctor_repair", tests,
                                       NULL, NULL);
}

#include "tests/hooks/sandbox.h"

#include "core/base/memory.h"
#include "hooks/git/config_search.h"

static bool said(const char *file, const char *home)
{
    struct config_places places = { .home = NULL };
    bool found;

    *ARRAY_PUSH(places.files.items) = memory_copy(file, strlen(file));
    if (home)
        places.home = memory_copy(home, strlen(home));
    found = config_search(&places, NULL, "hooks", "tmpguard");
    config_places_release(&places);
    return found;
}

static const struct {
    const char *what, *text;
    bool found;
} files[] = {
    { "nothing", "", false },
    { "another section", "[hook \"tmpguard\"]\n\tevent = x\n", false },
    { "another hook", "[hooks \"other\"]\n\tmissing = x\n", false },
    { "ours", "[user]\n\tname = a\n[hooks \"tmpguard\"]\n\tx = y\n", true },
    { "the old form", "[hooks.tmpguard]\n\tx = y\n", true },
    { "no key", "[hooks \"tmpguard\"]\n", false },
    { "in other letters", "[hooks.TMPGUARD]\n\tx = y\n", true },
    { "behind a backslash", "[hooks \"tmp\\guard\"]\n\tx = y\n", true },
    { "damage", "[hooks \"tmpguard\"\n", true },
    { "damage elsewhere, of which git complains", "[hooks\n", false },
    { "an include of nothing", "[include]\n\tpath = none\n", false },
    { "an include", "[include]\n\tpath = ours\n", true },
    { "a condition", "[includeIf \"onbranch:x\"]\n\tpath = ours\n", true },
    { "at home", "[include]\n\tpath = ~/ours\n", true },
    { "somebody's home", "[include]\n\tpath = ~other/x\n", true },
    { "git's prefix", "[include]\n\tpath = %(prefix)/x\n", true },
    { "no path", "[include]\n\tpath\n", true },
    { "itself, for ever", "[include]\n\tpath = f\n", true },
};

static void what_may_be_said_is_found(void **state)
{
    (void)state;
    put("ours", "[hooks \"tmpguard\"]\n\tx = y\n");
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        put("f", files[i].text);
        if (said("f", ".") != files[i].found)
            fail_msg("%s: want %d", files[i].what, files[i].found);
    }
    assert_false(said("none", NULL));
    assert_false(said("f/none", NULL));
}

static void a_nul_byte_hides_nothing(void **state)
{
    const char bytes[] = "[a]\nb = \0\n[hooks \"tmpguard\"]\nx = y\n";

    (void)state;
    put_bytes("f", bytes, sizeof(bytes) - 1);
    assert_true(said("f", NULL));
}

static void
a_link_includes_what_is_beside_it_and_beside_its_target(void **state)
{
    (void)state;
    sh("mkdir a b; echo '[include]' >a/f; echo 'path = x' >>a/f; ln -s ../a/f "
       "b/f; ln -s a/f f");
    assert_false(said("b/f", NULL));
    sh("printf '[hooks \"tmpguard\"]\\nx=y\\n' >b/x");
    assert_true(said("b/f", NULL));
    assert_false(said("f", NULL));
    sh("mv b/x a/x");
    assert_true(said("f", NULL));
}

static void what_cannot_be_told_is_for_git(void **state)
{
    (void)state;
    sh("mkdir folder; head -c 1048577 /dev/zero | tr '\\0' '#' >large");
    assert_true(said("folder", NULL));
    assert_true(said("large", NULL));
    sh("head -c 1048576 large >fits");
    assert_false(said("fits", NULL));
}

static void the_repositorys_own_files_are_looked_at(void **state)
{
    struct repo *repo = opened(*state);
    struct config_places places = { .home = NULL };

    assert_false(config_search(&places, repo, "hooks", "tmpguard"));
    sh("git config hooks.tmpguard.x y");
    assert_true(config_search(&places, repo, "hooks", "tmpguard"));
    sh("git config --unset hooks.tmpguard.x; git config -f "
       ".git/config.worktree "
       "hooks.tmpguard.x y");
    assert_true(config_search(&places, repo, "hooks", "tmpguard"));
    sh("rm .git/config.worktree; mkdir .git/tmpguard; git config -f far "
       "hooks.tmpguard.x y; printf '[include]\\npath = ../../far\\n' > "
       ".git/tmpguard/settings");
    assert_true(config_search(&places, repo, "hooks", "tmpguard"));
    sh("rm far");
    assert_false(config_search(&places, repo, "hooks", "tmpguard"));
    places.commanded = true;
    assert_true(config_search(&places, repo, "hooks", "tmpguard"));
}

static void a_file_is_known_by_any_of_its_names(void **state)
{
    struct config_places places = { .home = NULL };

    (void)state;
    sh("touch there; ln -s there link");
    *ARRAY_PUSH(places.files.items) = memory_copy("there", 5);
    assert_true(config_places_have(&places, "link"));
    assert_false(config_places_have(&places, "elsewhere"));
    config_places_release(&places);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_may_be_said_is_found, enter_folder,
                                        leave),
        cmocka_unit_test_setup_teardown(a_nul_byte_hides_nothing, enter_folder,
                                        leave),
        cmocka_unit_test_setup_teardown(
            a_link_includes_what_is_beside_it_and_beside_its_target,
            enter_folder, leave),
        cmocka_unit_test_setup_teardown(what_cannot_be_told_is_for_git,
                                        enter_folder, leave),
        cmocka_unit_test_setup_teardown(a_file_is_known_by_any_of_its_names,
                                        enter_folder, leave),
        cmocka_unit_test_setup_teardown(the_repositorys_own_files_are_looked_at,
                                        enter_repository, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

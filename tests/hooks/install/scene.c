#include "tests/hooks/sandbox.h"

#include "hooks/install/scene.h"
#include "hooks/system/trial.h"

static char git_path[] = "/usr/bin/git";
static struct git git;
static struct worktree tree;

static struct scene open_scene(void)
{
    struct scene scene;
    struct error err;

    if (scene_open(&scene, &git, &tree, NULL, &err) < 0)
        fail_msg("%s", err.message);
    return scene;
}

static void the_folder_for_hooks_is_what_git_says(void **state)
{
    struct scene scene = open_scene();
    struct sandbox *sandbox = *state;

    assert_int_equal(
        0, strncmp(scene.hooks, sandbox->folder, strlen(sandbox->folder)));
    assert_non_null(strstr(scene.hooks, "/.git/hooks"));
    assert_null(scene.path.value);
    scene_close(&scene);
    sh("git config core.hooksPath /some/where");
    scene = open_scene();
    assert_string_equal("/some/where", scene.hooks);
    scene_close(&scene);
}

static void a_setting_comes_with_its_scope_and_its_file(void **state)
{
    struct scene scene;
    struct buffer file = BUFFER_EMPTY;
    struct sandbox *sandbox = *state;

    sh("git config core.hooksPath mine; git config hook.tmpguard.enabled no");
    scene = open_scene();
    buffer_format(&file, "%s/.git/config", sandbox->folder);
    assert_string_equal("mine", scene.path.value);
    assert_string_equal("local", scene.path.scope);
    assert_string_equal(file.bytes, scene.path.file);
    assert_false(setting_is_true(&scene.enabled, true));
    scene_close(&scene);
    buffer_release(&file);
}

static void one_of_the_environment_is_in_no_file(void **state)
{
    struct scene scene;

    (void)state;
    setenv("GIT_CONFIG_COUNT", "1", 1);
    setenv("GIT_CONFIG_KEY_0", "core.hooksPath", 1);
    setenv("GIT_CONFIG_VALUE_0", "/x", 1);
    scene = open_scene();
    assert_string_equal("command", scene.path.scope);
    assert_null(scene.path.file);
    scene_close(&scene);
}

static void of_events_all_count_up_to_an_empty_one(void **state)
{
    struct scene scene;

    (void)state;
    sh("git config --add hook.tmpguard.event a; "
       "git config --add hook.tmpguard.event ''; "
       "git config --add hook.tmpguard.event pre-commit; "
       "git config --add hook.tmpguard.event pre-push");
    scene = open_scene();
    assert_true(setting_has_line(&scene.events, "pre-commit"));
    assert_true(setting_has_line(&scene.events, "pre-push"));
    assert_false(setting_has_line(&scene.events, "a"));
    assert_false(setting_has_line(&scene.events, "pre"));
    scene_close(&scene);
}

static void a_key_without_a_value_is_true(void **state)
{
    struct scene scene;

    (void)state;
    sh("printf '[hook \"tmpguard\"]\\n\\tenabled\\n' >> .git/config");
    scene = open_scene();
    assert_true(setting_is_true(&scene.enabled, false));
    assert_true(setting_is_true(&scene.command, true));
    assert_false(setting_is_true(&scene.command, false));
    scene_close(&scene);
}

static void what_names_another_repository_is_not_passed_on(void **state)
{
    static const char *const with[] = { "A=1", NULL };
    struct scene scene;
    char **environment;

    (void)state;
    setenv("GIT_DIR", "/nowhere", 1);
    setenv("GIT_INDEX_FILE", "/nowhere", 1);
    scene = open_scene();
    environment = scene_environment(&scene, with);
    for (size_t i = 0; environment[i]; i++)
        if (strstr(environment[i], "/nowhere"))
            fail_msg("%s", environment[i]);
    trial_environment_release(environment);
    scene_close(&scene);
}

static void a_refusal_has_gits_own_reason(void **state)
{
    struct scene scene;
    struct error err = { .message = "" };

    (void)state;
    sh("git config core.repositoryformatversion 9");
    assert_int_equal(-1, scene_open(&scene, &git, &tree, NULL, &err));
    assert_non_null(strstr(err.message, "9"));
    scene_close(&scene);
}

static int enter(void **state)
{
    struct sandbox *sandbox;

    if (enter_repository(state) < 0)
        return -1;
    sandbox = *state;
    tree = (struct worktree){ .path = sandbox->folder };
    git = (struct git){ .path = git_path };
    return 0;
}

int main(void)
{
#define IN_REPOSITORY(test) cmocka_unit_test_setup_teardown(test, enter, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(the_folder_for_hooks_is_what_git_says),
        IN_REPOSITORY(a_setting_comes_with_its_scope_and_its_file),
        IN_REPOSITORY(one_of_the_environment_is_in_no_file),
        IN_REPOSITORY(of_events_all_count_up_to_an_empty_one),
        IN_REPOSITORY(a_key_without_a_value_is_true),
        IN_REPOSITORY(what_names_another_repository_is_not_passed_on),
        IN_REPOSITORY(a_refusal_has_gits_own_reason),
    };

    return cmocka_run_group_tests_name("hooks/install/scene", tests, NULL,
                                       NULL);
}

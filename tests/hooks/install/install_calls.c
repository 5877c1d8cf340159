#include "tests/hooks/sandbox.h"

#include "hooks/install/install_calls.h"

static const struct {
    const char *line, *event;
    bool calls;
} lines[] = {
    { "tmpguard check", "pre-commit", true },
    { "  /usr/bin/tmpguard check --staged", "pre-merge-commit", true },
    { "npm test && tmpguard check", "pre-commit", true },
    { "entry: tmpguard check", "pre-commit", true },
    { "command: ['tmpguard', 'check']", "pre-commit", true },
    { "\"tmpguard\" check --pre-push", "pre-push", true },
    { "# tmpguard check", "pre-commit", false },
    { "   # tmpguard check", "pre-commit", false },
    { "tmpguard check || true", "pre-commit", false },
    { "tmpguard check", "pre-push", false },
    { "tmpguard check --pre-push", "pre-commit", false },
    { "tmpguard check --range A..B", "pre-commit", false },
    { "tmpguard scan", "pre-commit", false },
    { "tmpguardcheck", "pre-commit", false },
    { "my-tmpguard check", "pre-commit", false },
    { "tmpguard", "pre-commit", false },
    { "", "pre-commit", false },
};

static void a_line_calls_or_does_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
        if (calls_in_line(text_of(lines[i].line), lines[i].event) !=
            lines[i].calls)
            fail_msg("'%s' at %s", lines[i].line, lines[i].event);
}

#define ITEM(more)                                                             \
    "repos:\n- repo: local\n  hooks:\n  - id: x\n    entry: tmpguard "         \
    "check\n    always_run: true\n" more                                       \
    "  - id: y\n    entry: true\n    stages: [commit]\n"
#define OURS(id) "repos:\n- repo: url\n  rev: 1\n  hooks:\n  - id: " id "\n"

static const struct {
    const char *manager, *bytes, *event;
    bool calls;
} configurations[] = {
    { "lefthook",
      "pre-commit:\n  jobs:\n    - run: \"tmpguard check # {files}\"\n",
      "pre-commit", true },
    { "lefthook", "pre-commit:\n  jobs:\n    - run: tmpguard check\n",
      "pre-commit", false },
    { "lefthook", "pre-merge-commit:\n  jobs:\n    - run: tmpguard check\n",
      "pre-merge-commit", true },
    { "lefthook", "pre-push:\n  a:\n    run: tmpguard check --pre-push\n",
      "pre-push", false },
    { "lefthook", "pre-commit:\n  jobs:\n    - run: tmpguard check\n",
      "pre-merge-commit", false },
    { "lefthook", "pre-commit:\n  # run: tmpguard check\n", "pre-commit",
      false },
    { "lefthook",
      "pre-commit:\n\n# a comment\n  commands:\n    a:\n      run: 'tmpguard "
      "check # {files}'\npre-push:\n  commands:\n    a:\n      run: true\n",
      "pre-commit", true },
    { "lefthook", "commit-msg:\n  a:\n    run: tmpguard check # {files}\n",
      "pre-commit", false },
    { "lefthook", "pre-commit-not:\n  run: tmpguard check\n", "pre-commit",
      false },
    { "overcommit",
      "PreCommit:\n  A:\n    requires_files: false\n    command: ['tmpguard', "
      "'check']\n",
      "pre-commit", true },
    { "overcommit", "PreCommit:\n  A:\n    command: ['tmpguard', 'check']\n",
      "pre-commit", false },
    { "overcommit", "PreCommit:\n  A:\n    command: ['tmpguard', 'check']\n",
      "pre-merge-commit", false },
    { "overcommit",
      "PrePush:\n  A:\n    command: ['sh', '-c', 'tmpguard check "
      "--pre-push']\n",
      "pre-push", true },
    { "pre-commit", ITEM(""), "pre-commit", true },
    { "pre-commit", ITEM(""), "pre-merge-commit", true },
    { "pre-commit", ITEM(""), "pre-push", false },
    { "pre-commit", ITEM("    stages: [commit]\n"), "pre-commit", true },
    { "pre-commit", ITEM("    stages: [commit]\n"), "pre-merge-commit", false },
    { "pre-commit", ITEM("    stages: [pre-merge-commit]\n"), "pre-commit",
      false },
    { "pre-commit", ITEM("    stages:\n    - pre-commit\n    - manual\n"),
      "pre-commit", true },
    { "pre-commit", ITEM("    stages: [manual]\n"), "pre-commit", false },
    { "pre-commit", "default_stages: [push]\n" ITEM(""), "pre-commit", false },
    { "pre-commit", "default_stages: [commit]\n" ITEM(""), "pre-commit", true },
    { "pre-commit",
      "repos:\n- repo: local\n  hooks:\n  - id: tmpguard\n    entry: tmpguard "
      "check\n",
      "pre-commit", false },
    { "pre-commit", OURS("tmpguard"), "pre-commit", true },
    { "pre-commit", OURS("tmpguard"), "pre-push", false },
    { "pre-commit", OURS("tmpguard-push"), "pre-push", true },
    { "pre-commit", OURS("tmpguard-push"), "pre-commit", false },
    { "pre-commit", "#" OURS("other"), "pre-commit", false },
    { "pre-commit", "", "pre-commit", false },
};

static void a_configuration_calls_or_does_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(configurations) / sizeof(*configurations);
         i++)
        if (calls_in_configuration(manager_named(configurations[i].manager),
                                   text_of(configurations[i].bytes),
                                   configurations[i].event) !=
            configurations[i].calls)
            fail_msg("%s, at %s:\n%s", configurations[i].manager,
                     configurations[i].event, configurations[i].bytes);
}

static void a_hook_that_git_does_not_run_calls_nothing(void **state)
{
    (void)state;
    sh("printf 'pre-commit:\\n  a:\\n    run: tmpguard check {files}\\n' > "
       "lefthook.yml; echo call_lefthook > hook");
    assert_false(calls_from_hook("hook", ".", "pre-commit"));
    sh("chmod +x hook");
    assert_true(calls_from_hook("hook", ".", "pre-commit"));
    assert_false(calls_from_hook("hook", ".", "pre-push"));
    assert_false(calls_from_hook("none", ".", "pre-commit"));
}

static void nobodys_hook_calls_nothing(void **state)
{
    (void)state;
    sh("echo tmpguard check > hook; chmod +x hook");
    assert_false(calls_from_hook("hook", ".", "pre-commit"));
}

static void a_folder_calls_by_its_stub_and_its_script(void **state)
{
    (void)state;
    sh("mkdir -p .husky/_; echo tmpguard check > .husky/pre-commit");
    assert_false(calls_from_folder("./.husky/_", "pre-commit"));
    sh("touch .husky/_/pre-commit; chmod +x .husky/_/pre-commit");
    assert_true(calls_from_folder("./.husky/_", "pre-commit"));
    sh("chmod +x .husky/pre-commit");
    assert_true(calls_from_folder("./.husky", "pre-commit"));
}

static void who_would_take_the_hooks_over_is_told(void **state)
{
    (void)state;
    assert_null(calls_threatened_by("."));
    sh("echo '{ \"dependencies\": {} }' > package.json; "
       "touch .pre-commit-config.yaml");
    assert_null(calls_threatened_by("."));
    sh("echo '{ \"husky\": 1 }' > package.json");
    assert_string_equal("husky", calls_threatened_by(".")->name);
    sh("mkdir .husky; cd .husky; echo tmpguard check > pre-commit; "
       "cp pre-commit pre-merge-commit; "
       "echo tmpguard check --pre-push > pre-push");
    assert_null(calls_threatened_by("."));
    sh("touch lefthook.yml");
    assert_string_equal("lefthook", calls_threatened_by(".")->name);
}

int main(void)
{
#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_calls_or_does_not),
        cmocka_unit_test(a_configuration_calls_or_does_not),
        IN_FOLDER(a_hook_that_git_does_not_run_calls_nothing),
        IN_FOLDER(nobodys_hook_calls_nothing),
        IN_FOLDER(a_folder_calls_by_its_stub_and_its_script),
        IN_FOLDER(who_would_take_the_hooks_over_is_told),
    };

    return cmocka_run_group_tests_name("hooks/install/install_calls", tests,
                                       NULL, NULL);
}

#include "tests/hooks/sandbox.h"

#include "hooks/install/canary.h"

/* Answers as `tmpguard check` does. */
#define ANSWER "echo \"tmpguard: canary $TMPGUARD_CANARY 1.2.3\" >&2\n"

static char git_path[] = "/usr/bin/git";
static char git_version[] = "2.39.5";
static struct git git;
static struct worktree tree;

static void put_hook(const char *event, const char *script)
{
    struct buffer path = BUFFER_EMPTY, command = BUFFER_EMPTY;

    buffer_format(&path, ".git/hooks/%s", event);
    put(path.bytes, script);
    buffer_format(&command, "chmod +x %s", path.bytes);
    sh(command.bytes);
    buffer_release(&path);
    buffer_release(&command);
}

/* Run the hook of the event with this number. */
static struct canary run(size_t number)
{
    size_t count;
    const struct shim_event *events = shim_events(&count);
    struct canary canary;
    struct scene scene;
    struct error err = { .message = "" };
    char *scratch = canary_scratch("/tmp", &err);

    if (!scratch || scene_open(&scene, &git, &tree, NULL, &err) < 0)
        fail_msg("%s", err.message);
    canary_run(&canary, &scene, &events[number], NULL, scratch);
    scene_close(&scene);
    canary_scratch_remove(scratch);
    return canary;
}

static void expect(size_t number, enum canary_end end)
{
    struct canary canary = run(number);

    if (canary.end != end)
        fail_msg("ended as %d, not %d: %s", (int)canary.end, (int)end,
                 canary.words);
    canary_release(&canary);
}

static void an_answer_and_a_failure_are_the_proof(void **state)
{
    struct canary canary;

    (void)state;
    put_hook("pre-commit", "#!/bin/sh\n" ANSWER "exit 4\n");
    canary = run(0);
    assert_int_equal(CANARY_FIRED, canary.end);
    assert_string_equal("1.2.3", canary.version);
    canary_release(&canary);
}

static void an_answer_without_a_failure_is_none(void **state)
{
    (void)state;
    put_hook("pre-commit", "#!/bin/sh\n" ANSWER);
    expect(0, CANARY_IGNORED);
}

static void an_answer_to_another_question_is_none(void **state)
{
    (void)state;
    put_hook("pre-commit",
             "#!/bin/sh\necho 'tmpguard: canary 0123 1.2.3'; exit 4\n");
    expect(0, CANARY_SILENT);
}

static void without_a_hook_it_is_silent(void **state)
{
    (void)state;
    expect(0, CANARY_SILENT);
    expect(2, CANARY_SILENT);
}

static void what_a_hook_prints_instead_is_kept(void **state)
{
    struct canary canary;

    (void)state;
    put_hook("pre-commit", "#!/bin/sh\necho one; echo two >&2; exit 9\n");
    canary = run(0);
    assert_int_equal(9, canary.status);
    assert_string_equal("two", canary.words);
    canary_release(&canary);
}

static void a_push_has_a_line_and_arguments(void **state)
{
    (void)state;
    put_hook("pre-push", "#!/bin/sh\nread -r a b c d && [ \"$a\" = '(delete)' "
                         "] && [ $# -eq 2 ] || exit 1\n" ANSWER "exit 4\n");
    expect(2, CANARY_FIRED);
}

static void a_hook_without_an_interpreter_is_one_of_the_shell(void **state)
{
    (void)state;
    put_hook("pre-push", ANSWER "exit 4\n");
    expect(2, CANARY_FIRED);
    put_hook("pre-commit", ANSWER "exit 4\n");
    expect(0, CANARY_FIRED);
}

static void one_that_cannot_be_run_is_silent(void **state)
{
    (void)state;
    put_hook("pre-push", "#!/nowhere/sh\n" ANSWER "exit 4\n");
    expect(2, CANARY_SILENT);
    put_hook("pre-commit", "#!/nowhere/sh\n" ANSWER "exit 4\n");
    expect(0, CANARY_SILENT);
}

static void it_sees_an_index_with_nothing_in_it(void **state)
{
    (void)state;
    put("a", "a");
    sh("git add a");
    put_hook("pre-commit", "#!/bin/sh\n[ -z \"$(git ls-files)\" ] && " ANSWER
                           "git add a; exit 4\n");
    expect(0, CANARY_FIRED);
    sh("test \"$(git ls-files)\" = a");
}

static int enter(void **state)
{
    struct sandbox *sandbox;

    if (enter_repository(state) < 0)
        return -1;
    sandbox = *state;
    tree = (struct worktree){ .path = sandbox->folder };
    git = (struct git){
        .path = git_path, .version = git_version, .major = 2, .minor = 39
    };
    return 0;
}

int main(void)
{
#define IN_REPOSITORY(test) cmocka_unit_test_setup_teardown(test, enter, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(an_answer_and_a_failure_are_the_proof),
        IN_REPOSITORY(an_answer_without_a_failure_is_none),
        IN_REPOSITORY(an_answer_to_another_question_is_none),
        IN_REPOSITORY(without_a_hook_it_is_silent),
        IN_REPOSITORY(what_a_hook_prints_instead_is_kept),
        IN_REPOSITORY(a_push_has_a_line_and_arguments),
        IN_REPOSITORY(a_hook_without_an_interpreter_is_one_of_the_shell),
        IN_REPOSITORY(one_that_cannot_be_run_is_silent),
        IN_REPOSITORY(it_sees_an_index_with_nothing_in_it),
    };

    return cmocka_run_group_tests_name("hooks/install/canary", tests, NULL,
                                       NULL);
}

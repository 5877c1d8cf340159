#include "tests/hooks/fake.h"

#include "hooks/git/promise.h"

/* A partial clone of a repository with one file, and go there. */
static void clone_partly(const char *options)
{
    struct buffer command = BUFFER_EMPTY;

    put("a.py", "far away\n");
    sh("git add . && git commit -qm one;"
       "git config uploadpack.allowFilter true");
    buffer_format(&command, "git clone -q --no-checkout %s file://$PWD near",
                  options);
    sh(command.bytes);
    buffer_release(&command);
    assert_int_equal(0, chdir("near"));
}

static void a_whole_clone_was_promised_nothing(void **state)
{
    const char *folder;

    clone_partly("");
    folder = repo_objects_dir(opened(*state));
    assert_false(promise_given(folder));
    assert_false(promise_is_all(folder));
    assert_false(promise_given("/nonexistent"));
}

static void a_partial_clone_was_promised_what_it_lacks(void **state)
{
    const char *folder;

    clone_partly("--filter=blob:none");
    folder = repo_objects_dir(opened(*state));
    assert_true(promise_given(folder));
    assert_true(promise_is_all(folder));
}

static void what_is_borrowed_may_be_more(void **state)
{
    const char *folder;

    clone_partly("--filter=blob:none");
    sh("echo $PWD/../.git/objects >.git/objects/info/alternates");
    folder = repo_objects_dir(opened(*state));
    assert_true(promise_given(folder));
    assert_false(promise_is_all(folder));
}

static void not_to_know_is_to_borrow(void **state)
{
    const char *folder;

    clone_partly("--filter=blob:none");
    folder = repo_objects_dir(opened(*state));
    fake_git("exit 0");
    assert_false(promise_is_all(folder));
    fake_git("exit 128");
    assert_false(promise_is_all(folder));
    real_git();
    assert_true(promise_is_all(folder));
}

static void a_loose_file_is_seen(void **state)
{
    struct object_id here, there;
    const char *folder;

    put("here", "here\n");
    sh("git tag here $(git hash-object -w here)");
    here = there = id_of("here");
    there.bytes[0] ^= 1;
    folder = repo_objects_dir(opened(*state));
    assert_true(promise_is_loose(folder, &here));
    assert_false(promise_is_loose(folder, &there));
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(a_whole_clone_was_promised_nothing),
        IN_REPOSITORY(a_partial_clone_was_promised_what_it_lacks),
        IN_REPOSITORY(what_is_borrowed_may_be_more),
        IN_REPOSITORY(not_to_know_is_to_borrow),
        IN_REPOSITORY(a_loose_file_is_seen),
    };

    return cmocka_run_group_tests_name("hooks/git/promise", tests, NULL, NULL);
}

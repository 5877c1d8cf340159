#include "tests/hooks/fake.h"

#include "hooks/git/refs.h"

static int note(const char *name, const struct object_id *commit, void *payload)
{
    char hex[OBJECT_HEX_MAX];
    struct object_id head = id_of("HEAD");

    if (object_id_compare(&head, commit) != 0)
        fail_msg("%s: %s", name, object_id_format(commit, hex));
    buffer_string(payload, name);
    buffer_byte(payload, '\n');
    return strcmp(name, "refs/tags/stop") == 0 ? 7 : 0;
}

static void refs_that_lead_to_commits_are_visited(void **state)
{
    struct buffer names = BUFFER_EMPTY;
    struct error err;

    sh("git commit -q --allow-empty -m one; git tag light;"
       "git tag -am tag once; git tag -am tag twice once;"
       "git tag blob $(git hash-object -w /dev/null);"
       "git update-ref refs/strange/ref HEAD;"
       "git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/gone");
    assert_int_equal(0, refs_each(opened(*state), NULL, note, &names, &err));
    assert_string_equal("HEAD\nrefs/heads/main\nrefs/strange/ref\n"
                        "refs/tags/light\nrefs/tags/once\nrefs/tags/twice\n"
                        "worktree\n",
                        names.bytes);
    buffer_release(&names);
}

static void a_visit_can_end_the_list(void **state)
{
    struct buffer names = BUFFER_EMPTY;
    struct error err;

    sh("git commit -q --allow-empty -m one; git tag stop; git tag zero");
    assert_int_equal(7, refs_each(opened(*state), NULL, note, &names, &err));
    assert_null(strstr(names.bytes, "zero"));
    buffer_release(&names);
}

static void a_broken_ref_is_an_error_not_left_out(void **state)
{
    struct buffer names = BUFFER_EMPTY;
    struct error err;

    sh("git commit -q --allow-empty -m one; echo junk > .git/refs/heads/bad");
    assert_int_equal(-1, refs_each(opened(*state), NULL, note, &names, &err));
    assert_non_null(strstr(err.message, "refs/heads/bad"));
    buffer_release(&names);
}

static void a_ref_to_what_is_missing_is_an_error(void **state)
{
    struct buffer names = BUFFER_EMPTY;
    struct error err;

    sh("git commit -q --allow-empty -m one;"
       "echo 0000000000000000000000000000000000000001 >.git/refs/heads/lost");
    assert_int_equal(-1, refs_each(opened(*state), NULL, note, &names, &err));
    assert_non_null(strstr(err.message, "refs/heads/lost"));
    buffer_release(&names);
}

static bool is_known(const struct object_id *id, void *payload)
{
    (void)payload;
    return id->bytes[0] == 0;
}

static int count(const char *name, const struct object_id *commit,
                 void *payload)
{
    size_t *lost = payload;

    (void)name;
    *lost += commit->bytes[0] == 0 && commit->bytes[19] == 1;
    return 0;
}

static void what_is_known_is_not_looked_at(void **state)
{
    size_t lost = 0;
    struct error err;

    sh("git commit -q --allow-empty -m one;"
       "echo 0000000000000000000000000000000000000001 >.git/refs/heads/lost");
    assert_int_equal(0,
                     refs_each(opened(*state), is_known, count, &lost, &err));
    assert_int_equal(1, lost);
}

/* What git does where it cannot open a folder or a file. */
static int without(struct repo *repo, const char *command, const char *filter)
{
    struct buffer script = BUFFER_EMPTY, names = BUFFER_EMPTY;
    struct error err = { .message = "" };
    int result;

    buffer_format(&script,
                  "case \" $* \" in *' %s '*) PATH=$REAL git \"$@\" | %s ;;"
                  " *) PATH=$REAL exec git \"$@\" ;; esac",
                  command, filter);
    fake_git(script.bytes);
    result = refs_each(repo, NULL, note, &names, &err);
    if (result < 0 && !strstr(err.message, "git leaves out"))
        fail_msg("%s", err.message);
    buffer_release(&script);
    buffer_release(&names);
    return result;
}

static void what_git_leaves_out_is_an_error(void **state)
{
    sh("git commit -q --allow-empty -m one; git branch topic");
    assert_int_equal(-1,
                     without(opened(*state), "for-each-ref", "grep -v topic"));
}

static void a_worktree_that_git_leaves_out_is_an_error(void **state)
{
    sh("git commit -q --allow-empty -m one;"
       "git worktree add -q --detach .other");
    assert_int_equal(-1,
                     without(opened(*state), "worktree list",
                             "tr '\\0' '\\n' | sed '/^$/q' | tr '\\n' '\\0'"));
}

static void a_file_that_is_no_ref_is_none(void **state)
{
    sh("git commit -q --allow-empty -m one;"
       "cp .git/refs/heads/main '.git/refs/heads/bad..name'");
    assert_int_equal(0, without(opened(*state), "for-each-ref", "cat"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(refs_that_lead_to_commits_are_visited,
                                        enter_repository, leave),
        cmocka_unit_test_setup_teardown(a_visit_can_end_the_list,
                                        enter_repository, leave),
        cmocka_unit_test_setup_teardown(a_broken_ref_is_an_error_not_left_out,
                                        enter_repository, leave),
        cmocka_unit_test_setup_teardown(a_ref_to_what_is_missing_is_an_error,
                                        enter_repository, leave),
        cmocka_unit_test_setup_teardown(what_is_known_is_not_looked_at,
                                        enter_repository, leave),
        cmocka_unit_test_setup_teardown(what_git_leaves_out_is_an_error,
                                        enter_repository, leave_fakes),
        cmocka_unit_test_setup_teardown(
            a_worktree_that_git_leaves_out_is_an_error, enter_repository,
            leave_fakes),
        cmocka_unit_test_setup_teardown(a_file_that_is_no_ref_is_none,
                                        enter_repository, leave_fakes),
    };

    return cmocka_run_group_tests_name("hooks/git/refs", tests, NULL, NULL);
}

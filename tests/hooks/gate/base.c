#include "tests/hooks/sandbox.h"

#include "hooks/gate/base.h"

#define COMMIT "git commit -q --allow-empty -m x;"

static void expect(void **state, enum base_kind kind, const char *value,
                   enum base_found want, const char *revision)
{
    struct error err = { .message = "" };
    enum base_found found;
    struct object_id base, wanted;

    if (base_find(&found, &base, opened(*state), kind, value, &err) < 0)
        fail_msg("%s: %s", value, err.message);
    if (found != want)
        fail_msg("%s: got %d, want %d", value, found, want);
    if (!revision)
        return;
    wanted = id_of(revision);
    assert_int_equal(0, object_id_compare(&wanted, &base));
}

/* origin/main is HEAD~1, the local branch `old` is HEAD~2. */
static void start(void)
{
    sh(COMMIT "git branch old;" COMMIT
              "git update-ref refs/remotes/origin/main HEAD;" COMMIT);
}

static void a_branch_is_that_of_the_remote_or_else_here(void **state)
{
    start();
    expect(state, BASE_BRANCH, "main", BASE_IS_THERE, "HEAD~1");
    expect(state, BASE_BRANCH, "refs/heads/main", BASE_IS_THERE, "HEAD~1");
    expect(state, BASE_BRANCH, "old", BASE_IS_THERE, "HEAD~2");
    expect(state, BASE_BRANCH, "none", BASE_IS_MISSING, NULL);
    expect(state, BASE_BRANCH, "--all", BASE_IS_MISSING, NULL);
}

static void a_branch_that_has_all_of_head_is_no_base(void **state)
{
    start();
    sh("git update-ref refs/remotes/origin/main HEAD");
    expect(state, BASE_BRANCH, "main", BASE_HAS_ALL, NULL);
    sh("git reset -q --hard HEAD~1");
    expect(state, BASE_BRANCH, "main", BASE_HAS_ALL, NULL);
}

static void a_branch_here_that_has_all_of_head_says_nothing(void **state)
{
    start();
    sh("git branch topic");
    expect(state, BASE_BRANCH, "topic", BASE_IS_MISSING, NULL);
}

static void a_commit_may_be_none_or_missing(void **state)
{
    static const char zeros[] = "0000000000000000000000000000000000000000";
    static const char other[] = "0000000000000000000000000000000000000001";

    start();
    expect(state, BASE_COMMIT, "HEAD~2", BASE_IS_THERE, "HEAD~2");
    expect(state, BASE_COMMIT, "HEAD", BASE_IS_THERE, "HEAD");
    expect(state, BASE_COMMIT, zeros, BASE_IS_NONE, NULL);
    expect(state, BASE_COMMIT, other, BASE_IS_MISSING, NULL);
}

static void a_range_begins_at_its_base(void **state)
{
    start();
    expect(state, BASE_RANGE, "HEAD~2...HEAD", BASE_IS_THERE, "HEAD~2");
    expect(state, BASE_RANGE, "HEAD~1..HEAD", BASE_IS_THERE, "HEAD~1");
    expect(state, BASE_RANGE, "HEAD~1", BASE_IS_THERE, "HEAD~1");
    expect(state, BASE_RANGE, "..HEAD", BASE_IS_MISSING, NULL);
}

static void the_default_branch_is_what_the_remote_said(void **state)
{
    struct error err;
    enum base_found found;
    struct object_id base;

    start();
    assert_int_equal(0, base_default(&found, &base, opened(*state), &err));
    assert_int_equal(BASE_IS_MISSING, found);
    sh("git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main");
    assert_int_equal(0, base_default(&found, &base, opened(*state), &err));
    assert_int_equal(BASE_IS_THERE, found);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(a_branch_is_that_of_the_remote_or_else_here),
        IN_REPOSITORY(a_branch_that_has_all_of_head_is_no_base),
        IN_REPOSITORY(a_branch_here_that_has_all_of_head_says_nothing),
        IN_REPOSITORY(a_commit_may_be_none_or_missing),
        IN_REPOSITORY(a_range_begins_at_its_base),
        IN_REPOSITORY(the_default_branch_is_what_the_remote_said),
    };

    return cmocka_run_group_tests_name("hooks/gate/base", tests, NULL, NULL);
}

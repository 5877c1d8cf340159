#include "tests/hooks/sandbox.h"

#include "hooks/install/coverage.h"

static struct coverage read_all(const struct approvals *approvals)
{
    static const char *const arguments[] = { "HEAD", NULL };
    struct coverage coverage;
    struct error err;

    if (coverage_read(&coverage, arguments, approvals, &err) < 0)
        fail_msg("%s", err.message);
    return coverage;
}

static void a_commit_counts_by_its_tree(void **state)
{
    struct approvals approvals = APPROVALS_EMPTY;
    struct coverage coverage;

    (void)state;
    sh("echo 1 > a; git add a; git commit -q -m 'first words'; "
       "echo 2 > a; git commit -q -a -m 'second words'");
    *ARRAY_PUSH(approvals.trees) = id_of("HEAD^{tree}");
    coverage = read_all(&approvals);
    assert_int_equal(2, coverage.commits_count);
    assert_int_equal(1, coverage.approved);
    assert_true(coverage.commits[0].approved);
    assert_false(coverage.commits[1].approved);
    assert_string_equal("first words", coverage.commits[1].subject);
    assert_string_equal("a@example.org", coverage.commits[1].email);
    coverage_release(&coverage);
    approvals_release(&approvals);
}

static void who_has_most_that_is_not_comes_first(void **state)
{
    struct approvals approvals = APPROVALS_EMPTY;
    struct coverage coverage;

    (void)state;
    sh("git commit -q --allow-empty -m 1; GIT_AUTHOR_NAME=Eve "
       "GIT_AUTHOR_EMAIL=e@example.org git commit -q --allow-empty -m 2; "
       "GIT_AUTHOR_NAME=Eve GIT_AUTHOR_EMAIL=e@example.org git commit -q "
       "--allow-empty --allow-empty-message -m ''");
    coverage = read_all(&approvals);
    assert_int_equal(3, coverage.commits_count);
    assert_int_equal(2, coverage.authors_count);
    assert_string_equal("Eve", coverage.authors[0].name);
    assert_int_equal(2, coverage.authors[0].commits);
    assert_int_equal(0, coverage.authors[0].approved);
    coverage_release(&coverage);
}

static void an_unknown_revision_is_a_mistake(void **state)
{
    static const char *const arguments[] = { "nowhere", NULL };
    struct approvals approvals = APPROVALS_EMPTY;
    struct coverage coverage;
    struct error err = { .message = "" };

    (void)state;
    sh("git commit -q --allow-empty -m 1");
    assert_int_equal(-1, coverage_read(&coverage, arguments, &approvals, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    coverage_release(&coverage);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(a_commit_counts_by_its_tree),
        IN_REPOSITORY(who_has_most_that_is_not_comes_first),
        IN_REPOSITORY(an_unknown_revision_is_a_mistake),
    };

    return cmocka_run_group_tests_name("hooks/install/coverage", tests, NULL,
                                       NULL);
}

#include "tests/hooks/sandbox.h"

#include "hooks/gate/policy_tree.h"
#include "hooks/gate/staged.h"
#include "hooks/git/tree.h"

#define STRICT "[tmpguard]\\nexcuses = none\\n"

/* What the index and HEAD say about excuses; -1 and *err for an error. */
static int staged(struct sandbox *sandbox, struct policy *policy,
                  struct error *err)
{
    struct repo *repo = opened(sandbox);
    struct change change;
    int result;

    *err = (struct error){ .message = "" };
    *policy = POLICY_EMPTY;
    assert_int_equal(0, staged_read(&change, repo, err));
    result = policy_of_staged(policy, repo, &change, err);
    change_release(&change);
    return result < 0 ? -1 : (int)policy_level(policy, POLICY_EXCUSES);
}

static const struct {
    const char *what, *commands;
    int level;         /* -1: an error */
    int remarks;       /* how many */
    const char *words; /* of the error */
} versions[] = {
    { "no file, no commit", "true", EXCUSES_ANY, 0, "" },
    { "staged, no commit", "printf '" STRICT "' >.tmpguard; git add .",
      EXCUSES_NONE, 0, "" },
    { "in HEAD alone",
      "printf '" STRICT "' >.tmpguard; git add .; git commit -qm x; "
      "git rm -q .tmpguard",
      EXCUSES_NONE, 0, "" },
    { "the same in both",
      "printf '" STRICT "' >.tmpguard; git add .; git commit -qm x; "
      "echo x >x; git add x",
      EXCUSES_NONE, 0, "" },
    { "in the working tree alone", "printf '" STRICT "' >.tmpguard",
      EXCUSES_ANY, 0, "" },
    { "intended to be added",
      "printf '" STRICT "' >.tmpguard; git add -N .tmpguard", EXCUSES_ANY, 0,
      "" },
    { "below the top", "mkdir a; printf '" STRICT "' >a/.tmpguard; git add .",
      EXCUSES_ANY, 0, "" },
    { "weaker now",
      "printf '" STRICT "' >.tmpguard; git add .; git commit -qm x; "
      "printf '[tmpguard]\\nexcuses = any\\n' >.tmpguard; git add .",
      EXCUSES_NONE, 0, "" },
    { "damaged in HEAD, whole now",
      "printf '" STRICT "x\\n<<<\\n' >.tmpguard; git add .; git commit -qm x; "
      "printf '[tmpguard]\\n' >.tmpguard; git add .",
      EXCUSES_NONE, 2, "" },
    { "damaged in both",
      "printf '[tmpguard]\\nx\\n' >.tmpguard; git add .; git commit -qm x", -1,
      0, ".tmpguard:2: unknown key 'x'" },
    { "gone where it was damaged",
      "printf '[tmpguard]\\nx\\n' >.tmpguard; git add .; git commit -qm x; "
      "git rm -q .tmpguard",
      EXCUSES_ANY, 1, "" },
    { "a link", "ln -s x .tmpguard; git add .", -1, 0,
      ".tmpguard: it is a symbolic link, and must be a file" },
    { "a folder", "mkdir .tmpguard; echo >.tmpguard/x; git add .", -1, 0,
      ".tmpguard: it is a folder, and must be a file" },
    { "a file in place of a folder",
      "mkdir .tmpguard; echo >.tmpguard/x; git add .; git commit -qm x; "
      "rm -r .tmpguard; printf '" STRICT "' >.tmpguard; git add -A .",
      EXCUSES_NONE, 0, "" },
    { "another section",
      "printf '[tmpguard]\\n[user]\\nname = x\\n' >.tmpguard; "
      "git add .",
      -1, 0,
      ".tmpguard:3: there is only one section here, [tmpguard]; "
      "'name' is in [user]" },
    { "as large as may be",
      "head -c 65536 /dev/zero | tr '\\0' '#' >.tmpguard; git add .",
      EXCUSES_ANY, 0, "" },
    { "a byte more",
      "head -c 65537 /dev/zero | tr '\\0' '#' >.tmpguard; git add .", -1, 0,
      "over the limit of 65536" },
    { "a merge, strict on the other side",
      "git commit -q --allow-empty -m x; git checkout -q -b o; "
      "printf '" STRICT "' >.tmpguard; git add .; git commit -qm o; "
      "git checkout -q main; git commit -q --allow-empty -m y; "
      "git merge -q --no-commit --no-ff o >/dev/null; git rm -qf .tmpguard",
      EXCUSES_NONE, 0, "" },
    { "a conflict, strict on our side",
      "git commit -q --allow-empty -m x; git checkout -q -b o; "
      "echo '[tmpguard]' >.tmpguard; git add .; git commit -qm o; "
      "git checkout -q main; printf '" STRICT "' >.tmpguard; git add .; "
      "git commit -qm y; git merge -q o >/dev/null 2>&1 || true",
      EXCUSES_NONE, 0, "" },
};

static void staged_and_before_both_count(void **state)
{
    for (size_t i = 0; i < sizeof(versions) / sizeof(*versions); i++) {
        struct policy policy;
        struct error err;
        int level;

        sh("rm -rf .git .tmpguard a x; git init -q -b main .");
        sh(versions[i].commands);
        level = staged(*state, &policy, &err);
        if (level != versions[i].level ||
            (int)policy.remarks_count != versions[i].remarks ||
            !strstr(err.message, versions[i].words))
            fail_msg("%s: got %d, %zu remarks, '%s'", versions[i].what, level,
                     policy.remarks_count, err.message);
        policy_release(&policy);
    }
}

static unsigned of_range(struct repo *repo, const char *const *revisions,
                         const char *tip)
{
    struct policy policy = POLICY_EMPTY;
    struct span span = SPAN_EMPTY;
    struct error err = { .message = "" };
    struct object_id id = id_of(tip);
    unsigned level;

    for (; *revisions; revisions++) {
        struct object_id commit = id_of(*revisions);

        assert_int_equal(0, span_add(&span, repo, &commit, &err));
    }
    assert_int_equal(0, span_tip(&span, repo, &id, &err));
    if (policy_of_span(&policy, repo, &span, &err) < 0)
        fail_msg("%s", err.message);
    level = policy_level(&policy, POLICY_EXCUSES);
    span_release(&span);
    policy_release(&policy);
    return level;
}

static void of_a_range_its_end_and_where_it_began_count(void **state)
{
    static const char *const strict[] = { "c1", NULL }, *const loose[] = {
        "c2", NULL
    };
    static const char *const later[] = { "c3", NULL }, *const both[] = { "c1",
                                                                         "c2",
                                                                         NULL };
    struct repo *repo;

    sh("git commit -q --allow-empty -m 0; printf '" STRICT "' >.tmpguard; "
       "git add .; git commit -qm 1; git tag c1; git rm -q .tmpguard; "
       "git commit -qm 2; git tag c2; git commit -q --allow-empty -m 3; "
       "git tag c3");
    repo = opened(*state);
    assert_int_equal(EXCUSES_NONE, of_range(repo, strict, "c1"));
    assert_int_equal(EXCUSES_NONE, of_range(repo, loose, "c2"));
    assert_int_equal(EXCUSES_ANY, of_range(repo, later, "c3"));
    assert_int_equal(EXCUSES_ANY, of_range(repo, both, "c2"));
}

static void a_folders_file_is_read_but_no_link_and_no_pipe(void **state)
{
    struct policy policy = POLICY_EMPTY;
    struct error err;

    (void)state;
    assert_int_equal(0, policy_of_folder(&policy, ".", &err));
    sh("printf '" STRICT "' >.tmpguard");
    assert_int_equal(0, policy_of_folder(&policy, ".", &err));
    assert_int_equal(EXCUSES_NONE, policy_level(&policy, POLICY_EXCUSES));
    sh("mv .tmpguard x; ln -s x .tmpguard");
    assert_int_equal(-1, policy_of_folder(&policy, ".", &err));
    sh("rm .tmpguard; mkfifo .tmpguard");
    assert_int_equal(-1, policy_of_folder(&policy, ".", &err));
    sh("rm .tmpguard; mkdir .tmpguard");
    assert_int_equal(-1, policy_of_folder(&policy, ".", &err));
    assert_int_equal(ERROR_USAGE, err.code);
    policy_release(&policy);
}

static void a_blob_that_is_missing_is_no_policy(void **state)
{
    struct policy policy = POLICY_EMPTY;
    struct object_id tree;
    struct repo *repo;
    struct error err = { .message = "" };

    sh("printf '" STRICT "' >.tmpguard; git add .; git commit -qm 1; "
       "o=$(git rev-parse HEAD:.tmpguard); rm -f .git/objects/$(echo $o | cut "
       "-c1-2)/$(echo $o | cut -c3-)");
    repo = opened(*state);
    tree = id_of("HEAD^{tree}");
    assert_int_equal(-1, policy_of_tree(&policy, repo, &tree, &err));
    assert_int_equal(ERROR_GIT, err.code);
    policy_release(&policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(staged_and_before_both_count,
                                        enter_folder, leave),
        cmocka_unit_test_setup_teardown(
            of_a_range_its_end_and_where_it_began_count, enter_repository,
            leave),
        cmocka_unit_test_setup_teardown(
            a_folders_file_is_read_but_no_link_and_no_pipe, enter_folder,
            leave),
        cmocka_unit_test_setup_teardown(a_blob_that_is_missing_is_no_policy,
                                        enter_repository, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

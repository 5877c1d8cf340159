#include "tests/hooks/sandbox.h"

static void outside_of_a_repository_there_is_none(void **state)
{
    struct repo *repo = NULL;
    struct error err;

    (void)state;
    assert_int_equal(0, repo_open(&repo, &err));
    assert_null(repo);
}

static void the_root_is_found_from_a_folder_below(void **state)
{
    struct sandbox *sandbox = *state;

    sh("mkdir -p sub/folder");
    assert_int_equal(0, chdir("sub/folder"));
    assert_string_equal(sandbox->folder, repo_root(opened(sandbox)));
    assert_int_equal(20, repo_id_size(sandbox->repo));
    assert_false(repo_is_shallow(sandbox->repo));
}

static void a_bare_repository_has_no_root(void **state)
{
    sh("git init -q --bare bare.git");
    assert_int_equal(0, chdir("bare.git"));
    assert_null(repo_root(opened(*state)));
}

static void a_linked_worktree_has_its_own_git_folder(void **state)
{
    struct sandbox *sandbox = *state;
    struct buffer path = BUFFER_EMPTY;

    sh("git commit -q --allow-empty -m one; git worktree add -q linked");
    assert_int_equal(0, chdir("linked"));
    opened(sandbox);
    buffer_format(&path, "%s/linked", sandbox->folder);
    assert_string_equal(path.bytes, repo_root(sandbox->repo));
    buffer_clear(&path);
    buffer_format(&path, "%s/.git", sandbox->folder);
    assert_string_equal(path.bytes, repo_common_dir(sandbox->repo));
    buffer_string(&path, "/worktrees/linked");
    assert_string_equal(path.bytes, repo_git_dir(sandbox->repo));
    buffer_release(&path);
}

static void the_environment_names_the_repository(void **state)
{
    struct sandbox *sandbox = *state;
    struct buffer path = BUFFER_EMPTY;

    sh("mkdir elsewhere");
    buffer_format(&path, "%s/.git", sandbox->folder);
    setenv("GIT_DIR", path.bytes, 1);
    setenv("GIT_WORK_TREE", "elsewhere", 1);
    assert_string_equal(path.bytes, repo_git_dir(opened(sandbox)));
    buffer_clear(&path);
    buffer_format(&path, "%s/elsewhere", sandbox->folder);
    assert_string_equal(path.bytes, repo_root(sandbox->repo));
    buffer_release(&path);
}

static void
a_repository_that_the_environment_names_in_vain_is_an_error(void **state)
{
    struct repo *repo;
    struct error err;

    (void)state;
    setenv("GIT_DIR", "/nowhere/at/all", 1);
    assert_int_equal(-1, repo_open(&repo, &err));
}

static void
the_repository_of_somebody_else_is_refused_with_gits_reason(void **state)
{
    struct repo *repo;
    struct error err;

    (void)state;
    if (geteuid() != 0)
        skip();
    sh("chown -R 12345 .");
    assert_int_equal(-1, repo_open(&repo, &err));
    assert_non_null(strstr(err.message, "dubious ownership"));
}

static void an_unknown_extension_is_refused_with_gits_reason(void **state)
{
    struct repo *repo;
    struct error err;

    (void)state;
    sh("git config core.repositoryFormatVersion 1;"
       "git config extensions.strange true");
    assert_int_equal(-1, repo_open(&repo, &err));
    assert_non_null(strstr(err.message, "strange"));
}

static void revisions_lead_to_commits(void **state)
{
    struct object_id commit, one;
    struct repo *repo = opened(*state);
    struct error err;

    assert_int_equal(0, repo_resolve(&commit, repo, "HEAD", &err));
    sh("git commit -q --allow-empty -m one; git tag -am tag tag;"
       "git commit -q --allow-empty -m two");
    one = id_of("HEAD~1");
    assert_int_equal(1, repo_resolve(&commit, repo, "HEAD~1", &err));
    assert_int_equal(0, object_id_compare(&one, &commit));
    assert_int_equal(1, repo_resolve(&commit, repo, "tag", &err));
    assert_int_equal(0, object_id_compare(&one, &commit));
    assert_int_equal(0, repo_resolve(&commit, repo, "--all", &err));
    assert_int_equal(0, repo_resolve(&commit, repo, "", &err));
}

static void an_upstream_that_is_not_there_names_nothing(void **state)
{
    struct repo *repo = opened(*state);
    struct object_id commit;
    struct error err;

    sh("git commit -q --allow-empty -m one");
    assert_int_equal(0, repo_resolve(&commit, repo, "main@{u}", &err));
    assert_int_equal(0, repo_resolve(&commit, repo, "main@{9}", &err));
    assert_int_equal(1, repo_resolve(&commit, repo, "main@{0}", &err));
}

static void what_leads_to_a_missing_commit_is_an_error(void **state)
{
    struct repo *repo = opened(*state);
    struct object_id commit;
    struct error err = { .message = "" };

    sh("git commit -q --allow-empty -m one;"
       "echo 0000000000000000000000000000000000000001 > .git/refs/heads/lost;"
       "git symbolic-ref HEAD refs/heads/lost");
    assert_int_equal(-1, repo_resolve(&commit, repo, "HEAD", &err));
    assert_non_null(strstr(err.message, "missing"));
    assert_int_equal(-1, repo_resolve(&commit, repo, "lost", &err));
    assert_int_equal(1, repo_resolve(&commit, repo, "main", &err));
    assert_int_equal(0, repo_resolve(&commit, repo,
                                     "0000000000000000000000000000000000000001",
                                     &err));
    assert_int_equal(0, repo_resolve(&commit, repo, "main^{tree}", &err));
}

static void a_shallow_clone_says_so(void **state)
{
    sh("git commit -q --allow-empty -m one; git commit -q --allow-empty -m two;"
       "git clone -q --depth 1 file://$PWD shallow");
    assert_int_equal(0, chdir("shallow"));
    assert_true(repo_is_shallow(opened(*state)));
}

static void no_command_of_the_configuration_runs(void **state)
{
    struct object_id commit;
    struct error err;

    sh("echo x > a.py; git add a.py; git commit -qm one;"
       "for k in core.fsmonitor core.sshCommand core.pager diff.external "
       "core.askPass; do git config $k \"touch $PWD/ran; false\"; done;"
       "printf '#!/bin/sh\\ntouch '$PWD'/ran\\n' > "
       ".git/hooks/post-index-change;"
       "chmod +x .git/hooks/post-index-change");
    assert_int_equal(1, repo_resolve(&commit, opened(*state), "HEAD", &err));
    assert_int_not_equal(0, access("ran", F_OK));
}

static void head_is_known_from_the_opening(void **state)
{
    struct repo *repo = opened(*state);
    struct object_id commit, tree, want;
    struct error err = { .message = "" };

    assert_int_equal(0, repo_head(&commit, &tree, repo, &err));
    assert_int_equal(0, tree.size);
    sh("echo 1 > a; git add a; git commit -qm one");
    repo = opened(*state);
    assert_int_equal(1, repo_head(&commit, &tree, repo, &err));
    want = id_of("HEAD");
    assert_int_equal(0, object_id_compare(&want, &commit));
    want = id_of("HEAD^{tree}");
    assert_int_equal(0, object_id_compare(&want, &tree));
}

static void a_branch_that_is_a_tag_leads_to_its_commit(void **state)
{
    struct object_id commit, tree, want;
    struct error err;

    sh("git commit -q --allow-empty -m one; git tag -am one t;"
       "git rev-parse t > .git/refs/heads/main");
    assert_int_equal(1, repo_head(&commit, &tree, opened(*state), &err));
    want = id_of("t^{commit}");
    assert_int_equal(0, object_id_compare(&want, &commit));
}

static void a_head_that_cannot_be_read_is_an_error(void **state)
{
    struct object_id commit, tree, want;
    struct error err = { .message = "" };

    sh("echo 1 > a; git add a; git commit -qm one;"
       "git rev-parse HEAD^{tree} | sed 's|^..|.git/objects/&/|' > name;"
       "rm -f $(cat name)");
    want = id_of("HEAD");
    assert_int_equal(1, repo_head(&commit, &tree, opened(*state), &err));
    assert_int_equal(0, object_id_compare(&want, &commit));
    sh("echo garbage > $(cat name)");
    assert_int_equal(1, repo_head(&commit, &tree, opened(*state), &err));
    sh("rm -f $(git rev-parse HEAD | sed 's|^..|.git/objects/&/|')");
    assert_int_equal(-1, repo_head(&commit, &tree, opened(*state), &err));
    assert_non_null(strstr(err.message, "HEAD"));
}

static void the_index_is_where_git_has_it(void **state)
{
    struct sandbox *sandbox = *state;
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/.git/index", sandbox->folder);
    assert_string_equal(path.bytes, repo_index_path(opened(sandbox)));
    sh("mkdir -p sub; git commit -q --allow-empty -m one");
    setenv("GIT_INDEX_FILE", "sub/other", 1);
    assert_int_equal(0, chdir("sub"));
    buffer_clear(&path);
    buffer_format(&path, "%s/sub/other", sandbox->folder);
    assert_string_equal(path.bytes, repo_index_path(opened(sandbox)));
    buffer_release(&path);
}

/* Where HEAD is not known, a line more would be in its place. */
static void a_root_with_a_newline_is_refused(void **state)
{
    struct repo *repo;
    struct error err;

    (void)state;
    sh("mkdir 'new\nline'");
    setenv("GIT_DIR", ".git", 1);
    setenv("GIT_WORK_TREE", "new\nline", 1);
    assert_int_equal(-1, repo_open(&repo, &err));
    assert_non_null(strstr(err.message, "newline"));
    sh("git commit -q --allow-empty -m one");
    assert_int_equal(-1, repo_open(&repo, &err));
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(outside_of_a_repository_there_is_none,
                                        enter_folder, leave),
        IN_REPOSITORY(the_root_is_found_from_a_folder_below),
        IN_REPOSITORY(a_bare_repository_has_no_root),
        IN_REPOSITORY(a_linked_worktree_has_its_own_git_folder),
        IN_REPOSITORY(the_environment_names_the_repository),
        IN_REPOSITORY(
            a_repository_that_the_environment_names_in_vain_is_an_error),
        IN_REPOSITORY(
            the_repository_of_somebody_else_is_refused_with_gits_reason),
        IN_REPOSITORY(an_unknown_extension_is_refused_with_gits_reason),
        IN_REPOSITORY(revisions_lead_to_commits),
        IN_REPOSITORY(an_upstream_that_is_not_there_names_nothing),
        IN_REPOSITORY(what_leads_to_a_missing_commit_is_an_error),
        IN_REPOSITORY(a_shallow_clone_says_so),
        IN_REPOSITORY(no_command_of_the_configuration_runs),
        IN_REPOSITORY(head_is_known_from_the_opening),
        IN_REPOSITORY(a_branch_that_is_a_tag_leads_to_its_commit),
        IN_REPOSITORY(a_head_that_cannot_be_read_is_an_error),
        IN_REPOSITORY(the_index_is_where_git_has_it),
        IN_REPOSITORY(a_root_with_a_newline_is_refused),
    };

    return cmocka_run_group_tests_name("hooks/git/repo", tests, NULL, NULL);
}

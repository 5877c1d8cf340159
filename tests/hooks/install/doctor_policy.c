#include "tests/hooks/sandbox.h"

#include "hooks/install/doctor_policy.h"

static const struct checkup_entry *find(const struct checkup *checkup,
                                        const char *words)
{
    for (size_t i = 0; i < checkup->entries_count; i++)
        if (strstr(checkup->entries[i].detail, words))
            return &checkup->entries[i];
    fail_msg("nothing is said of %s", words);
    return NULL;
}

static void look_at_git(struct checkup *checkup)
{
    char path[] = "/usr/bin/git", version[] = "2.39.5";
    const struct git git = { .path = path, .version = version };
    struct worktree tree = { .path = getcwd(NULL, 0) };
    struct scene scene;
    struct error err;

    if (scene_open(&scene, &git, &tree, NULL, &err) < 0)
        fail_msg("%s", err.message);
    doctor_policy_of_git(checkup, &scene);
    scene_close(&scene);
    free(tree.path);
}

static void look_at_trees(struct checkup *checkup, struct worktree *items,
                          size_t count)
{
    const struct worktrees trees = { .items = items, .items_count = count };
    struct repo *repo;
    struct error err;

    if (repo_open(&repo, &err) != 1)
        fail_msg("%s", err.message);
    doctor_policy_of_trees(checkup, &trees, repo, false);
    repo_close(repo);
}

static void each_wrong_setting_is_named_with_what_takes_it_out(void **state)
{
    struct checkup checkup = CHECKUP_EMPTY;

    (void)state;
    sh("git config hooks.tmpguard.excuses bad; git config --add "
       "hooks.tmpguard.excuses none; git config hooks.tmpguard.nothing x");
    look_at_git(&checkup);
    assert_int_equal(2, checkup.entries_count);
    assert_int_equal(CHECKUP_FAIL, find(&checkup, "'bad' of 'exc")->state);
    assert_non_null(strstr(find(&checkup, "'bad' of 'excuses'")->repair,
                           "/.git/config --fixed-value --unset-all "
                           "hooks.tmpguard.excuses bad"));
    checkup_release(&checkup);
}

static void what_is_staged_counts_in_every_worktree(void **state)
{
    struct checkup checkup = CHECKUP_EMPTY;
    char there[] = "there";
    struct worktree trees[] = { { .path = there } };

    (void)state;
    sh("git commit -q --allow-empty -m a; git worktree add -q --detach there "
       "2> /dev/null; cd there; printf '[tmpguard]\\nexcuses = no\\n' > "
       ".tmpguard; git add .tmpguard");
    look_at_trees(&checkup, trees, 1);
    assert_int_equal(1, checkup.entries_count);
    assert_non_null(strstr(find(&checkup, ".tmpguard:2 ")->repair,
                           "config --file .tmpguard --fixed-value --unset-all "
                           "tmpguard.excuses no && git -C "));
    checkup_release(&checkup);
}

static void a_policy_that_is_well_is_not_mentioned(void **state)
{
    struct checkup checkup = CHECKUP_EMPTY;

    (void)state;
    sh("git config hooks.tmpguard.excuses none; "
       "printf '[tmpguard]\\nexcuses = none\\n' > .tmpguard; "
       "git add .tmpguard");
    look_at_git(&checkup);
    look_at_trees(&checkup, NULL, 0);
    assert_int_equal(0, checkup.entries_count);
    checkup_release(&checkup);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(each_wrong_setting_is_named_with_what_takes_it_out),
        IN_REPOSITORY(what_is_staged_counts_in_every_worktree),
        IN_REPOSITORY(a_policy_that_is_well_is_not_mentioned),
    };

    return cmocka_run_group_tests_name("hooks/install/doctor_policy", tests,
                                       NULL, NULL);
}

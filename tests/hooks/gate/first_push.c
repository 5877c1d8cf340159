#include "tests/hooks/sandbox.h"

#include "hooks/gate/first_push.h"

#define FILE_IS(entries)                                                       \
    "printf '# tmpguard baseline 1\\n" entries "' > .tmpguard-baseline;"       \
    "git add . && git commit -qm x;"
#define ONE "a.py\\ttempfile.mktemp\\t00000000000000000000000000000001\\n"
#define TWO "b.py\\tos.tmpnam\\t00000000000000000000000000000002\\n"

static const char *const all[] = { "--not", "--all", NULL };

static void nothing_is_known_until_there_is_a_ref(void **state)
{
    static const char *const others[] = { "--not", "--exclude=refs/heads/*",
                                          "--all", NULL };
    struct error err;

    (void)state;
    assert_int_equal(1, first_push_is(all, &err));
    sh("git commit -q --allow-empty -m x; git checkout -q --detach;"
       "git branch -f main; git symbolic-ref HEAD refs/heads/unborn");
    assert_int_equal(0, first_push_is(all, &err));
    assert_int_equal(1, first_push_is(others, &err));
}

static void refs_that_cannot_be_listed_are_an_error(void **state)
{
    struct error err = { .message = "" };

    (void)state;
    sh("git commit -q --allow-empty -m x; rm -rf .git/objects/??");
    assert_int_equal(-1, first_push_is(all, &err));
}

/* What the tips of these revisions list together. */
static size_t count(void **state, const char *const *revisions, int want)
{
    struct baseline known = BASELINE_EMPTY;
    struct span range = SPAN_EMPTY;
    struct error err = { .message = "" };
    size_t entries;
    int got;

    for (size_t i = 0; revisions[i]; i++) {
        const struct object_id commit = id_of(revisions[i]);

        assert_int_equal(0, span_tip(&range, opened(*state), &commit, &err));
    }
    got = first_push_baseline(&known, opened(*state), &range, &err);
    if (got != want)
        fail_msg("got %d, want %d: %s", got, want, err.message);
    entries = known.entries_count;
    baseline_release(&known);
    span_release(&range);
    return entries;
}

static void the_tips_baselines_count_together_but_none_twice(void **state)
{
    static const char *const both[] = { "HEAD", "HEAD~1", "HEAD~2", NULL };
    static const char *const without[] = { "HEAD~3", NULL };

    sh("git commit -q --allow-empty -m x");
    sh(FILE_IS(ONE TWO) FILE_IS(ONE ONE) FILE_IS(ONE));
    assert_int_equal(3, count(state, both, 0));
    assert_int_equal(0, count(state, without, 0));
}

static void one_that_is_damaged_is_an_error(void **state)
{
    static const char *const head[] = { "HEAD", NULL };

    sh(FILE_IS("damaged\\n"));
    count(state, head, -1);
}

int main(void)
{
#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(nothing_is_known_until_there_is_a_ref),
        IN_REPOSITORY(refs_that_cannot_be_listed_are_an_error),
        IN_REPOSITORY(the_tips_baselines_count_together_but_none_twice),
        IN_REPOSITORY(one_that_is_damaged_is_an_error),
    };

    return cmocka_run_group_tests_name("hooks/gate/first_push", tests, NULL,
                                       NULL);
}

#include "tests/hooks/checked.h"

#include "hooks/gate/settle.h"

#define BAD "printf 'import tempfile\\ntempfile.mktemp()\\n'"
#define ADD "git add -A && git commit -qm x"

/* What the commits of start..each tip introduced, and still have there. */
static void expect(struct sandbox *sandbox, const char *const *tips,
                   const char *want)
{
    struct repo *repo = opened(sandbox);
    struct report report = REPORT_EMPTY;
    struct analyser analyser = { .stats = &report.stats };
    struct gate gate = { .repo = repo,
                         .analyser = &analyser,
                         .report = &report };
    static const char *const not_start[] = { "--not", "start", NULL };
    struct buffer revisions = BUFFER_EMPTY;
    struct span span = SPAN_EMPTY;
    struct error err = { .message = "" };
    char *got;

    for (; *tips; tips++) {
        struct object_id id = id_of(*tips);

        buffer_format(&revisions, "%s\n", *tips);
        assert_int_equal(0, span_tip(&span, repo, &id, &err));
    }
    if (span_list(&span, repo, buffer_view(&revisions), not_start, &err) < 0 ||
        settle_range(&gate, &span, &err) < 0)
        fail_msg("%s", err.message);
    report_sort(&report);
    got = summary(&report);
    if (strcmp(got, want) != 0)
        fail_msg("got '%s', want '%s'", got, want);
    free(got);
    gate_release(&gate);
    span_release(&span);
    buffer_release(&revisions);
    report_release(&report);
    analyser_release(&analyser);
}

static void expect_at_head(void **state, const char *want)
{
    const char *const tips[] = { "HEAD", NULL };

    expect(*state, tips, want);
}

static void start(const char *commands)
{
    sh("echo 'x = 1' > x.py;" ADD "; git tag start");
    sh(commands);
}

static void what_is_still_there_counts_where_it_is_now(void **state)
{
    start(BAD " > a.py; " ADD "; sed -i '1i # one\\n# two' a.py; " ADD);
    expect_at_head(state, "a.py:4");
}

static void what_is_gone_does_not_count(void **state)
{
    start(BAD " > a.py; " BAD " > b.py; " ADD
              "; git rm -q a.py; echo > b.py; " ADD);
    expect_at_head(state, "");
}

static void what_is_excused_by_now_does_not_count(void **state)
{
    start(BAD " > a.py; " ADD "; sed -i 's/mktemp()/& # NOSONAR/' a.py; " ADD);
    expect_at_head(state, "");
}

static void what_is_no_python_by_now_does_not_count(void **state)
{
    start(BAD " > a.py; " ADD "; git mv a.py a.txt; " ADD);
    expect_at_head(state, "");
}

static void what_is_a_link_by_now_does_not_count(void **state)
{
    start(BAD " > a.py; " ADD "; ln -sf x.py a.py; " ADD);
    expect_at_head(state, "");
}

static void each_of_several_equal_calls_counts(void **state)
{
    start(BAD " > a.py; " ADD "; echo 'tempfile.mktemp()' >> a.py; " ADD
              "; echo 'tempfile.mktemp()' >> a.py; " ADD);
    expect_at_head(state, "a.py:2 a.py:3 a.py:4");
}

static void a_file_that_moved_to_another_name_counts_there(void **state)
{
    start(BAD " > a.py; seq 20 >> a.py; " ADD "; git mv a.py b.py; " ADD);
    expect_at_head(state, "b.py:2");
}

static void
what_was_cut_out_and_pasted_into_a_new_file_counts_once(void **state)
{
    start("{ " BAD "; seq 40; } > a.py; " ADD "; git rm -q a.py; { " BAD
          "; seq 100 180; } > b.py; " ADD);
    expect_at_head(state, "b.py:2");
}

static void a_name_that_others_took_over_is_no_hiding_place(void **state)
{
    start("{ " BAD "; seq 40; } > a.py; " ADD "; git mv a.py b.py; " ADD
          "; echo 'x = 2' > a.py; " ADD);
    expect_at_head(state, "b.py:2");
}

static void a_file_is_followed_through_all_its_names(void **state)
{
    start("{ " BAD "; seq 40; } > a.py; " ADD "; git mv a.py b.py; " ADD
          "; echo 'x = 2' > a.py; git mv b.py c.py; seq 3 > b.py; " ADD
          "; mkdir d; git mv c.py d/d.py; " ADD);
    expect_at_head(state, "d/d.py:2");
}

static void
a_call_of_before_in_a_file_that_moved_is_not_the_fixed_one(void **state)
{
    sh("{ " BAD "; seq 40; } > old.py");
    start(BAD " > a.py; " ADD "; git rm -q a.py; git mv old.py new.py; " ADD);
    expect_at_head(state, "");
    sh(BAD " > a.py; " ADD);
    expect_at_head(state, "a.py:2");
}

static void of_two_branches_with_the_same_file_one_counts(void **state)
{
    const char *const tips[] = { "main", "side", NULL };

    start(BAD " > a.py; " ADD "; git checkout -q -b side; echo > b.py; " ADD);
    expect(*state, tips, "a.py:2");
}

static void what_one_branch_fixed_counts_on_the_other(void **state)
{
    const char *const tips[] = { "main", "side", NULL };
    const char *const fixed[] = { "side", NULL };

    start(BAD " > a.py; " ADD "; git checkout -q -b side; echo > a.py; " ADD);
    expect(*state, tips, "a.py:2");
    expect(*state, fixed, "");
}

static void a_blob_that_is_missing_at_the_end_is_incomplete(void **state)
{
    start(BAD " > a.py; " ADD "; echo 'y = 1' >> a.py; " ADD
              "; rm -f .git/objects/$(git rev-parse HEAD:a.py | "
              "sed 's|^..|&/|')");
    expect_at_head(state, "?a.py ?a.py");
}

#define IN_REPOSITORY(test)                                                    \
    cmocka_unit_test_setup_teardown(test, enter_repository, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_REPOSITORY(what_is_still_there_counts_where_it_is_now),
        IN_REPOSITORY(what_is_gone_does_not_count),
        IN_REPOSITORY(what_is_excused_by_now_does_not_count),
        IN_REPOSITORY(what_is_no_python_by_now_does_not_count),
        IN_REPOSITORY(what_is_a_link_by_now_does_not_count),
        IN_REPOSITORY(each_of_several_equal_calls_counts),
        IN_REPOSITORY(a_file_that_moved_to_another_name_counts_there),
        IN_REPOSITORY(what_was_cut_out_and_pasted_into_a_new_file_counts_once),
        IN_REPOSITORY(a_name_that_others_took_over_is_no_hiding_place),
        IN_REPOSITORY(a_file_is_followed_through_all_its_names),
        IN_REPOSITORY(
            a_call_of_before_in_a_file_that_moved_is_not_the_fixed_one),
        IN_REPOSITORY(of_two_branches_with_the_same_file_one_counts),
        IN_REPOSITORY(what_one_branch_fixed_counts_on_the_other),
        IN_REPOSITORY(a_blob_that_is_missing_at_the_end_is_incomplete),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/hooks/past.h"

static void a_branch_that_was_never_merged_counts(void **state)
{
    expect(state,
           "echo >r; c one; git checkout -q -b side; call >a.py; c two;"
           "git checkout -q main; echo >b; c three",
           "a.py:2 two live\n");
}

static void what_another_branch_still_holds_is_live(void **state)
{
    expect(state, "call >a.py; c one; git branch old; safe >a.py; c two",
           "a.py:2 one live\n");
}

static void a_commit_that_only_a_tag_reaches_counts(void **state)
{
    expect(state,
           "echo >r; c one; git checkout -q -b side; call >a.py; c two;"
           "tick; git tag -a -m t t; git checkout -q main;"
           "git branch -q -D side",
           "a.py:2 two live\n");
}

static void a_commit_that_no_ref_reaches_does_not_count(void **state)
{
    expect(state,
           "echo >r; c one; git checkout -q -b side; call >a.py; c two;"
           "git checkout -q main; git branch -q -D side",
           "");
}

static void a_detached_head_counts(void **state)
{
    expect(state, "echo >r; c one; git checkout -q --detach; call >a.py; c two",
           "a.py:2 two live\n");
}

static void what_another_worktree_is_at_counts(void **state)
{
    expect(state,
           "echo >r; c one; git worktree add -q --detach other; cd other;"
           "call >a.py; git add a.py; git commit -qm two",
           "a.py:2 two live\n");
}

static void a_merge_that_takes_the_other_side_whole_loses_the_call(void **state)
{
    expect(state,
           "echo >r; c one; git checkout -q -b side; call >a.py; c two;"
           "git checkout -q main; echo >b; c three; m merge -s ours side;"
           "git branch -q -D side",
           "a.py:2 two lost\n");
}

static void of_two_repairs_the_one_that_HEAD_has_is_named(void **state)
{
    expect(state,
           "call >a.py; c one; git checkout -q -b side; safe >a.py; c two;"
           "git checkout -q main; safe >a.py; c three",
           "a.py:2 one three\n");
}

static void a_range_lists_what_its_commits_did(void **state)
{
    const char *const range[] = { "two..four" };

    make("call >a.py; call >b.py; c one; call >d.py; c two; git tag two;"
         "safe >a.py; call >e.py; c three; git rm -q e.py; { pad; pad; call; } "
         ">f.py;"
         "c four;"
         "git tag four; git rm -q f.py; c five");
    expect_range(state, range, 1,
                 "a.py:2 one three\ne.py:2 three four\nf.py:20 four live\n");
}

static void the_forms_of_a_range_agree(void **state)
{
    const char *const two[] = { "^one", "main" };
    const char *const open[] = { "one.." };
    const char *const sides[] = { "one...side" };
    const char *const both[] = { "main", "side", "^one" };

    make("echo >r; c one; git tag one; git checkout -q -b side; call >s.py;"
         "c two; git checkout -q main; call >a.py; c three");
    expect_range(state, two, 2, "a.py:2 three live\n");
    expect_range(state, open, 1, "a.py:2 three live\n");
    expect_range(state, sides, 1, "s.py:2 two live\n");
    expect_range(state, both, 3, "a.py:2 three live\ns.py:2 two live\n");
}

static void what_both_sides_had_long_ago_is_in_neither(void **state)
{
    const char *const sides[] = { "main...side" };

    make("call >old.py; c one; echo >r; c two; git checkout -q -b side;"
         "call >s.py; c three; git checkout -q main; call >a.py; c four");
    expect_range(state, sides, 1, "a.py:2 four live\ns.py:2 three live\n");
}

static void by_the_first_parent_a_merge_brings_what_its_branch_had(void **state)
{
    const char *const range[] = { "one..main" };
    const struct history_options options = { .first_parent = true };
    const struct history_options some = { .revisions = range,
                                          .revisions_count = 1,
                                          .first_parent = true };

    make("call >a.py; c one; git tag one; git checkout -q -b side; call >s.py;"
         "c two; safe >a.py; c three; git checkout -q main; echo >b; c four;"
         "m merge side; git branch -q -D side");
    expect_with(state, &options, "a.py:2 one live\ns.py:2 merge live\n");
    expect_with(state, &some, "a.py:2 one merge\ns.py:2 merge live\n");
}

static void a_span_of_time_tells_what_came_before_and_after(void **state)
{
    const struct history_options late = { .since = "@1000000003" };
    const struct history_options early = { .until = "@1000000002" };
    const struct history_options middle = { .since = "@1000000003",
                                            .until = "@1000000003" };

    make("call >a.py; c one; call >b.py; c two; safe >a.py; call >d.py;"
         "c three; git rm -q b.py; c four");
    expect_with(state, &late,
                "a.py:2 one three\nb.py:2 two four\nd.py:2 three live\n");
    expect_with(state, &early, "a.py:2 one three\nb.py:2 two four\n");
    expect_with(state, &middle, "a.py:2 one three\nd.py:2 three live\n");
}

static void behind_a_commit_that_is_too_old_nothing_is_listed(void **state)
{
    const struct history_options options = { .since = "@1000000003" };

    make("T=1000000010; call >a.py; call >e.py; c newer; T=1000000000;"
         "call >b.py; c older; call >d.py; c two; safe >a.py; safe >b.py;"
         "c three");
    expect_with(state, &options, "a.py:2 newer three\nb.py:2 older three\n");
}

static void a_choice_of_refs_is_what_is_live(void **state)
{
    const struct history_refs tags = { .kind = HISTORY_TAGS };
    const struct history_refs both[] = {
        { .kind = HISTORY_BRANCHES, .pattern = "s*" }, { .kind = HISTORY_TAGS }
    };
    const struct history_refs all = { .kind = HISTORY_ALL };
    struct history_options options = { .refs = &tags, .refs_count = 1 };

    make("call >a.py; c one; safe >a.py; c two; git tag two; call >b.py;"
         "c three; git branch side HEAD~2");
    expect_with(state, &options, "a.py:2 one two\n");
    options.refs = both;
    options.refs_count = 2;
    expect_with(state, &options, "a.py:2 one live\n");
    options.refs = &all;
    options.refs_count = 1;
    expect_with(state, &options, "a.py:2 one live\nb.py:2 three live\n");
}

static void what_a_reflog_names_is_listed_and_not_live(void **state)
{
    const struct history_refs reflog = { .kind = HISTORY_REFLOG };
    const struct history_options options = { .refs = &reflog, .refs_count = 1 };

    make("call >a.py; c one; git checkout -q -b gone; call >b.py; c two;"
         "git checkout -q main; git branch -q -D gone; safe >a.py; c three;"
         "call >d.py; git add d.py; git update-ref refs/x/y $(git commit-tree "
         "-p HEAD -m unlogged $(git write-tree))");
    expect_with(state, &options, "a.py:2 one three\nb.py:2 two lost\n");
}

static void paths_choose_what_stood_there_once(void **state)
{
    const char *const folder[] = { "d", "none" };
    const struct history_options options = { .paths = folder,
                                             .paths_count = 2 };

    make("mkdir d e; call >d/a.py; call >e/b.py; call >f.py; c one;"
         "git mv d/a.py a.py; c two; git mv e/b.py d; c three");
    expect_with(state, &options,
                "d/a.py:2 one live a.py d/a.py\n"
                "e/b.py:2 one live d/b.py e/b.py\n");
}

static void a_path_that_is_not_there_is_noted(void **state)
{
    const char *const paths[] = { "d", "gone.py", "d/", "none/x", "a.py" };
    struct history_options options = { .paths = paths, .paths_count = 5 };
    struct report report;

    make("mkdir d; safe >d/a.py; safe >gone.py; safe >a.py; c one;"
         "git rm -q gone.py; c two");
    scan_with(*state, &report, &options);
    assert_int_equal(2, report.notes_count);
    assert_string_equal("gone.py", report.notes[0].path);
    assert_string_equal("none/x", report.notes[1].path);
    report_release(&report);
    make("call >b.py; c three");
    options.paths_count = 0;
    scan_with(*state, &report, &options);
    assert_int_equal(0, report.notes_count);
    report_release(&report);
}

static void a_range_with_merges_of_older_branches_is_exact(void **state)
{
    const char *const range[] = { "start..main" };

    make("{ call; pad; pad; } >a.py; c one; git checkout -q -b side; echo >b; "
         "c two;"
         "git checkout -q main; echo >d; c three; git tag start;"
         "git merge -q --no-ff --no-commit side 2>/dev/null; { call; pad; pad; "
         "call; }"
         " >a.py;"
         "c merge");
    expect_range(state, range, 1, "a.py:22 merge live\n");
}

static void an_unknown_revision_is_an_error_of_use(void **state)
{
    const char *const revisions[] = { "no-such" };
    const char *const option[] = { "--all" };
    struct history_options options = { .revisions = revisions,
                                       .revisions_count = 1 };
    struct analyser analyser = { .store = NULL };
    struct report report = REPORT_EMPTY;
    struct error err;

    make("call >a.py; c one");
    assert_int_equal(
        -1, history_scan(opened(*state), &options, &analyser, &report, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    options.revisions = option;
    assert_int_equal(
        -1, history_scan(opened(*state), &options, &analyser, &report, &err));
    assert_int_equal(ERROR_USAGE, err.code);
    report_release(&report);
}

static void a_shallow_clone_is_incomplete(void **state)
{
    const char *const range[] = { "HEAD~1..HEAD" };
    const struct history_options late = { .since = "@1000000003" };
    struct report report;
    char *lines;

    make("call >a.py; c one; echo >b; c two; call >d.py; c three;"
         "git clone -q --depth 2 file://$PWD clone");
    assert_int_equal(0, chdir("clone"));
    scan_range(*state, &report, NULL, 0);
    lines = lines_of(&report);
    assert_string_equal("a.py:2 two live\nd.py:2 three live\n", lines);
    assert_int_equal(1, report.incomplete_count);
    assert_non_null(strstr(report.incomplete[0].reason, "shallow"));
    free(lines);
    report_release(&report);
    expect_range(state, range, 1, "d.py:2 three live\n");
    expect_with(state, &late, "d.py:2 three live\n");
}

static void remove_object(const char *revision)
{
    struct object_id id = id_of(revision);
    char hex[OBJECT_HEX_MAX], path[OBJECT_HEX_MAX + 32];

    object_id_format(&id, hex);
    snprintf(path, sizeof(path), ".git/objects/%.2s/%s", hex, hex + 2);
    assert_int_equal(0, unlink(path));
}

/* Without this object the scan says so once, and its entries are these. */
static void expect_without(void **state, const char *revision,
                           const char *expected)
{
    struct report report;
    char *lines;

    remove_object(revision);
    scan_range(*state, &report, NULL, 0);
    lines = lines_of(&report);
    if (strcmp(lines, expected) != 0)
        fail_msg("got:\n%swant:\n%s", lines, expected);
    if (report.incomplete_count != 1)
        fail_msg("%zu incomplete", report.incomplete_count);
    free(lines);
    report_release(&report);
}

static void a_missing_blob_is_incomplete_and_removes_nothing(void **state)
{
    make("call >a.py; c one; { call; echo y=1; } >a.py; c two; echo >b;"
         "c three; { call; echo y=2; } >a.py; c four");
    expect_without(state, "HEAD~1:a.py", "a.py:2 one live\n");
}

static void a_missing_folder_is_incomplete_and_removes_nothing(void **state)
{
    make("mkdir d; call >d/a.py; c one; echo >d/b; c two; rm d/b; echo >d/e;"
         "c three");
    expect_without(state, "HEAD~1:d", "d/a.py:2 one live\n");
}

static void a_missing_commit_is_incomplete(void **state)
{
    make("call >a.py; c one; call >b.py; c two; call >d.py; c three");
    expect_without(state, "HEAD~1",
                   "a.py:2 three live\nb.py:2 three live\nd.py:2 three live\n");
}

static void a_missing_script_could_be_python(void **state)
{
    make("echo >run; c one; echo x >run; c two");
    expect_without(state, "HEAD~1:run", "");
}

static void a_file_over_the_limit_is_incomplete(void **state)
{
    struct report report;

    make("{ call; head -c 5000000 /dev/zero | tr '\\0' '#'; } >a.py; c one");
    scan_range(*state, &report, NULL, 0);
    assert_int_equal(1, report.incomplete_count);
    assert_string_equal("a.py", report.incomplete[0].path);
    report_release(&report);
}

static void a_large_file_without_a_finding_of_its_own_is_complete(void **state)
{
    const char *const ways[] = { ":", "git repack -qad" };

    make("{ echo 'self.mktemp()'; head -c 5000000 /dev/zero | tr '\\0' '#'; }"
         ">a.py; { echo '#!/usr/bin/python'; cat a.py; } >run; c one");
    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        struct report report;

        sh(ways[i]);
        scan_range(*state, &report, NULL, 0);
        assert_int_equal(0, report.incomplete_count);
        assert_int_equal(0, report.findings_count);
        report_release(&report);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(a_branch_that_was_never_merged_counts),
        in_repository(what_another_branch_still_holds_is_live),
        in_repository(a_commit_that_only_a_tag_reaches_counts),
        in_repository(a_commit_that_no_ref_reaches_does_not_count),
        in_repository(a_detached_head_counts),
        in_repository(what_another_worktree_is_at_counts),
        in_repository(a_merge_that_takes_the_other_side_whole_loses_the_call),
        in_repository(of_two_repairs_the_one_that_HEAD_has_is_named),
        in_repository(a_range_lists_what_its_commits_did),
        in_repository(the_forms_of_a_range_agree),
        in_repository(what_both_sides_had_long_ago_is_in_neither),
        in_repository(by_the_first_parent_a_merge_brings_what_its_branch_had),
        in_repository(a_span_of_time_tells_what_came_before_and_after),
        in_repository(behind_a_commit_that_is_too_old_nothing_is_listed),
        in_repository(a_choice_of_refs_is_what_is_live),
        in_repository(what_a_reflog_names_is_listed_and_not_live),
        in_repository(paths_choose_what_stood_there_once),
        in_repository(a_path_that_is_not_there_is_noted),
        in_repository(a_range_with_merges_of_older_branches_is_exact),
        in_repository(an_unknown_revision_is_an_error_of_use),
        in_repository(a_shallow_clone_is_incomplete),
        in_repository(a_missing_blob_is_incomplete_and_removes_nothing),
        in_repository(a_missing_folder_is_incomplete_and_removes_nothing),
        in_repository(a_missing_commit_is_incomplete),
        in_repository(a_missing_script_could_be_python),
        in_repository(a_file_over_the_limit_is_incomplete),
        in_repository(a_large_file_without_a_finding_of_its_own_is_complete),
    };

    return cmocka_run_group_tests_name("hooks/history/history_range", tests,
                                       NULL, NULL);
}

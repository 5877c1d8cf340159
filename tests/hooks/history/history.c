#include "tests/hooks/past.h"

static void a_repository_without_commits_has_no_history(void **state)
{
    expect(state, "true", "");
}

static void the_root_commit_introduces_what_it_holds(void **state)
{
    expect(state, "call >a.py; c one; echo >b; c two", "a.py:2 one live\n");
}

static void a_removed_call_names_who_removed_it(void **state)
{
    expect(state, "call >a.py; c one; echo >b; c two; safe >a.py; c three",
           "a.py:2 one three\n");
}

static void a_deleted_file_removes_its_calls(void **state)
{
    expect(state, "mkdir d; call >d/a.py; c one; rm -r d; c two",
           "d/a.py:2 one two\n");
}

static void a_call_that_moves_within_its_file_is_one_entry(void **state)
{
    expect(state, "call >a.py; c one; { pad; call; } >a.py; c two",
           "a.py:2 one live\n");
}

static void what_comes_back_is_a_second_entry(void **state)
{
    expect(state,
           "call >a.py; c one; safe >a.py; c two; call >a.py; c three;"
           "git rm -q a.py; c four",
           "a.py:2 one two\na.py:2 three four\n");
}

static void a_revert_of_the_repair_is_a_second_entry(void **state)
{
    expect(state,
           "call >a.py; c one; safe >a.py; c two; tick;"
           "git revert --no-edit HEAD >/dev/null;"
           "tick; git commit -q --amend -m three",
           "a.py:2 one two\na.py:2 three live\n");
}

static void a_second_call_of_the_same_text_is_its_own_entry(void **state)
{
    expect(state,
           "{ call; pad; pad; } >a.py; c one; { call; pad; pad; call; } >a.py; "
           "c two; { call; pad; pad; } >a.py;"
           "c three",
           "a.py:2 one live\na.py:22 two three\n");
}

static void a_rename_is_one_entry_with_both_names(void **state)
{
    expect(state, "mkdir d; call >a.py; c one; git mv a.py d/b.py; c two",
           "a.py:2 one live a.py d/b.py\n");
}

static void a_rename_with_a_small_edit_is_one_entry(void **state)
{
    expect(state,
           "{ call; pad; } >a.py; c one; git mv a.py b.py; echo y=1 >>b.py;"
           "c two; git rm -q b.py; c three",
           "a.py:2 one three a.py b.py\n");
}

static void a_new_file_that_is_not_alike_is_no_rename(void **state)
{
    expect(state,
           "call >a.py; c one; git rm -q a.py; { pad; pad; call; } >b.py;"
           "c two",
           "a.py:2 one two\nb.py:20 two live\n");
}

static void of_two_renamed_files_each_keeps_its_entry(void **state)
{
    expect(state,
           "mkdir p q; { call; pad; } >p/a.py; { call; echo z=1; } >p/b.py;"
           "c one; git mv p/a.py q/a.py; git mv p/b.py q/b.py; c two",
           "p/a.py:2 one live p/a.py q/a.py\np/b.py:2 one live p/b.py "
           "q/b.py\n");
}

static void a_copy_is_a_second_entry(void **state)
{
    expect(state, "call >a.py; c one; cp a.py b.py; c two",
           "a.py:2 one live\nb.py:2 two live\n");
}

static void a_renamed_and_copied_file_introduces_the_copy(void **state)
{
    expect(state, "call >a.py; c one; cp a.py b.py; git mv a.py c.py; c two",
           "a.py:2 one live a.py b.py\nc.py:2 two live\n");
}

static void a_call_pasted_into_another_file_is_introduced_there(void **state)
{
    expect(state,
           "call >a.py; safe >b.py; c one; safe >a.py; call >b.py; c two",
           "a.py:2 one two\nb.py:2 two live\n");
}

static void a_text_that_becomes_python_introduces(void **state)
{
    expect(state, "call >a.txt; c one; git mv a.txt a.py; c two",
           "a.py:2 two live\n");
}

static void a_script_without_extension_is_python_by_its_first_line(void **state)
{
    expect(state,
           "{ echo '#!/usr/bin/env python3'; call; } >run; call >notes;"
           "{ echo '#!/bin/sh'; call; } >sh; c one",
           "run:3 one live\n");
}

static void a_file_that_becomes_python_introduces(void **state)
{
    expect(state,
           "call >run; c one; { echo '#!/usr/bin/python'; call; } >run;"
           "c two; call >run; c three",
           "run:3 two three\n");
}

static void symlinks_and_submodules_are_not_followed(void **state)
{
    expect(state,
           "call >t; ln -s t a.py; c one;"
           "git update-index --add --cacheinfo "
           "160000,$(git rev-parse HEAD),sub.py; tick; git commit -qm two",
           "");
}

static void a_mode_change_is_no_event(void **state)
{
    expect(state, "call >a.py; c one; chmod +x a.py; c two",
           "a.py:2 one live\n");
}

static void a_file_that_becomes_a_symlink_removes(void **state)
{
    expect(state, "call >a.py; c one; rm a.py; ln -s x a.py; c two",
           "a.py:2 one two\n");
}

static void a_finding_shows_its_line_and_its_commit(void **state)
{
    struct report report;
    const struct report_finding *finding;
    struct object_id id;
    char hex[OBJECT_HEX_MAX];

    make("call >a.py; c one; safe >a.py; c two");
    scan_range(*state, &report, NULL, 0);
    assert_int_equal(1, report.findings_count);
    finding = &report.findings[0];
    id = id_of("HEAD~1");
    assert_true(report.history);
    assert_string_equal(object_id_format(&id, hex), finding->introduced->id);
    assert_string_equal("A <a@example.org>", finding->introduced->author);
    assert_int_equal(1000000001, finding->introduced->date);
    assert_int_equal(60, finding->introduced->zone);
    assert_string_equal("two", finding->removed->subject);
    assert_string_equal("x = tempfile.mktemp()", finding->excerpt);
    assert_int_equal(1, finding->paths_count);
    assert_string_equal("a.py", finding->paths[0]);
    assert_false(finding->blocks);
    assert_int_equal(2, report.stats.commits);
    assert_int_equal(2, report.stats.files);
    assert_int_equal(2, report.stats.python_files);
    report_release(&report);
}

static void a_live_finding_blocks(void **state)
{
    struct report report;

    make("call >a.py; c one");
    scan_range(*state, &report, NULL, 0);
    assert_true(report_blocks(&report));
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(a_repository_without_commits_has_no_history),
        in_repository(the_root_commit_introduces_what_it_holds),
        in_repository(a_removed_call_names_who_removed_it),
        in_repository(a_deleted_file_removes_its_calls),
        in_repository(a_call_that_moves_within_its_file_is_one_entry),
        in_repository(what_comes_back_is_a_second_entry),
        in_repository(a_revert_of_the_repair_is_a_second_entry),
        in_repository(a_second_call_of_the_same_text_is_its_own_entry),
        in_repository(a_rename_is_one_entry_with_both_names),
        in_repository(a_rename_with_a_small_edit_is_one_entry),
        in_repository(a_new_file_that_is_not_alike_is_no_rename),
        in_repository(of_two_renamed_files_each_keeps_its_entry),
        in_repository(a_copy_is_a_second_entry),
        in_repository(a_renamed_and_copied_file_introduces_the_copy),
        in_repository(a_call_pasted_into_another_file_is_introduced_there),
        in_repository(a_text_that_becomes_python_introduces),
        in_repository(a_script_without_extension_is_python_by_its_first_line),
        in_repository(a_file_that_becomes_python_introduces),
        in_repository(symlinks_and_submodules_are_not_followed),
        in_repository(a_mode_change_is_no_event),
        in_repository(a_file_that_becomes_a_symlink_removes),
        in_repository(a_finding_shows_its_line_and_its_commit),
        in_repository(a_live_finding_blocks),
    };

    return cmocka_run_group_tests_name("hooks/history/history", tests, NULL,
                                       NULL);
}

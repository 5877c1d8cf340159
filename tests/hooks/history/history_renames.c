#include "tests/hooks/looked.h"

#include "hooks/history/history_renames.h"

/*
 * What became of the files of HEAD~1 in HEAD, those with findings: a line
 * "NEW < OLD" for each rename, sorted by the new name.
 */
static void expect_renames(void **state, const char *commands, const char *want)
{
    struct looked looked;
    struct tree_files old = { .files = NULL }, new = { .files = NULL };
    struct buffer got = BUFFER_EMPTY;
    struct rename_side before, after;
    uint32_t from[16];

    make(commands);
    look(&looked, state);
    before.tree = tree_of(&looked, "HEAD~1^{tree}");
    after.tree = tree_of(&looked, "HEAD^{tree}");
    trees_flatten(&looked.trees, reduce_tree(&looked.trees, after.tree), &new);
    trees_flatten(&looked.trees, reduce_tree(&looked.trees, before.tree), &old);
    before.files = old.files;
    before.count = old.files_count;
    after.files = new.files;
    after.count = new.files_count;
    renames_find(&looked.trees, &before, &after, from);
    buffer_string(&got, "");
    for (size_t i = 0; i < after.count; i++) {
        if (from[i] == RENAMES_NONE)
            continue;
        buffer_text(&got, intern_text(&looked.trees.paths, new.files[i].path));
        buffer_string(&got, " < ");
        buffer_text(&got,
                    intern_text(&looked.trees.paths, old.files[from[i]].path));
        buffer_byte(&got, '\n');
    }
    if (strcmp(got.size ? got.bytes : "", want) != 0)
        fail_msg("got:\n%swant:\n%s", got.bytes, want);
    buffer_release(&got);
    free(old.files);
    free(new.files);
    look_away(&looked);
}

static void the_same_blob_under_another_name_is_a_rename(void **state)
{
    expect_renames(state, "call >a.py; c one; git mv a.py b.py; c two",
                   "b.py < a.py\n");
}

static void the_same_name_in_another_folder_goes_first(void **state)
{
    expect_renames(state,
                   "mkdir p q; call >p/a.py; call >p/b.py; c one;"
                   "git mv p/a.py q/a.py; git mv p/b.py q/b.py; c two",
                   "q/a.py < p/a.py\nq/b.py < p/b.py\n");
}

static void half_of_the_bytes_are_enough(void **state)
{
    expect_renames(state,
                   "{ call; pad; } >a.py; c one; git rm -q a.py;"
                   "{ call; pad | head -n 5; } >b.py; c two",
                   "b.py < a.py\n");
}

static void less_than_half_is_another_file(void **state)
{
    expect_renames(state,
                   "{ call; pad; } >a.py; c one; git rm -q a.py;"
                   "{ call; pad | tr a-z A-Z; } >b.py; c two",
                   "");
}

static void the_more_similar_file_goes_first(void **state)
{
    expect_renames(state,
                   "{ call; pad; echo one; } >a.py; { call; pad; echo two; "
                   "echo three; } >b.py; c one; git rm -q a.py b.py;"
                   "{ call; pad; echo two; echo four; } >c.py; c two",
                   "c.py < b.py\n");
}

static void a_file_that_is_still_there_was_copied(void **state)
{
    expect_renames(state, "call >a.py; c one; cp a.py b.py; c two", "");
}

static void a_name_that_is_taken_by_a_clean_file_is_not_gone(void **state)
{
    expect_renames(state, "call >a.py; c one; cp a.py b.py; safe >a.py; c two",
                   "");
}

static void a_file_that_was_there_is_not_new(void **state)
{
    expect_renames(
        state, "call >a.py; safe >b.py; c one; git mv -f a.py b.py; c two", "");
}

static void files_without_a_common_call_are_not_compared(void **state)
{
    expect_renames(state,
                   "{ call; pad; } >a.py; c one; git rm -q a.py;"
                   "{ call | sed 's/x =/y =/'; pad; } >b.py; c two",
                   "");
}

static void no_two_files_were_the_same(void **state)
{
    expect_renames(state,
                   "call >a.py; c one; cp a.py b.py; git mv a.py c.py; c two",
                   "b.py < a.py\n");
}

static void lines_may_come_in_another_order(void **state)
{
    expect_renames(state,
                   "{ call; pad; } >a.py; c one; git rm -q a.py;"
                   "{ pad | tac; call; } >b.py; c two",
                   "b.py < a.py\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(the_same_blob_under_another_name_is_a_rename),
        in_repository(the_same_name_in_another_folder_goes_first),
        in_repository(half_of_the_bytes_are_enough),
        in_repository(less_than_half_is_another_file),
        in_repository(the_more_similar_file_goes_first),
        in_repository(a_file_that_is_still_there_was_copied),
        in_repository(a_name_that_is_taken_by_a_clean_file_is_not_gone),
        in_repository(a_file_that_was_there_is_not_new),
        in_repository(files_without_a_common_call_are_not_compared),
        in_repository(no_two_files_were_the_same),
        in_repository(lines_may_come_in_another_order),
    };

    return cmocka_run_group_tests_name("hooks/history/history_renames", tests,
                                       NULL, NULL);
}

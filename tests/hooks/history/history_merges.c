#include "tests/hooks/past.h"

static void a_merge_introduces_nothing_that_a_side_has(void **state)
{
    expect(state,
           "safe >a.py; c one; git checkout -q -b side; call >a.py; c two;"
           "git checkout -q main; echo >b; c three; m merge side",
           "a.py:2 two live\n");
}

static void a_repair_on_a_side_is_the_removal(void **state)
{
    expect(state,
           "call >a.py; c one; git checkout -q -b side; safe >a.py; c two;"
           "git checkout -q main; echo >b; c three; m merge side;"
           "git branch -q -d side",
           "a.py:2 one two\n");
}

static void a_call_that_only_the_merge_has_is_introduced_by_it(void **state)
{
    expect(state,
           "safe >a.py; c one; git checkout -q -b side; echo >b; c two;"
           "git checkout -q main; echo >d; c three;"
           "git merge -q --no-ff --no-commit side 2>/dev/null; call >a.py; c "
           "merge",
           "a.py:2 merge live\n");
}

static void a_call_that_only_the_merge_lacks_is_removed_by_it(void **state)
{
    expect(state,
           "call >a.py; c one; git checkout -q -b side; echo >b; c two;"
           "git checkout -q main; echo >d; c three; tick;"
           "git merge -q --no-ff --no-commit side 2>/dev/null; safe >a.py; c "
           "merge;"
           "git branch -q -d side",
           "a.py:2 one merge\n");
}

static void a_merge_that_doubles_an_old_call_introduces(void **state)
{
    expect(state,
           "{ call; pad; pad; } >a.py; c one; git checkout -q -b side; echo "
           ">b; c two;"
           "git checkout -q main; echo >d; c three;"
           "git merge -q --no-ff --no-commit side 2>/dev/null; { call; pad; "
           "pad; call; }"
           " >a.py;"
           "c merge",
           "a.py:2 one live\na.py:22 merge live\n");
}

static void a_merge_of_sides_that_each_added_one_introduces_none(void **state)
{
    expect(state,
           "pad >a.py; c one; git checkout -q -b side; { call; pad; } >a.py;"
           "c two; git checkout -q main; { pad; call; } >a.py; c three;"
           "m merge side",
           "a.py:2 two live\na.py:11 three live\n");
}

static void one_call_of_two_sides_is_two_entries(void **state)
{
    expect(state,
           "safe >a.py; c one; git checkout -q -b side; call >a.py; c two;"
           "git checkout -q main; echo >b; c three;"
           "tick; git cherry-pick side >/dev/null; tick;"
           "git commit -q --amend --reset-author -m four;"
           "m merge side; git branch -q -d side; safe >a.py; c five",
           "a.py:2 two five\na.py:2 four five\n");
}

static void a_rename_on_one_side_survives_the_merge(void **state)
{
    expect(state,
           "{ call; pad; } >a.py; c one; git checkout -q -b side;"
           "git mv a.py b.py; c two; git checkout -q main;"
           "echo y=1 >>a.py; c three; m merge side; git branch -q -d side;"
           "safe >b.py; c four",
           "a.py:2 one four a.py b.py\n");
}

static void an_octopus_is_a_merge_of_all_its_parents(void **state)
{
    expect(state,
           "echo >r; c one;"
           "for s in a b d; do git checkout -q -b $s main; call >$s.py;"
           "c in-$s; done; git checkout -q main; echo >t; c two;"
           "m octopus a b d; git branch -q -d a b d; git rm -q b.py; c three",
           "a.py:2 in-a live\nb.py:2 in-b three\nd.py:2 in-d live\n");
}

static void a_criss_cross_merge_has_one_entry(void **state)
{
    expect(state,
           "safe >a.py; c one; git checkout -q -b side; call >a.py; c two;"
           "git checkout -q main; echo >b; c three; git branch old;"
           "m left side; git checkout -q side; m right old;"
           "echo >d; c four; git checkout -q main; echo >e; c five;"
           "m last side; git branch -q -D side old; safe >a.py; c six",
           "a.py:2 two six\n");
}

static void two_roots_introduce_each_their_own(void **state)
{
    expect(state,
           "call >a.py; c one; git checkout -q --orphan other; git rm -qrf .;"
           "call >b.py; c two; git checkout -q main; tick;"
           "git merge -q --allow-unrelated-histories -m merge other",
           "a.py:2 one live\nb.py:2 two live\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_repository(a_merge_introduces_nothing_that_a_side_has),
        in_repository(a_repair_on_a_side_is_the_removal),
        in_repository(a_call_that_only_the_merge_has_is_introduced_by_it),
        in_repository(a_call_that_only_the_merge_lacks_is_removed_by_it),
        in_repository(a_merge_that_doubles_an_old_call_introduces),
        in_repository(a_merge_of_sides_that_each_added_one_introduces_none),
        in_repository(one_call_of_two_sides_is_two_entries),
        in_repository(a_rename_on_one_side_survives_the_merge),
        in_repository(an_octopus_is_a_merge_of_all_its_parents),
        in_repository(a_criss_cross_merge_has_one_entry),
        in_repository(two_roots_introduce_each_their_own),
    };

    return cmocka_run_group_tests_name("hooks/history/history_merges", tests,
                                       NULL, NULL);
}

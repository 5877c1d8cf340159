#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "hooks/history/history_match.h"
#include "hooks/history/history_sets.h"

#define MOST 8

/*
 * A version in words: for each occurrence its key, a letter; the text around
 * it, a digit; and the entry it has, a letter, or '-' for none. "a1x a2-".
 */
struct made {
    struct occurrence occurrences[MOST];
    uint32_t sets[MOST];
    struct version version;
};

static struct made make(struct intern *sets, const char *words)
{
    struct made made = { .version = { .count = (strlen(words) + 1) / 4 } };

    for (size_t i = 0; i < made.version.count; i++) {
        const char *word = words + 4 * i;

        made.occurrences[i].key = (uint32_t)word[0];
        made.occurrences[i].line_hash = (uint64_t)word[1];
        made.sets[i] =
            word[2] == '-' ? SETS_EMPTY : sets_one(sets, (uint32_t)word[2]);
    }
    return made;
}

/* One letter for each of before: the number of its partner, or '-'. */
static void expect(const char *before, const char *after, const char *want)
{
    struct intern sets = INTERN_EMPTY;
    struct made old, new;
    uint32_t partner[MOST];
    char got[MOST + 1] = "";

    sets_begin(&sets);
    old = make(&sets, before);
    new = make(&sets, after);
    old.version.occurrences = old.occurrences;
    old.version.sets = old.sets;
    new.version.occurrences = new.occurrences;
    new.version.sets = new.sets;
    match_versions(&sets, &old.version, &new.version, partner);
    for (size_t i = 0; i < old.version.count; i++)
        got[i] = partner[i] == MATCH_NONE ? '-' : (char)('0' + partner[i]);
    if (strcmp(got, want) != 0)
        fail_msg("%s -> %s: got %s, want %s", before, after, got, want);
    intern_release(&sets);
}

static void nothing_is_paired_with_nothing(void **state)
{
    (void)state;
    expect("", "", "");
    expect("a1x", "", "-");
    expect("", "a1-", "");
}

static void only_equal_keys_are_paired(void **state)
{
    (void)state;
    expect("a1x", "a1-", "0");
    expect("a1x", "b1-", "-");
    expect("a1x b1y c1z", "b1- d1-", "-0-");
    expect("b1x", "a1- b1- c1-", "1");
}

static void of_each_key_as_many_are_paired_as_both_have(void **state)
{
    (void)state;
    expect("a1x a2y a3z", "a4- a5-", "01-");
    expect("a1x", "a2- a3-", "0");
    expect("a1x a1y b1z", "a1- b1- b1-", "0-1");
}

static void the_text_around_decides_between_equals(void **state)
{
    (void)state;
    expect("a1x a3y", "a2- a3-", "01");
    expect("a3x", "a1- a2- a3-", "2");
    expect("a1x a2y", "a2-", "-0");
}

static void an_entry_that_both_have_decides_first(void **state)
{
    (void)state;
    expect("a1x", "a1y a2x", "1");
    expect("a1x a2y", "a1y a2x", "10");
}

static void a_claimed_one_is_taken_only_if_no_other_is_left(void **state)
{
    (void)state;
    expect("a1x", "a1y a2-", "1");
    expect("a1x", "a1y", "0");
}

static void occurrences_of_a_key_are_counted(void **state)
{
    struct intern sets = INTERN_EMPTY;
    struct made made;

    (void)state;
    sets_begin(&sets);
    made = make(&sets, "a1- a2- b1- d1- d1- d2-");
    assert_int_equal(2, match_count(made.occurrences, 6, 'a'));
    assert_int_equal(1, match_count(made.occurrences, 6, 'b'));
    assert_int_equal(0, match_count(made.occurrences, 6, 'c'));
    assert_int_equal(3, match_count(made.occurrences, 6, 'd'));
    assert_int_equal(0, match_count(made.occurrences, 0, 'a'));
    assert_int_equal(2, match_run(made.occurrences, 6, 0));
    assert_int_equal(6, match_run(made.occurrences, 6, 3));
    intern_release(&sets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_paired_with_nothing),
        cmocka_unit_test(only_equal_keys_are_paired),
        cmocka_unit_test(of_each_key_as_many_are_paired_as_both_have),
        cmocka_unit_test(the_text_around_decides_between_equals),
        cmocka_unit_test(an_entry_that_both_have_decides_first),
        cmocka_unit_test(a_claimed_one_is_taken_only_if_no_other_is_left),
        cmocka_unit_test(occurrences_of_a_key_are_counted),
    };

    return cmocka_run_group_tests_name("hooks/history/history_match", tests,
                                       NULL, NULL);
}

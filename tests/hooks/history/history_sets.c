#include "tests/test.h"

#include "hooks/history/history_sets.h"

static int begin(void **state)
{
    static struct intern sets;

    sets = INTERN_EMPTY;
    sets_begin(&sets);
    *state = &sets;
    return 0;
}

static int end(void **state)
{
    intern_release(*state);
    return 0;
}

static uint32_t set_of(struct intern *sets, uint32_t a, uint32_t b)
{
    return sets_union(sets, sets_one(sets, a), sets_one(sets, b));
}

static void the_empty_set_is_number_zero_and_has_no_member(void **state)
{
    assert_int_equal(0, SETS_EMPTY);
    assert_int_equal(0, sets_size(*state, SETS_EMPTY));
    assert_int_equal(SETS_EMPTY, sets_union(*state, SETS_EMPTY, SETS_EMPTY));
}

static void equal_sets_are_equal_numbers_however_they_were_made(void **state)
{
    assert_int_equal(sets_one(*state, 7), sets_one(*state, 7));
    assert_int_equal(set_of(*state, 7, 300), set_of(*state, 300, 7));
    assert_int_equal(sets_one(*state, 7), set_of(*state, 7, 7));
    assert_int_equal(
        sets_union(*state, set_of(*state, 1, 2), sets_one(*state, 3)),
        sets_union(*state, sets_one(*state, 1), set_of(*state, 2, 3)));
}

static void a_union_with_the_empty_set_is_the_other_set(void **state)
{
    uint32_t set = set_of(*state, 4, 5);

    assert_int_equal(set, sets_union(*state, set, SETS_EMPTY));
    assert_int_equal(set, sets_union(*state, SETS_EMPTY, set));
}

static void members_are_ascending_as_numbers(void **state)
{
    uint32_t set =
        sets_union(*state, set_of(*state, 256, 1), set_of(*state, 65536, 255));

    assert_int_equal(4, sets_size(*state, set));
    assert_int_equal(1, sets_member(*state, set, 0));
    assert_int_equal(255, sets_member(*state, set, 1));
    assert_int_equal(256, sets_member(*state, set, 2));
    assert_int_equal(65536, sets_member(*state, set, 3));
}

static void sets_meet_in_a_common_member_alone(void **state)
{
    assert_true(
        sets_meet(*state, set_of(*state, 1, 300), set_of(*state, 300, 500)));
    assert_false(
        sets_meet(*state, set_of(*state, 1, 300), set_of(*state, 2, 500)));
    assert_false(sets_meet(*state, SETS_EMPTY, set_of(*state, 1, 2)));
    assert_false(sets_meet(*state, SETS_EMPTY, SETS_EMPTY));
}

#define WITH_SETS(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SETS(the_empty_set_is_number_zero_and_has_no_member),
        WITH_SETS(equal_sets_are_equal_numbers_however_they_were_made),
        WITH_SETS(a_union_with_the_empty_set_is_the_other_set),
        WITH_SETS(members_are_ascending_as_numbers),
        WITH_SETS(sets_meet_in_a_common_member_alone),
    };

    return cmocka_run_group_tests_name("hooks/history/history_sets", tests,
                                       NULL, NULL);
}

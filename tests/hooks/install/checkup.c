#include "tests/test.h"

#include "hooks/install/checkup.h"

static void the_same_seen_twice_is_one_entry_with_both_places(void **state)
{
    struct checkup checkup = CHECKUP_EMPTY;

    (void)state;
    checkup.git = "/usr/bin/git";
    checkup.place = "/a";
    checkup_add(&checkup, "id", CHECKUP_FAIL, "do it", "number %d", 1);
    checkup.place = "/b";
    checkup_add(&checkup, "id", CHECKUP_FAIL, "do it", "number %d", 1);
    checkup_add(&checkup, "id", CHECKUP_FAIL, "do it", "number %d", 1);
    assert_int_equal(1, checkup.entries_count);
    assert_string_equal("number 1", checkup.entries[0].detail);
    assert_int_equal(1, checkup.entries[0].gits.items_count);
    assert_int_equal(2, checkup.entries[0].places.items_count);
    assert_string_equal("/b", checkup.entries[0].places.items[1]);
    checkup_release(&checkup);
}

static void another_repair_is_another_entry(void **state)
{
    struct checkup checkup = CHECKUP_EMPTY;

    (void)state;
    checkup_add(&checkup, "id", CHECKUP_WARN, "this", "x");
    checkup_add(&checkup, "id", CHECKUP_WARN, "that", "x");
    checkup_add(&checkup, "id", CHECKUP_WARN, NULL, "x");
    checkup_add(&checkup, "other", CHECKUP_WARN, NULL, "x");
    assert_int_equal(4, checkup.entries_count);
    assert_null(checkup.entries[2].repair);
    checkup_release(&checkup);
}

static void the_worst_state_counts(void **state)
{
    struct checkup checkup = CHECKUP_EMPTY;

    (void)state;
    assert_int_equal(CHECKUP_OK, checkup_worst(&checkup));
    checkup_add(&checkup, "id", CHECKUP_WARN, NULL, "x");
    checkup_add(&checkup, "id", CHECKUP_OK, NULL, "y");
    assert_int_equal(CHECKUP_WARN, checkup_worst(&checkup));
    checkup_add(&checkup, "id", CHECKUP_FAIL, NULL, "y");
    assert_int_equal(CHECKUP_FAIL, checkup_worst(&checkup));
    assert_string_equal("fail", checkup_name(CHECKUP_FAIL));
    checkup_release(&checkup);
}

static void advice_is_of_the_entry_that_was_added_last(void **state)
{
    struct checkup checkup = CHECKUP_EMPTY;

    (void)state;
    checkup_add(&checkup, "id", CHECKUP_FAIL, NULL, "x");
    checkup_add(&checkup, "id", CHECKUP_FAIL, NULL, "y");
    checkup_add(&checkup, "id", CHECKUP_FAIL, NULL, "x");
    checkup_advise(&checkup, "see %s", "there");
    checkup_advise(&checkup, "again");
    assert_string_equal("see there", checkup.entries[0].advice);
    assert_null(checkup.entries[1].advice);
    checkup_release(&checkup);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seen_twice_is_one_entry_with_both_places),
        cmocka_unit_test(another_repair_is_another_entry),
        cmocka_unit_test(the_worst_state_counts),
        cmocka_unit_test(advice_is_of_the_entry_that_was_added_last),
    };

    return cmocka_run_group_tests_name("hooks/install/checkup", tests, NULL,
                                       NULL);
}

#include "tests/test.h"

#include <string.h>

#include "hooks/history/history_entries.h"
#include "hooks/history/history_sets.h"

static int begin(void **state)
{
    static struct entries entries;

    memset(&entries, 0, sizeof(entries));
    entries_begin(&entries);
    *state = &entries;
    return 0;
}

static int end(void **state)
{
    entries_release(*state);
    return 0;
}

static void an_entry_begins_where_it_was_introduced(void **state)
{
    struct entries *entries = *state;
    uint32_t set = entries_introduce(entries, 10, 20, 30, 40);
    const struct entry *entry = &entries->entries[0];

    assert_int_equal(1, entries->entries_count);
    assert_int_equal(1, sets_size(&entries->sets, set));
    assert_int_equal(0, sets_member(&entries->sets, set, 0));
    assert_int_equal(10, entry->introduced);
    assert_int_equal(20, entry->path);
    assert_int_equal(30, entry->blob);
    assert_int_equal(40, entry->finding);
    assert_true(entry->removed == ENTRY_NOT_REMOVED);
    assert_false(entry->live);
}

static void a_place_is_kept_once(void **state)
{
    struct entries *entries = *state;
    uint32_t one = entries_introduce(entries, 1, 20, 3, 4);
    uint32_t two = entries_introduce(entries, 1, 20, 3, 4);
    uint32_t both = sets_union(&entries->sets, one, two);

    assert_int_equal(2, intern_count(&entries->moves));
    entries_move(entries, both, 21);
    entries_move(entries, one, 21);
    entries_move(entries, one, 20);
    assert_int_equal(4, intern_count(&entries->moves));
}

static void of_removals_the_first_of_the_highest_rank_counts(void **state)
{
    struct entries *entries = *state;
    uint32_t set = entries_introduce(entries, 1, 2, 3, 4);

    entries_remove(entries, set, 7, 1);
    entries_remove(entries, set, 8, 0);
    assert_int_equal(7, entries->entries[0].removed);
    entries_remove(entries, set, 9, 2);
    entries_remove(entries, set, 11, 2);
    assert_int_equal(9, entries->entries[0].removed);
}

static void what_a_commit_was_seen_to_hold_it_does_not_remove(void **state)
{
    struct entries *entries = *state;
    uint32_t one = entries_introduce(entries, 1, 2, 3, 4);
    uint32_t two = entries_introduce(entries, 1, 2, 3, 4);

    entries_see(entries, one, 0);
    entries_remove(entries, sets_union(&entries->sets, one, two), 0, 3);
    assert_true(entries->entries[0].removed == ENTRY_NOT_REMOVED);
    assert_int_equal(0, entries->entries[1].removed);
    entries_remove(entries, one, 5, 3);
    assert_int_equal(5, entries->entries[0].removed);
}

static void one_living_place_without_excuse_is_enough_to_be_open(void **state)
{
    struct entries *entries = *state;
    struct finding excused = { .suppression = SUPPRESSION_NOQA }, open = { 0 };
    const struct entry_place old = { 5, 6, 7 }, new = { 8, 9, 10 };
    uint32_t set = entries_introduce(entries, 1, 2, 3, 4);

    entries_live(entries, set, &old, &excused, 1);
    assert_true(entries->entries[0].live);
    assert_false(entries->entries[0].live_open);
    assert_int_equal(SUPPRESSION_NOQA, entries->entries[0].live_suppression);
    entries_live(entries, set, &new, &open, 0);
    assert_true(entries->entries[0].live_open);
    assert_int_equal(8, entries->entries[0].live_place.path);
}

static void
of_several_living_places_the_last_of_the_highest_rank_is_kept(void **state)
{
    struct entries *entries = *state;
    const struct finding open = { 0 };
    const struct entry_place places[] = {
        { 1, 1, 1 }, { 2, 2, 2 }, { 3, 3, 3 }, { 4, 4, 4 }
    };
    uint32_t set = entries_introduce(entries, 1, 2, 3, 4);

    entries_live(entries, set, &places[0], &open, 0);
    entries_live(entries, set, &places[1], &open, 1);
    entries_live(entries, set, &places[2], &open, 1);
    entries_live(entries, set, &places[3], &open, 0);
    assert_int_equal(3, entries->entries[0].live_place.path);
    assert_int_equal(2, entries->entries[0].path);
}

static void the_empty_set_is_no_entry(void **state)
{
    struct entries *entries = *state;
    const struct entry_place place = { 5, 6, 7 };
    struct finding open = { 0 };

    entries_introduce(entries, 1, 2, 3, 4);
    entries_move(entries, SETS_EMPTY, 9);
    entries_remove(entries, SETS_EMPTY, 9, 3);
    entries_live(entries, SETS_EMPTY, &place, &open, 0);
    assert_int_equal(1, intern_count(&entries->moves));
    assert_true(entries->entries[0].removed == ENTRY_NOT_REMOVED);
    assert_false(entries->entries[0].live);
}

#define WITH_ENTRIES(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ENTRIES(an_entry_begins_where_it_was_introduced),
        WITH_ENTRIES(a_place_is_kept_once),
        WITH_ENTRIES(of_removals_the_first_of_the_highest_rank_counts),
        WITH_ENTRIES(what_a_commit_was_seen_to_hold_it_does_not_remove),
        WITH_ENTRIES(one_living_place_without_excuse_is_enough_to_be_open),
        WITH_ENTRIES(
            of_several_living_places_the_last_of_the_highest_rank_is_kept),
        WITH_ENTRIES(the_empty_set_is_no_entry),
    };

    return cmocka_run_group_tests_name("hooks/history/history_entries", tests,
                                       NULL, NULL);
}

#include "tests/test.h"

#include "store/evict.h"
#include "store/schema.h"
#include "tests/store/rows.h"

#define ENTRIES    2000
#define ENTRY_SIZE 300

/* Entries 0, 1, … whose times of use are 1000 × number modulo ENTRIES. */
static void fill(struct database *database)
{
    struct buffer value = BUFFER_EMPTY;
    char key[SCRATCH_KEY_SIZE];

    for (unsigned i = 0; i < ENTRIES; i++) {
        scratch_entry(i, key, &value, ENTRY_SIZE);
        rows_put(database, text_of(key), buffer_view(&value), i * 37 % ENTRIES);
    }
    buffer_release(&value);
}

static uint64_t evict(struct database *database, uint64_t size_max)
{
    uint64_t count = 0;
    struct error err;

    rows_run(database, rows_statement(database, DATABASE_BEGIN));
    if (evict_to(database, ROWS_BUILD, size_max, &count, &err) < 0)
        fail_msg("%s", err.message);
    rows_run(database, rows_statement(database, DATABASE_COMMIT));
    return count;
}

static void what_fits_stays(void **state)
{
    struct database database;

    rows_open(&database, *state);
    fill(&database);
    assert_int_equal(0, evict(&database, UINT64_MAX));
    assert_int_equal(ENTRIES, rows_number(&database, DATABASE_ENTRIES));
    database_close(&database);
}

static void the_oldest_go_until_the_rest_fits(void **state)
{
    const uint64_t size_max = ENTRIES / 2 * ENTRY_SIZE;
    struct database database;
    uint64_t went, size, used;
    struct error err;

    rows_open(&database, *state);
    fill(&database);
    went = evict(&database, size_max);
    assert_int_equal(0, database_size(&database, &size, &used, &err));
    assert_true(used <= size_max);
    assert_int_equal(size, used);
    assert_true(used > size_max / 2);
    assert_int_equal(ENTRIES - went, rows_number(&database, DATABASE_ENTRIES));
    for (unsigned i = 0; i < ENTRIES; i++) {
        char key[SCRATCH_KEY_SIZE];

        snprintf(key, sizeof(key), "key %u", i);
        if (rows_have(&database, text_of(key)) != (i * 37 % ENTRIES >= went))
            fail_msg("entry %u, used at %u, of %u that went", i,
                     i * 37 % ENTRIES, (unsigned)went);
    }
    database_close(&database);
}

static void nothing_is_left_if_nothing_may_be(void **state)
{
    struct database database;

    rows_open(&database, *state);
    fill(&database);
    assert_int_equal(ENTRIES, evict(&database, 0));
    assert_int_equal(0, rows_number(&database, DATABASE_ENTRIES));
    assert_int_equal(0, evict(&database, 0));
    database_close(&database);
}

static void an_entry_of_many_pages_goes_as_one(void **state)
{
    struct buffer value = BUFFER_EMPTY;
    struct database database;

    rows_open(&database, *state);
    memset(buffer_extend(&value, 1000000), 'x', 1000000);
    rows_put(&database, TEXT("old"), buffer_view(&value), 1);
    rows_put(&database, TEXT("new"), TEXT("small"), 2);
    assert_int_equal(1, evict(&database, 500000));
    assert_false(rows_have(&database, TEXT("old")));
    assert_true(rows_have(&database, TEXT("new")));
    buffer_release(&value);
    database_close(&database);
}

static void what_other_builds_made_goes_first(void **state)
{
    struct database database;
    struct buffer value = BUFFER_EMPTY;

    rows_open(&database, *state);
    memset(buffer_extend(&value, 1000000), 'x', 1000000);
    rows_put(&database, TEXT("old"), buffer_view(&value), 1);
    rows_put_of(&database, ROWS_BUILD - 1, TEXT("lower"), buffer_view(&value),
                2);
    rows_put_of(&database, ROWS_BUILD + 1, TEXT("higher"), buffer_view(&value),
                3);
    assert_int_equal(2, evict(&database, 1500000));
    assert_true(rows_have(&database, TEXT("old")));
    assert_int_equal(1, evict(&database, 500000));
    buffer_release(&value);
    database_close(&database);
}

static void what_other_builds_made_goes_whatever_room_there_is(void **state)
{
    struct database database;
    uint64_t count = 0;
    struct error err;

    rows_open(&database, *state);
    rows_put(&database, TEXT("old"), TEXT("x"), 1);
    rows_put_of(&database, INT64_MIN, TEXT("a"), TEXT("x"), 2);
    rows_put_of(&database, INT64_MAX, TEXT("b"), TEXT("x"), 3);
    assert_int_equal(0, evict_others(&database, ROWS_BUILD, &count, &err));
    assert_int_equal(2, count);
    assert_true(rows_have(&database, TEXT("old")));
    database_close(&database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(what_fits_stays),
        SCRATCH_TEST(the_oldest_go_until_the_rest_fits),
        SCRATCH_TEST(nothing_is_left_if_nothing_may_be),
        SCRATCH_TEST(what_other_builds_made_goes_first),
        SCRATCH_TEST(what_other_builds_made_goes_whatever_room_there_is),
        SCRATCH_TEST(an_entry_of_many_pages_goes_as_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

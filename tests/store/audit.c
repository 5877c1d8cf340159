#include "tests/test.h"

#include "store/audit.h"
#include "store/schema.h"
#include "tests/store/rows.h"

static void fill(struct database *database)
{
    struct buffer value = BUFFER_EMPTY;
    char key[SCRATCH_KEY_SIZE];

    for (unsigned i = 0; i < 100; i++) {
        scratch_entry(i, key, &value, 500);
        rows_put(database, text_of(key), buffer_view(&value), i);
    }
    buffer_release(&value);
}

static uint64_t audit(struct database *database)
{
    uint64_t dropped = 0;
    struct error err;

    rows_run(database, rows_statement(database, DATABASE_BEGIN));
    if (audit_entries(database, &rows_secret, &dropped, &err) < 0)
        fail_msg("%s", err.message);
    rows_run(database, rows_statement(database, DATABASE_COMMIT));
    return dropped;
}

static void sound_entries_stay(void **state)
{
    struct database database;
    struct error err;

    rows_open(&database, *state);
    assert_int_equal(0, audit(&database));
    fill(&database);
    assert_int_equal(0, audit_file(&database, &err));
    assert_int_equal(0, audit(&database));
    assert_int_equal(100, rows_number(&database, DATABASE_ENTRIES));
    database_close(&database);
}

static void what_does_not_fit_goes_and_is_counted(void **state)
{
    struct scratch *scratch = *state;
    struct database database;

    rows_open(&database, scratch);
    fill(&database);
    database_close(&database);
    scratch_sql(scratch->other,
                "UPDATE entry SET value = x'00' WHERE id = 1;"
                "UPDATE entry SET seal = x'' WHERE id IN (2, 3);"
                "UPDATE entry SET key = x'00' WHERE id = 100;"
                "UPDATE entry SET used = 7 WHERE id = 50");
    rows_open(&database, scratch);
    assert_int_equal(4, audit(&database));
    assert_int_equal(96, rows_number(&database, DATABASE_ENTRIES));
    assert_int_equal(0, audit(&database));
    database_close(&database);
}

static void all_may_go(void **state)
{
    struct scratch *scratch = *state;
    struct database database;

    rows_open(&database, scratch);
    fill(&database);
    database_close(&database);
    scratch_sql(scratch->other, "UPDATE entry SET seal = zeroblob(16)");
    rows_open(&database, scratch);
    assert_int_equal(100, audit(&database));
    assert_int_equal(0, rows_number(&database, DATABASE_ENTRIES));
    database_close(&database);
}

static void a_broken_file_is_damaged(void **state)
{
    struct scratch *scratch = *state;
    struct database database;
    struct buffer bytes;
    struct error err;

    rows_open(&database, scratch);
    fill(&database);
    database_close(&database);
    bytes = scratch_read(scratch->other);
    memset(bytes.bytes + 3 * SCHEMA_PAGE_SIZE, 0x55,
           bytes.size - 3 * SCHEMA_PAGE_SIZE);
    scratch_write(scratch->other, buffer_view(&bytes));
    buffer_release(&bytes);
    rows_open(&database, scratch);
    assert_int_equal(-1, audit_file(&database, &err));
    assert_true(database.damaged);
    assert_int_equal(ERROR_STORE, err.code);
    database_close(&database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(sound_entries_stay),
        SCRATCH_TEST(what_does_not_fit_goes_and_is_counted),
        SCRATCH_TEST(all_may_go),
        SCRATCH_TEST(a_broken_file_is_damaged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

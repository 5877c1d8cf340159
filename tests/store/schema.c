#include "tests/test.h"

#include "store/schema.h"
#include "tests/store/rows.h"

static void an_empty_file_gets_our_table_and_header(void **state)
{
    struct scratch *scratch = *state;
    struct database database;
    struct buffer bytes;

    rows_open(&database, scratch);
    assert_int_equal(0, rows_number(&database, DATABASE_ENTRIES));
    database_close(&database);
    bytes = scratch_read(scratch->other);
    assert_int_equal(
        HEADER_OURS,
        header_kind((const unsigned char *)bytes.bytes, bytes.size));
    buffer_release(&bytes);
}

static void our_own_file_is_taken_again(void **state)
{
    struct database database;

    for (int i = 0; i < 3; i++) {
        rows_open(&database, *state);
        database_close(&database);
    }
}

/* What some program did to a sound file of ours. */
static const char *const changes[] = {
    "CREATE TABLE more (a)",
    "CREATE INDEX more ON entry (value)",
    "CREATE VIEW more AS SELECT 1",
    "CREATE TRIGGER more AFTER INSERT ON entry BEGIN SELECT 1; END",
    "DROP INDEX entry_used",
    "DROP TABLE entry",
    "ALTER TABLE entry ADD COLUMN more TEXT",
    "ALTER TABLE entry RENAME COLUMN used TO other",
    "PRAGMA user_version = 3",
    "PRAGMA application_id = 1",
    "PRAGMA journal_mode = DELETE; PRAGMA page_size = 8192; VACUUM",
};

static void a_file_that_looks_otherwise_is_damaged(void **state)
{
    struct scratch *scratch = *state;

    for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
        struct database database;
        struct error err;
        int result;

        rows_open(&database, scratch);
        database_close(&database);
        scratch_sql(scratch->other, changes[i]);
        result = database_open(&database, scratch->other, &err);
        if (result != -1 || !database.damaged)
            fail_msg("%s: %d, damaged %d", changes[i], result,
                     database.damaged);
        database_close(&database);
        assert_int_equal(0, unlink(scratch->other));
    }
}

/* What a hostile file, or a slip of ours, could ask for. */
static const char *const refused[] = {
    "ATTACH 'other' AS other",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''",
    "SELECT load_extension('x')",
    "SELECT length(zeroblob(20000000))",
    "INSERT INTO entry VALUES (1, 'text', 'text', 'text', 'no number', 1)",
};

static void a_connection_does_little(void **state)
{
    struct database database;

    rows_open(&database, *state);
    for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
        struct error err;

        if (database_execute(&database, refused[i], &err) == 0)
            fail_msg("it did: %s", refused[i]);
    }
    database_close(&database);
}

static void a_long_statement_is_refused(void **state)
{
    struct buffer sql = BUFFER_EMPTY;
    struct database database;
    struct error err;

    rows_open(&database, *state);
    buffer_string(&sql, "SELECT 1 --");
    memset(buffer_extend(&sql, 5000), 'x', 5000);
    assert_int_equal(-1, database_execute(&database, sql.bytes, &err));
    buffer_release(&sql);
    database_close(&database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(an_empty_file_gets_our_table_and_header),
        SCRATCH_TEST(our_own_file_is_taken_again),
        SCRATCH_TEST(a_file_that_looks_otherwise_is_damaged),
        SCRATCH_TEST(a_connection_does_little),
        SCRATCH_TEST(a_long_statement_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include "store/schema.h"
#include "tests/store/rows.h"

static void what_was_put_comes_back_column_by_column(void **state)
{
    struct database database;
    struct sqlite3_stmt *get;

    rows_open(&database, *state);
    rows_put(&database, TEXT("k\0"), TEXT("v\0w"), 77);
    get = rows_statement(&database, DATABASE_GET);
    database_bind(get, 1, TEXT("k\0"));
    assert_int_equal(SQLITE_ROW, sqlite3_step(get));
    assert_true(text_equal(TEXT("v\0w"), database_column(get, 1)));
    assert_int_equal(SEAL_SIZE, database_column(get, 2).size);
    assert_int_equal(77, sqlite3_column_int64(get, 3));
    sqlite3_reset(get);
    assert_false(rows_have(&database, TEXT("k")));
    database_close(&database);
}

static void nothing_is_a_value_too(void **state)
{
    struct database database;

    rows_open(&database, *state);
    rows_put(&database, TEXT_EMPTY, (struct text){ NULL, 0 }, 1);
    assert_true(rows_have(&database, TEXT_EMPTY));
    database_close(&database);
}

static void a_run_leaves_nothing_bound(void **state)
{
    struct database database;
    struct sqlite3_stmt *put;
    struct error err;

    rows_open(&database, *state);
    rows_put(&database, TEXT("a"), TEXT("b"), 1);
    put = rows_statement(&database, DATABASE_PUT);
    assert_int_equal(-1, database_run(&database, put, &err));
    assert_false(database.damaged);
    assert_int_equal(1, rows_number(&database, DATABASE_ENTRIES));
    database_close(&database);
}

static void a_transaction_is_kept_or_given_up(void **state)
{
    struct database database;

    rows_open(&database, *state);
    assert_false(database_in_transaction(&database));
    rows_run(&database, rows_statement(&database, DATABASE_BEGIN));
    assert_true(database_in_transaction(&database));
    rows_put(&database, TEXT("a"), TEXT("b"), 1);
    database_roll_back(&database);
    database_roll_back(&database);
    assert_false(database_in_transaction(&database));
    assert_false(rows_have(&database, TEXT("a")));
    rows_run(&database, rows_statement(&database, DATABASE_BEGIN));
    rows_put(&database, TEXT("c"), TEXT("d"), 1);
    rows_run(&database, rows_statement(&database, DATABASE_COMMIT));
    database_close(&database);
    rows_open(&database, *state);
    assert_true(rows_have(&database, TEXT("c")));
    database_close(&database);
}

static void what_was_not_committed_is_lost_at_the_end(void **state)
{
    struct database database;

    rows_open(&database, *state);
    rows_run(&database, rows_statement(&database, DATABASE_BEGIN));
    rows_put(&database, TEXT("a"), TEXT("b"), 1);
    database_close(&database);
    rows_open(&database, *state);
    assert_false(rows_have(&database, TEXT("a")));
    database_close(&database);
}

static void the_size_in_use_shrinks_when_rows_go(void **state)
{
    struct buffer value = BUFFER_EMPTY;
    struct database database;
    uint64_t size, used, size_then, used_then;
    struct sqlite3_stmt *drop;
    struct error err;

    rows_open(&database, *state);
    memset(buffer_extend(&value, 100000), 'x', 100000);
    rows_put(&database, TEXT("a"), buffer_view(&value), 1);
    assert_int_equal(0, database_size(&database, &size, &used, &err));
    assert_true(used >= 100000 && used <= size);
    assert_int_equal(0, size % SCHEMA_PAGE_SIZE);
    drop = rows_statement(&database, DATABASE_DROP_OLDEST);
    database_bind_number(drop, 1, ROWS_BUILD);
    rows_run(&database, drop);
    assert_int_equal(0, database_size(&database, &size_then, &used_then, &err));
    assert_int_equal(size, size_then);
    assert_true(used_then + 90000 <= used);
    buffer_release(&value);
    database_close(&database);
}

static void a_file_that_is_not_there_is_not_made(void **state)
{
    struct scratch *scratch = *state;
    struct database database;
    struct error err;

    assert_int_equal(-1, database_open(&database, scratch->other, &err));
    database_close(&database);
    database_close(&database);
    assert_int_not_equal(0, access(scratch->other, F_OK));
}

static void what_is_no_database_is_damaged(void **state)
{
    struct scratch *scratch = *state;
    struct database database;
    struct error err;

    scratch_write(scratch->other, TEXT("no database at all, but a text"));
    assert_int_equal(-1, database_open(&database, scratch->other, &err));
    assert_true(database.damaged);
    assert_int_equal(ERROR_STORE, err.code);
    database_close(&database);
}

static void a_wrong_statement_is_an_error_not_damage(void **state)
{
    struct database database;
    struct error err;

    rows_open(&database, *state);
    assert_int_equal(-1, database_execute(&database, "SELECT nothing", &err));
    assert_false(database.damaged || database.unwritable);
    assert_non_null(strstr(err.message, "nothing"));
    database_close(&database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(what_was_put_comes_back_column_by_column),
        SCRATCH_TEST(nothing_is_a_value_too),
        SCRATCH_TEST(a_run_leaves_nothing_bound),
        SCRATCH_TEST(a_transaction_is_kept_or_given_up),
        SCRATCH_TEST(what_was_not_committed_is_lost_at_the_end),
        SCRATCH_TEST(the_size_in_use_shrinks_when_rows_go),
        SCRATCH_TEST(a_file_that_is_not_there_is_not_made),
        SCRATCH_TEST(what_is_no_database_is_damaged),
        SCRATCH_TEST(a_wrong_statement_is_an_error_not_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Whose row a row is, and whether it is the row that was written. */
#include "tests/test.h"

#include "store/seal.h"
#include "tests/store/scratch.h"

#define ENTRIES    40
#define ENTRY_SIZE 700

static void fill(const struct scratch *scratch)
{
    struct store *store = scratch_open(scratch);

    scratch_put_many(store, 0, ENTRIES, ENTRY_SIZE);
    store_close(store);
}

static void a_damaged_row_is_a_miss_and_counted(void **state)
{
    struct scratch *scratch = *state;
    struct store *store;

    fill(scratch);
    scratch_sql(scratch->database,
                "UPDATE entry SET value = zeroblob(length(value))"
                " WHERE key = CAST('key 7' AS BLOB)");
    store = scratch_open(scratch);
    assert_int_equal(0, scratch_get_many(store, 7, 8, ENTRY_SIZE));
    assert_int_equal(1, scratch_stats(store).run.rejected);
    assert_int_equal(ENTRIES - 1,
                     scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
    scratch_put_many(store, 7, 8, ENTRY_SIZE);
    assert_int_equal(1, scratch_get_many(store, 7, 8, ENTRY_SIZE));
    store_close(store);
}

static void a_row_under_another_key_is_a_miss(void **state)
{
    struct scratch *scratch = *state;
    struct store *store;

    fill(scratch);
    scratch_sql(scratch->database,
                "DELETE FROM entry WHERE key = CAST('key 7' AS BLOB);"
                "UPDATE entry SET key = CAST('key 7' AS BLOB)"
                " WHERE key = CAST('key 8' AS BLOB)");
    store = scratch_open(scratch);
    assert_int_equal(0, scratch_get_many(store, 7, 9, ENTRY_SIZE));
    store_close(store);
}

/* What the seal covers, and the seal, of the row of "key 7". */
static const struct {
    const char *column;
    size_t size;
    uint64_t rejected; /* a row of another key is not even looked at */
} sealed[] = {
    { "key", sizeof("key 7") - 1, 0 },
    { "value", 20, 1 },
    { "seal", SEAL_SIZE, 1 },
};

static void no_flipped_bit_of_a_row_is_a_hit(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);

    scratch_put_many(store, 7, 9, 20);
    store_close(store);
    for (size_t i = 0; i < sizeof(sealed) / sizeof(*sealed); i++)
        for (size_t bit = 0; bit < sealed[i].size * 8; bit++) {
            scratch_flip(scratch->database, sealed[i].column, 1, bit);
            store = scratch_open(scratch);
            if (scratch_get_many(store, 7, 8, 20) != 0 ||
                scratch_stats(store).run.rejected != sealed[i].rejected)
                fail_msg("bit %zu of %s", bit, sealed[i].column);
            store_close(store);
            scratch_flip(scratch->database, sealed[i].column, 1, bit);
        }
    store = scratch_open(scratch);
    assert_int_equal(2, scratch_get_many(store, 7, 9, 20));
    store_close(store);
}

static void rows_that_were_exchanged_are_misses(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);

    scratch_put_many(store, 0, 10, 60);
    store_close(store);
    scratch_sql(scratch->database,
                "CREATE TEMP TABLE was AS SELECT * FROM entry;"
                "UPDATE entry SET (value, seal) = (SELECT value, seal FROM"
                " was WHERE was.id = 15 - entry.id) WHERE id IN (7, 8)");
    store = scratch_open(scratch);
    assert_int_equal(0, scratch_get_many(store, 6, 8, 60));
    assert_int_equal(2, scratch_stats(store).run.rejected);
    store_close(store);
}

static void rows_sealed_with_another_secret_are_misses(void **state)
{
    struct scratch *scratch = *state;
    struct store *store;
    char secret[160];

    fill(scratch);
    scratch_name(secret, sizeof(secret), scratch->state, SECRET_FILE);
    assert_int_equal(0, unlink(secret));
    store = scratch_open(scratch);
    assert_int_equal(0, scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
    assert_int_equal(ENTRIES, scratch_stats(store).run.rejected);
    scratch_put_many(store, 0, ENTRIES, ENTRY_SIZE);
    assert_int_equal(ENTRIES, scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
    store_close(store);
}

static void without_a_secret_there_is_no_cache(void **state)
{
    struct scratch *scratch = *state;
    char secret[160];

    fill(scratch);
    scratch_name(secret, sizeof(secret), scratch->state, SECRET_FILE);
    assert_int_equal(0, chmod(secret, 0640));
    scratch_refuses(scratch, SECRET_FILE);
    assert_int_equal(0, chmod(secret, 0600));
    assert_int_equal(0, chmod(scratch->state, 0770));
    scratch_refuses(scratch, "others may write");
}

static void verifying_drops_what_does_not_fit(void **state)
{
    struct scratch *scratch = *state;
    struct store *store;
    struct error err;
    uint64_t dropped;

    fill(scratch);
    scratch_sql(scratch->database, "UPDATE entry SET seal = zeroblob(16)"
                                   " WHERE id % 4 = 0");
    store = scratch_open(scratch);
    assert_int_equal(0, store_verify(store, &dropped, &err));
    assert_int_equal(ENTRIES / 4, dropped);
    assert_int_equal(ENTRIES - ENTRIES / 4, scratch_stats(store).entries);
    assert_int_equal(0, store_verify(store, &dropped, &err));
    assert_int_equal(0, dropped);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(a_damaged_row_is_a_miss_and_counted),
        SCRATCH_TEST(a_row_under_another_key_is_a_miss),
        SCRATCH_TEST(no_flipped_bit_of_a_row_is_a_hit),
        SCRATCH_TEST(rows_that_were_exchanged_are_misses),
        SCRATCH_TEST(rows_sealed_with_another_secret_are_misses),
        SCRATCH_TEST(without_a_secret_there_is_no_cache),
        SCRATCH_TEST(verifying_drops_what_does_not_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What stands in the cache's place may be anything. */
#include "tests/test.h"

#include "tests/store/scratch.h"

#define ENTRIES    40
#define ENTRY_SIZE 700
#define FLIP_STEP  97

static void fill(const struct scratch *scratch)
{
    struct store *store = scratch_open(scratch);

    scratch_put_many(store, 0, ENTRIES, ENTRY_SIZE);
    store_close(store);
}

/* It opens, is empty, works, and the bad file was set aside and counted. */
static void is_begun_anew(const struct scratch *scratch)
{
    struct store *store = scratch_open(scratch);

    assert_int_equal(0, scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
    assert_int_equal(1, scratch_stats(store).ever.quarantined);
    assert_true(scratch_has(scratch, FILES_BAD));
    store_close(store);
    fill(scratch);
    store = scratch_open(scratch);
    assert_int_equal(ENTRIES, scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
    store_close(store);
}

static void is_refused_and_untouched(const struct scratch *scratch,
                                     const char *words)
{
    struct buffer before = scratch_read(scratch->database), after;

    scratch_refuses(scratch, words);
    after = scratch_read(scratch->database);
    assert_true(text_equal(buffer_view(&before), buffer_view(&after)));
    assert_false(scratch_has(scratch, FILES_BAD));
    buffer_release(&before);
    buffer_release(&after);
}

static void a_garbage_file_is_set_aside_and_rebuilt(void **state)
{
    struct scratch *scratch = *state;

    fill(scratch);
    scratch_write(scratch->database, TEXT("this is no database, is it?"));
    is_begun_anew(scratch);
}

static void a_truncated_file_is_never_trusted(void **state)
{
    struct scratch *scratch = *state;
    struct buffer whole;

    fill(scratch);
    whole = scratch_read(scratch->database);
    for (size_t size = 0; size < whole.size; size += 1111) {
        struct store *store;

        scratch_write(scratch->database, (struct text){ whole.bytes, size });
        store = scratch_open(scratch);
        scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE);
        scratch_put_many(store, 0, ENTRIES, ENTRY_SIZE);
        assert_int_equal(ENTRIES,
                         scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
        store_close(store);
    }
    buffer_release(&whole);
}

static void a_file_cut_to_its_header_is_set_aside(void **state)
{
    struct scratch *scratch = *state;

    fill(scratch);
    assert_int_equal(0, truncate(scratch->database, 150));
    is_begun_anew(scratch);
}

static void a_zero_length_file_is_a_new_one(void **state)
{
    struct scratch *scratch = *state;
    struct store *store;

    fill(scratch);
    assert_int_equal(0, truncate(scratch->database, 0));
    store = scratch_open(scratch);
    assert_int_equal(0, scratch_stats(store).ever.quarantined);
    store_close(store);
    fill(scratch);
}

static void only_the_last_bad_file_is_kept(void **state)
{
    struct scratch *scratch = *state;
    struct buffer bad;
    char name[160];

    fill(scratch);
    scratch_write(scratch->database, TEXT("first"));
    store_close(scratch_open(scratch));
    scratch_write(scratch->database, TEXT("second"));
    store_close(scratch_open(scratch));
    scratch_name(name, sizeof(name), scratch->folder, FILES_BAD);
    bad = scratch_read(name);
    assert_string_equal("second", bad.bytes);
    buffer_release(&bad);
}

static void another_programs_database_is_untouched_and_refused(void **state)
{
    struct scratch *scratch = *state;

    fill(scratch);
    assert_int_equal(0, unlink(scratch->database));
    scratch_sql(scratch->database, "CREATE TABLE mine (a); INSERT INTO mine"
                                   " VALUES (1); PRAGMA user_version = 1");
    is_refused_and_untouched(scratch, "another program's database");
}

static void another_programs_database_is_not_cleared(void **state)
{
    struct scratch *scratch = *state;
    struct error err;

    fill(scratch);
    scratch_sql(scratch->database, "PRAGMA application_id = 7");
    assert_int_equal(-1, store_clear(scratch->folder, &err));
    is_refused_and_untouched(scratch, "another program's database");
}

static void a_newer_schema_is_untouched_and_refused(void **state)
{
    struct scratch *scratch = *state;

    fill(scratch);
    scratch_sql(scratch->database, "PRAGMA user_version = 3");
    is_refused_and_untouched(scratch, "newer");
}

static void an_older_schema_is_begun_anew(void **state)
{
    struct scratch *scratch = *state;
    struct store *store;

    fill(scratch);
    scratch_sql(scratch->database, "PRAGMA user_version = 0");
    store = scratch_open(scratch);
    assert_int_equal(0, scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
    assert_int_equal(0, scratch_stats(store).ever.quarantined);
    store_close(store);
}

static void a_table_too_many_is_set_aside(void **state)
{
    struct scratch *scratch = *state;

    fill(scratch);
    scratch_sql(scratch->database, "CREATE TABLE more (a)");
    is_begun_anew(scratch);
}

static void a_trigger_is_set_aside(void **state)
{
    struct scratch *scratch = *state;

    fill(scratch);
    scratch_sql(scratch->database,
                "CREATE TRIGGER t AFTER INSERT ON entry BEGIN"
                " DELETE FROM entry; END");
    is_begun_anew(scratch);
}

static void a_view_in_the_tables_place_is_set_aside(void **state)
{
    struct scratch *scratch = *state;

    fill(scratch);
    scratch_sql(scratch->database,
                "DROP TABLE entry; CREATE VIEW entry AS SELECT 1 AS id,"
                " x'00' AS key, x'00' AS value, x'00' AS seal, 0 AS used,"
                " 0 AS build");
    is_begun_anew(scratch);
}

static void a_fifo_in_its_place_does_not_hang(void **state)
{
    struct scratch *scratch = *state;

    fill(scratch);
    assert_int_equal(0, unlink(scratch->database));
    assert_int_equal(0, mkfifo(scratch->database, 0600));
    scratch_refuses(scratch, "not a regular file");
}

static void a_folder_in_its_place_is_refused(void **state)
{
    struct scratch *scratch = *state;

    fill(scratch);
    assert_int_equal(0, unlink(scratch->database));
    assert_int_equal(0, mkdir(scratch->database, 0700));
    scratch_refuses(scratch, "not a regular file");
}

static void a_symbolic_link_in_its_place_is_not_followed(void **state)
{
    struct scratch *scratch = *state;
    struct error err;

    fill(scratch);
    assert_int_equal(0, rename(scratch->database, scratch->other));
    assert_int_equal(0, symlink(scratch->other, scratch->database));
    scratch_refuses(scratch, "not a regular file");
    assert_int_equal(0, store_clear(scratch->folder, &err));
    assert_int_equal(0, access(scratch->other, F_OK));
}

static void a_second_name_of_the_file_is_refused(void **state)
{
    struct scratch *scratch = *state;

    fill(scratch);
    assert_int_equal(0, link(scratch->database, scratch->other));
    scratch_refuses(scratch, "not a regular file");
}

static void a_fifo_beside_it_does_not_hang(void **state)
{
    struct scratch *scratch = *state;
    char log[160];

    fill(scratch);
    scratch_name(log, sizeof(log), scratch->folder, "cache.db-wal");
    assert_int_equal(0, mkfifo(log, 0600));
    scratch_refuses(scratch, "not a regular file");
}

static void a_log_left_by_another_file_gives_no_wrong_value(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);
    struct error err;
    struct buffer log;
    char name[160];

    scratch_put_many(store, 100, 200, 50);
    assert_int_equal(0, store_flush(store, &err));
    scratch_name(name, sizeof(name), scratch->folder, "cache.db-wal");
    log = scratch_read(name);
    assert_true(log.size > 0);
    store_close(store);
    assert_int_equal(0, store_clear(scratch->folder, &err));
    fill(scratch);
    scratch_write(name, buffer_view(&log));
    store = scratch_open(scratch);
    scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE);
    scratch_get_many(store, 100, 200, 50);
    store_close(store);
    fill(scratch);
    buffer_release(&log);
}

static void a_log_beside_no_file_is_not_replayed(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);
    struct error err;
    struct buffer log;
    char name[160];

    scratch_put_many(store, 0, ENTRIES, ENTRY_SIZE);
    assert_int_equal(0, store_flush(store, &err));
    scratch_name(name, sizeof(name), scratch->folder, "cache.db-wal");
    log = scratch_read(name);
    store_close(store);
    assert_int_equal(0, unlink(scratch->database));
    scratch_write(name, buffer_view(&log));
    store = scratch_open(scratch);
    assert_int_equal(0, scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
    store_close(store);
    buffer_release(&log);
}

static void damage_met_on_the_way_begins_anew(void **state)
{
    struct scratch *scratch = *state;
    struct store *store;
    struct buffer bytes;

    fill(scratch);
    bytes = scratch_read(scratch->database);
    memset(bytes.bytes + 4096, 0x55, bytes.size - 4096);
    scratch_write(scratch->database, buffer_view(&bytes));
    store = scratch_open(scratch);
    assert_int_equal(0, scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
    assert_int_equal(1, scratch_stats(store).ever.quarantined);
    scratch_put_many(store, 0, ENTRIES, ENTRY_SIZE);
    assert_int_equal(ENTRIES, scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
    store_close(store);
    buffer_release(&bytes);
}

static void no_flipped_byte_gives_a_wrong_value(void **state)
{
    struct scratch *scratch = *state;
    struct store_place place = scratch_place(scratch);
    struct buffer whole;
    unsigned opened = 0, flips = 0;

    fill(scratch);
    whole = scratch_read(scratch->database);
    for (size_t at = 0; at < whole.size; at += FLIP_STEP, flips++) {
        struct store *store;
        struct error err;

        whole.bytes[at] ^= 0x10;
        scratch_write(scratch->database, buffer_view(&whole));
        whole.bytes[at] ^= 0x10;
        if (store_open(&store, &place, &err) < 0)
            continue;
        opened++;
        scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE);
        store_close(store);
    }
    assert_in_range(opened, flips - 2, flips);
    buffer_release(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(a_garbage_file_is_set_aside_and_rebuilt),
        SCRATCH_TEST(a_truncated_file_is_never_trusted),
        SCRATCH_TEST(a_file_cut_to_its_header_is_set_aside),
        SCRATCH_TEST(a_zero_length_file_is_a_new_one),
        SCRATCH_TEST(only_the_last_bad_file_is_kept),
        SCRATCH_TEST(another_programs_database_is_untouched_and_refused),
        SCRATCH_TEST(another_programs_database_is_not_cleared),
        SCRATCH_TEST(a_newer_schema_is_untouched_and_refused),
        SCRATCH_TEST(an_older_schema_is_begun_anew),
        SCRATCH_TEST(a_table_too_many_is_set_aside),
        SCRATCH_TEST(a_trigger_is_set_aside),
        SCRATCH_TEST(a_view_in_the_tables_place_is_set_aside),
        SCRATCH_TEST(a_fifo_in_its_place_does_not_hang),
        SCRATCH_TEST(a_folder_in_its_place_is_refused),
        SCRATCH_TEST(a_symbolic_link_in_its_place_is_not_followed),
        SCRATCH_TEST(a_second_name_of_the_file_is_refused),
        SCRATCH_TEST(a_fifo_beside_it_does_not_hang),
        SCRATCH_TEST(a_log_left_by_another_file_gives_no_wrong_value),
        SCRATCH_TEST(a_log_beside_no_file_is_not_replayed),
        SCRATCH_TEST(damage_met_on_the_way_begins_anew),
        SCRATCH_TEST(no_flipped_byte_gives_a_wrong_value),
    };

    return cmocka_run_group_tests_name("store/damage", tests, NULL, NULL);
}

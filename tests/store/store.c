#include "tests/test.h"

#include "tests/store/scratch.h"

static void what_was_put_is_there(void **state)
{
    struct store *store = scratch_open(*state);

    scratch_put(store, TEXT("key"), TEXT("value"));
    assert_int_equal(1, scratch_get(store, TEXT("key"), TEXT("value")));
    store_close(store);
}

static void what_was_put_is_there_after_reopening(void **state)
{
    struct store *store = scratch_open(*state);

    scratch_put(store, TEXT("key"), TEXT("value"));
    store_close(store);
    store = scratch_open(*state);
    assert_int_equal(1, scratch_get(store, TEXT("key"), TEXT("value")));
    store_close(store);
}

static void what_is_opened_later_touches_nothing_until_it_is_used(void **state)
{
    struct store_place place = scratch_place(*state);
    struct store *store;

    store = store_open_later(&place);
    assert_int_equal(0, store_flush(store, NULL));
    store_close(store);
    assert_int_not_equal(0, access(place.folder, F_OK));
    store = store_open_later(&place);
    scratch_put(store, TEXT("key"), TEXT("value"));
    assert_int_equal(1, scratch_get(store, TEXT("key"), TEXT("value")));
    store_close(store);
    assert_int_equal(0, access(place.folder, F_OK));
}

static void what_cannot_be_opened_later_fails_at_every_use(void **state)
{
    struct store_place place = { "/dev/null/cache", "/dev/null", "this" };
    struct store *store = store_open_later(&place);
    struct buffer value = BUFFER_EMPTY;
    struct error err = { .message = "" };

    (void)state;
    assert_int_equal(-1, store_get(store, TEXT("key"), &value, &err));
    assert_non_null(strstr(err.message, "/dev/null"));
    assert_int_equal(-1, store_put(store, TEXT("key"), TEXT("value"), &err));
    assert_int_equal(-1, store_get(store, TEXT("key"), &value, &err));
    store_close(store);
}

static void an_unknown_key_is_absent_not_an_error(void **state)
{
    struct store *store = scratch_open(*state);

    assert_int_equal(0, scratch_get(store, TEXT("key"), TEXT_EMPTY));
    assert_int_equal(1, scratch_stats(store).run.misses);
    store_close(store);
}

static void keys_and_values_may_be_empty_or_hold_nul_bytes(void **state)
{
    struct store *store = scratch_open(*state);

    scratch_put(store, TEXT_EMPTY, TEXT("of the empty key"));
    scratch_put(store, TEXT("a\0b"), TEXT_EMPTY);
    scratch_put(store, TEXT("a\0c"),
                TEXT("1\0"
                     "2"));
    assert_int_equal(1,
                     scratch_get(store, TEXT_EMPTY, TEXT("of the empty key")));
    assert_int_equal(1, scratch_get(store, TEXT("a\0b"), TEXT_EMPTY));
    assert_int_equal(1, scratch_get(store, TEXT("a\0c"),
                                    TEXT("1\0"
                                         "2")));
    store_close(store);
}

static void a_second_value_replaces_the_first(void **state)
{
    struct store *store = scratch_open(*state);

    scratch_put(store, TEXT("key"), TEXT("first"));
    scratch_put(store, TEXT("key"), TEXT("second"));
    assert_int_equal(1, scratch_get(store, TEXT("key"), TEXT("second")));
    assert_int_equal(1, scratch_stats(store).entries);
    store_close(store);
}

static void a_value_is_appended_to_the_buffer(void **state)
{
    struct store *store = scratch_open(*state);
    struct buffer value = BUFFER_EMPTY;
    struct error err;

    scratch_put(store, TEXT("key"), TEXT("value"));
    buffer_string(&value, "the ");
    assert_int_equal(1, store_get(store, TEXT("key"), &value, &err));
    assert_string_equal("the value", value.bytes);
    buffer_release(&value);
    store_close(store);
}

static void a_key_at_the_limit_is_kept_and_one_over_refused(void **state)
{
    struct store *store = scratch_open(*state);
    struct buffer value = BUFFER_EMPTY;
    char bytes[STORE_KEY_MAX + 1] = "key";
    struct text most = { bytes, STORE_KEY_MAX },
                over = { bytes, sizeof(bytes) };
    struct error err;

    scratch_put(store, most, TEXT("value"));
    assert_int_equal(1, scratch_get(store, most, TEXT("value")));
    assert_int_equal(-1, store_put(store, over, TEXT("value"), &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    assert_int_equal(-1, store_get(store, over, &value, &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    store_close(store);
}

static void a_value_at_the_limit_is_kept_and_one_over_refused(void **state)
{
    struct store *store = scratch_open(*state);
    char *bytes = memory_new(STORE_VALUE_MAX + 1, 1);
    struct error err;

    scratch_put(store, TEXT("key"), (struct text){ bytes, STORE_VALUE_MAX });
    assert_int_equal(-1, store_put(store, TEXT("over"),
                                   (struct text){ bytes, STORE_VALUE_MAX + 1 },
                                   &err));
    assert_int_equal(ERROR_LIMIT, err.code);
    store_close(store);
    store = scratch_open(*state);
    assert_int_equal(1, scratch_get(store, TEXT("key"),
                                    (struct text){ bytes, STORE_VALUE_MAX }));
    store_close(store);
    free(bytes);
}

static void thousands_of_entries_come_back(void **state)
{
    struct store *store = scratch_open(*state);

    scratch_put_many(store, 0, 5000, 200);
    assert_int_equal(5000, scratch_get_many(store, 0, 5000, 200));
    store_close(store);
    store = scratch_open(*state);
    assert_int_equal(5000, scratch_get_many(store, 0, 5000, 200));
    assert_int_equal(5000, scratch_stats(store).entries);
    assert_int_equal(5000, scratch_stats(store).run.hits);
    store_close(store);
}

static void folder_and_files_are_the_users_alone(void **state)
{
    struct scratch *scratch = *state;
    struct store *store;
    struct stat about;
    mode_t before = umask(0);

    store = scratch_open(scratch);
    scratch_put(store, TEXT("key"), TEXT("value"));
    umask(before);
    assert_int_equal(0, stat(scratch->folder, &about));
    assert_int_equal(0700, about.st_mode & 0777);
    assert_int_equal(0, stat(scratch->database, &about));
    assert_int_equal(0600, about.st_mode & 0777);
    store_close(store);
}

static void nothing_but_database_and_lock_stays_behind(void **state)
{
    struct store *store = scratch_open(*state);

    scratch_put(store, TEXT("key"), TEXT("value"));
    assert_false(scratch_has(*state, "cache.db-shm"));
    store_close(store);
    assert_true(scratch_has(*state, "cache.db"));
    assert_true(scratch_has(*state, "cache.lock"));
    assert_false(scratch_has(*state, "cache.db-wal"));
    assert_false(scratch_has(*state, "cache.db-journal"));
    assert_false(scratch_has(*state, "cache.db.bad"));
}

static void a_second_opener_is_refused_while_the_first_lives(void **state)
{
    struct store *store = scratch_open(*state);

    scratch_refuses(*state, "in use by another process");
    store_close(store);
    store_close(scratch_open(*state));
}

static void an_opener_in_another_process_is_refused_too(void **state)
{
    struct store *store = scratch_open(*state);
    int status;
    pid_t child = fork();

    if (child == 0) {
        struct store_place place = scratch_place(*state);
        struct error err;

        _exit(store_open(&store, &place, &err) < 0 ? 7 : 0);
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_int_equal(7, WEXITSTATUS(status));
    store_close(store);
}

static void pruning_keeps_what_was_used_last(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);
    struct error err;

    scratch_put_many(store, 0, 2000, 300);
    store_close(store);
    scratch_sql(scratch->database, "UPDATE entry SET used = used - 864000");
    store = scratch_open(scratch);
    assert_int_equal(500, scratch_get_many(store, 700, 1200, 300));
    assert_int_equal(0, store_prune(store, 300 << 10, &err));
    assert_int_equal(500, scratch_get_many(store, 700, 1200, 300));
    assert_in_range(scratch_stats(store).run.evicted, 1000, 1499);
    assert_in_range(scratch_stats(store).size, 200 << 10, 300 << 10);
    store_close(store);
}

static void pruning_gives_the_disk_back(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);
    struct error err;
    struct stat about;

    scratch_put_many(store, 0, 200, 40000);
    assert_int_equal(0, store_flush(store, &err));
    assert_int_equal(0, store_prune(store, 1 << 20, &err));
    assert_int_equal(0, stat(scratch->database, &about));
    assert_in_range(about.st_size, 4096, 1 << 20);
    store_close(store);
}

static void pruning_to_nothing_empties_the_cache(void **state)
{
    struct store *store = scratch_open(*state);
    struct error err;

    scratch_put_many(store, 0, 100, 100);
    assert_int_equal(0, store_prune(store, 0, &err));
    assert_int_equal(0, scratch_stats(store).entries);
    assert_int_equal(100, scratch_stats(store).run.evicted);
    store_close(store);
}

static void the_file_stays_below_its_size(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);
    struct stat about;

    for (unsigned i = 0; i < 100; i++) {
        scratch_put_many(store, i, i + 1, 1 << 20);
        assert_int_equal(0, stat(scratch->database, &about));
        assert_in_range(about.st_size, 0, STORE_SIZE_MAX);
    }
    assert_int_equal(1, scratch_get_many(store, 99, 100, 1 << 20));
    assert_true(scratch_stats(store).run.evicted > 0);
    store_close(store);
    assert_int_equal(0, stat(scratch->database, &about));
    assert_in_range(about.st_size, STORE_SIZE_MAX / 2, STORE_SIZE_MAX);
}

static void reading_notes_the_use_once_a_day(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);
    struct buffer before, after;

    scratch_put(store, TEXT("key"), TEXT("value"));
    store_close(store);
    before = scratch_read(scratch->database);
    store = scratch_open(scratch);
    assert_int_equal(1, scratch_get(store, TEXT("key"), TEXT("value")));
    store_close(store);
    after = scratch_read(scratch->database);
    assert_true(text_equal(buffer_view(&before), buffer_view(&after)));
    buffer_release(&before);
    buffer_release(&after);
}

static void counts_outlive_the_process(void **state)
{
    struct store *store = scratch_open(*state);
    struct store_stats stats;

    scratch_put_many(store, 0, 10, 60);
    scratch_get_many(store, 5, 15, 60);
    store_close(store);
    store = scratch_open(*state);
    scratch_get_many(store, 0, 3, 60);
    stats = scratch_stats(store);
    assert_int_equal(8, stats.ever.hits);
    assert_int_equal(3, stats.run.hits);
    assert_int_equal(5, stats.ever.misses);
    assert_int_equal(10, stats.ever.writes);
    assert_int_equal(0, stats.run.writes);
    store_close(store);
}

static void what_other_builds_made_is_evicted_first(void **state)
{
    struct store_place place = scratch_place(*state);
    struct store *store;
    struct error err;

    place.build = "that";
    assert_int_equal(0, store_open(&store, &place, &err));
    scratch_put_many(store, 0, 100, 60);
    store_close(store);
    store = scratch_open(*state);
    scratch_put_many(store, 50, 150, 60);
    assert_int_equal(150, scratch_get_many(store, 0, 150, 60));
    assert_int_equal(0, store_prune(store, STORE_SIZE_LOW, &err));
    assert_int_equal(50, scratch_stats(store).run.evicted);
    assert_int_equal(100, scratch_get_many(store, 0, 150, 60));
    store_close(store);
}

static void clearing_removes_only_its_own_files(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);
    char mine[160], bad[160];
    struct error err;

    store_close(store);
    scratch_name(mine, sizeof(mine), scratch->folder, "cache.db.mine");
    scratch_name(bad, sizeof(bad), scratch->folder, FILES_BAD);
    scratch_write(mine, TEXT("mine"));
    scratch_write(bad, TEXT("bad"));
    assert_int_equal(0, store_clear(scratch->folder, &err));
    assert_true(scratch_has(scratch, "cache.db.mine"));
    assert_false(scratch_has(scratch, "cache.db"));
    assert_false(scratch_has(scratch, "cache.db.bad"));
    assert_false(scratch_has(scratch, "cache.lock"));
}

static void clearing_what_is_not_there_is_fine(void **state)
{
    struct scratch *scratch = *state;
    struct error err;

    assert_int_equal(0, store_clear(scratch->folder, &err));
    store_close(scratch_open(scratch));
    assert_int_equal(0, store_clear(scratch->folder, &err));
    assert_int_equal(0, store_clear(scratch->folder, &err));
}

static void clearing_a_cache_in_use_is_refused(void **state)
{
    struct scratch *scratch = *state;
    struct store *store = scratch_open(scratch);
    struct error err;

    assert_int_equal(-1, store_clear(scratch->folder, &err));
    assert_true(scratch_has(scratch, "cache.db"));
    store_close(store);
}

static void closing_nothing_is_fine(void **state)
{
    (void)state;
    store_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(what_was_put_is_there),
        SCRATCH_TEST(what_was_put_is_there_after_reopening),
        SCRATCH_TEST(what_is_opened_later_touches_nothing_until_it_is_used),
        SCRATCH_TEST(what_cannot_be_opened_later_fails_at_every_use),
        SCRATCH_TEST(an_unknown_key_is_absent_not_an_error),
        SCRATCH_TEST(keys_and_values_may_be_empty_or_hold_nul_bytes),
        SCRATCH_TEST(a_second_value_replaces_the_first),
        SCRATCH_TEST(a_value_is_appended_to_the_buffer),
        SCRATCH_TEST(a_key_at_the_limit_is_kept_and_one_over_refused),
        SCRATCH_TEST(a_value_at_the_limit_is_kept_and_one_over_refused),
        SCRATCH_TEST(thousands_of_entries_come_back),
        SCRATCH_TEST(folder_and_files_are_the_users_alone),
        SCRATCH_TEST(nothing_but_database_and_lock_stays_behind),
        SCRATCH_TEST(a_second_opener_is_refused_while_the_first_lives),
        SCRATCH_TEST(an_opener_in_another_process_is_refused_too),
        SCRATCH_TEST(pruning_keeps_what_was_used_last),
        SCRATCH_TEST(pruning_gives_the_disk_back),
        SCRATCH_TEST(pruning_to_nothing_empties_the_cache),
        SCRATCH_TEST(the_file_stays_below_its_size),
        SCRATCH_TEST(reading_notes_the_use_once_a_day),
        SCRATCH_TEST(counts_outlive_the_process),
        SCRATCH_TEST(what_other_builds_made_is_evicted_first),
        SCRATCH_TEST(clearing_removes_only_its_own_files),
        SCRATCH_TEST(clearing_what_is_not_there_is_fine),
        SCRATCH_TEST(clearing_a_cache_in_use_is_refused),
        SCRATCH_TEST(closing_nothing_is_fine),
    };

    return cmocka_run_group_tests_name("store/store", tests, NULL, NULL);
}

/*
 * SQLite on a file system of which one call fails: the n-th, for every n, of
 * all that it asks for. Values that come back are right, and a later run, on a
 * sound one, works.
 */
#include "tests/test.h"

#include "tests/store/scratch.h"

#define ENTRIES    60
#define ENTRY_SIZE 300

/* Which call fails, counted from 1; 0: none. SQLite hands no payload through.
 */
static struct {
    sqlite3_vfs *real;
    unsigned calls, at;
    bool from; /* all later ones, too */
} plan;

struct faulty_file {
    sqlite3_file file;
    sqlite3_file *real; /* behind it, in the same block */
};

static bool fails(void)
{
    plan.calls++;
    return plan.at &&
           (plan.from ? plan.calls >= plan.at : plan.calls == plan.at);
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct faulty_file *)(void *)file)->real;
}

static int faulty_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int faulty_read(sqlite3_file *file, void *bytes, int size,
                       sqlite3_int64 at)
{
    return fails()
               ? SQLITE_IOERR_READ
               : real_of(file)->pMethods->xRead(real_of(file), bytes, size, at);
}

/* Half of it is written, as on a disk that is full. */
static int faulty_write(sqlite3_file *file, const void *bytes, int size,
                        sqlite3_int64 at)
{
    sqlite3_file *real = real_of(file);

    if (!fails())
        return real->pMethods->xWrite(real, bytes, size, at);
    real->pMethods->xWrite(real, bytes, size / 2, at);
    return plan.calls % 2 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int faulty_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return fails() ? SQLITE_IOERR_TRUNCATE
                   : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int faulty_sync(sqlite3_file *file, int flags)
{
    return fails() ? SQLITE_IOERR_FSYNC
                   : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int faulty_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return fails() ? SQLITE_IOERR_FSTAT
                   : real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int faulty_lock(sqlite3_file *file, int level)
{
    return fails() ? SQLITE_BUSY
                   : real_of(file)->pMethods->xLock(real_of(file), level);
}

static int faulty_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int faulty_reserved(sqlite3_file *file, int *result)
{
    return fails() ? SQLITE_IOERR_CHECKRESERVEDLOCK
                   : real_of(file)->pMethods->xCheckReservedLock(real_of(file),
                                                                 result);
}

static int faulty_control(sqlite3_file *file, int what, void *payload)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, payload);
}

static int faulty_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int faulty_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods methods = {
    .iVersion = 1, /* without shared memory: nothing of ours needs it */
    .xClose = faulty_close,
    .xRead = faulty_read,
    .xWrite = faulty_write,
    .xTruncate = faulty_truncate,
    .xSync = faulty_sync,
    .xFileSize = faulty_size,
    .xLock = faulty_lock,
    .xUnlock = faulty_unlock,
    .xCheckReservedLock = faulty_reserved,
    .xFileControl = faulty_control,
    .xSectorSize = faulty_sector,
    .xDeviceCharacteristics = faulty_traits,
};

static int faulty_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file,
                       int flags, int *out_flags)
{
    struct faulty_file *faulty = (struct faulty_file *)(void *)file;
    int code;

    (void)vfs;
    faulty->file.pMethods = NULL;
    faulty->real = (sqlite3_file *)(void *)(faulty + 1);
    if (fails())
        return SQLITE_CANTOPEN;
    code = plan.real->xOpen(plan.real, path, faulty->real, flags, out_flags);
    if (code == SQLITE_OK)
        faulty->file.pMethods = &methods;
    return code;
}

static int faulty_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
    (void)vfs;
    return fails() ? SQLITE_IOERR_DELETE
                   : plan.real->xDelete(plan.real, path, sync);
}

static int faulty_access(sqlite3_vfs *vfs, const char *path, int flags,
                         int *result)
{
    (void)vfs;
    return fails() ? SQLITE_IOERR_ACCESS
                   : plan.real->xAccess(plan.real, path, flags, result);
}

static int register_faulty(void **state)
{
    static sqlite3_vfs faulty;

    (void)state;
    plan.real = sqlite3_vfs_find(NULL);
    faulty = *plan.real;
    faulty.zName = "faulty";
    faulty.szOsFile += (int)sizeof(struct faulty_file);
    faulty.xOpen = faulty_open;
    faulty.xDelete = faulty_delete;
    faulty.xAccess = faulty_access;
    return sqlite3_vfs_register(&faulty, 1) == SQLITE_OK ? 0 : -1;
}

/* ---- a run --------------------------------------------------------------- */

/* A value that is there is the one that was put; the rest may fail. */
static void get_some(struct store *store, unsigned from, unsigned to)
{
    struct buffer found = BUFFER_EMPTY, value = BUFFER_EMPTY;
    char key[SCRATCH_KEY_SIZE];
    struct error err;

    for (unsigned i = from; i < to; i++) {
        scratch_entry(i, key, &value, ENTRY_SIZE);
        buffer_clear(&found);
        if (store_get(store, text_of(key), &found, &err) == 1)
            assert_true(text_equal(buffer_view(&found), buffer_view(&value)));
    }
    buffer_release(&found);
    buffer_release(&value);
}

static void put_some(struct store *store, unsigned from, unsigned to)
{
    struct buffer value = BUFFER_EMPTY;
    char key[SCRATCH_KEY_SIZE];
    struct error err;

    for (unsigned i = from; i < to; i++) {
        scratch_entry(i, key, &value, ENTRY_SIZE);
        store_put(store, text_of(key), buffer_view(&value), &err);
    }
    buffer_release(&value);
}

static void work(const struct scratch *scratch)
{
    struct store_place place = scratch_place(scratch);
    struct store_stats stats;
    struct store *store;
    struct error err;
    uint64_t dropped;

    if (store_open(&store, &place, &err) < 0)
        return;
    get_some(store, 0, ENTRIES);
    put_some(store, ENTRIES, 2 * ENTRIES);
    store_flush(store, &err);
    put_some(store, 0, 10);
    store_prune(store, 20000, &err);
    get_some(store, 0, 2 * ENTRIES);
    store_verify(store, &dropped, &err);
    store_stats(store, &stats, &err);
    store_close(store);
}

static void begin(const struct scratch *scratch)
{
    struct error err;
    struct store *store;

    plan.at = 0;
    assert_int_equal(0, store_clear(scratch->folder, &err));
    store = scratch_open(scratch);
    scratch_put_many(store, 0, ENTRIES, ENTRY_SIZE);
    store_close(store);
}

static void works_again(const struct scratch *scratch)
{
    struct store *store;

    plan.at = 0;
    store = scratch_open(scratch);
    scratch_put_many(store, 0, ENTRIES, ENTRY_SIZE);
    assert_int_equal(ENTRIES, scratch_get_many(store, 0, ENTRIES, ENTRY_SIZE));
    store_close(store);
}

static void fail_every(const struct scratch *scratch, bool from, bool cold)
{
    unsigned at = 0;

    plan.from = from;
    do {
        struct error err;

        begin(scratch);
        if (cold)
            assert_int_equal(0, store_clear(scratch->folder, &err));
        plan.calls = 0;
        plan.at = ++at;
        work(scratch);
        if (plan.calls >= at)
            works_again(scratch);
    } while (plan.calls >= at);
    assert_true(at > 20);
}

static void no_call_that_fails_gives_a_wrong_value(void **state)
{
    fail_every(*state, false, false);
}

static void nor_does_it_where_all_later_ones_fail(void **state)
{
    fail_every(*state, true, false);
}

static void nor_while_the_file_is_made(void **state)
{
    fail_every(*state, false, true);
    fail_every(*state, true, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(no_call_that_fails_gives_a_wrong_value),
        SCRATCH_TEST(nor_does_it_where_all_later_ones_fail),
        SCRATCH_TEST(nor_while_the_file_is_made),
    };

    return cmocka_run_group_tests(tests, register_faulty, NULL);
}

/*
 * A folder of its own for each test: setup makes it, teardown deletes it.
 * Its cache is at `folder`, which is not there yet.
 */
#ifndef TMPGUARD_TESTS_STORE_SCRATCH_H
#define TMPGUARD_TESTS_STORE_SCRATCH_H

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "store/files.h"
#include "store/secret.h"
#include "store/store.h"

struct scratch {
    char root[32];
    char folder[64];
    char database[96]; /* in `folder` */
    char other[96];    /* a file outside `folder` */
    char state[64];    /* where the secret is */
};

static inline int scratch_make(void **state)
{
    struct scratch *scratch = memory_new(1, sizeof(*scratch));

    snprintf(scratch->root, sizeof(scratch->root), "/tmp/store-test-XXXXXX");
    if (!mkdtemp(scratch->root))
        return -1;
    snprintf(scratch->folder, sizeof(scratch->folder), "%s/home/cache",
             scratch->root);
    snprintf(scratch->database, sizeof(scratch->database), "%s/%s",
             scratch->folder, FILES_DATABASE);
    snprintf(scratch->other, sizeof(scratch->other), "%s/other", scratch->root);
    snprintf(scratch->state, sizeof(scratch->state), "%s/home/state",
             scratch->root);
    *state = scratch;
    return 0;
}

static inline int scratch_unlink(const char *path, const struct stat *about,
                                 int kind, struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

static inline int scratch_remove(void **state)
{
    struct scratch *scratch = *state;
    int result = nftw(scratch->root, scratch_unlink, 8, FTW_DEPTH | FTW_PHYS);

    free(scratch);
    return result;
}

#define SCRATCH_TEST(test)                                                     \
    cmocka_unit_test_setup_teardown(test, scratch_make, scratch_remove)

static inline void scratch_name(char *name, size_t size, const char *folder,
                                const char *file)
{
    assert_true((size_t)snprintf(name, size, "%s/%s", folder, file) < size);
}

/* The file `file` of the cache's folder is there? */
static inline bool scratch_has(const struct scratch *scratch, const char *file)
{
    char name[160];
    struct stat about;

    scratch_name(name, sizeof(name), scratch->folder, file);
    return lstat(name, &about) == 0;
}

static inline struct buffer scratch_read(const char *path)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct stat about;
    int file = open(path, O_RDONLY);

    assert_true(file >= 0);
    assert_int_equal(0, fstat(file, &about));
    assert_int_equal(about.st_size,
                     read(file, buffer_extend(&bytes, (size_t)about.st_size),
                          (size_t)about.st_size));
    close(file);
    return bytes;
}

static inline void scratch_write(const char *path, struct text bytes)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(file >= 0);
    assert_int_equal(bytes.size, write(file, bytes.bytes, bytes.size));
    close(file);
}

/* Run SQL on a database file as some other program would. */
static inline void scratch_sql(const char *path, const char *sql)
{
    sqlite3 *sqlite;

    assert_int_equal(SQLITE_OK, sqlite3_open(path, &sqlite));
    if (sqlite3_exec(sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(sqlite));
    sqlite3_close(sqlite);
}

/* Change one bit of a column of blobs, and nothing else of the row. */
static inline void scratch_flip(const char *path, const char *column,
                                int64_t row, size_t bit)
{
    char sql[160];
    sqlite3 *sqlite;
    sqlite3_stmt *get, *set;
    struct buffer bytes = BUFFER_EMPTY;

    assert_int_equal(SQLITE_OK, sqlite3_open(path, &sqlite));
    sqlite3_exec(sqlite, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
    snprintf(sql, sizeof(sql), "SELECT %s FROM entry WHERE id = ?1", column);
    assert_int_equal(SQLITE_OK, sqlite3_prepare_v2(sqlite, sql, -1, &get, 0));
    snprintf(sql, sizeof(sql), "UPDATE entry SET %s = ?2 WHERE id = ?1",
             column);
    assert_int_equal(SQLITE_OK, sqlite3_prepare_v2(sqlite, sql, -1, &set, 0));
    sqlite3_bind_int64(get, 1, row);
    assert_int_equal(SQLITE_ROW, sqlite3_step(get));
    buffer_append(&bytes, sqlite3_column_blob(get, 0),
                  (size_t)sqlite3_column_bytes(get, 0));
    sqlite3_finalize(get);
    bytes.bytes[bit / 8] = (char)(bytes.bytes[bit / 8] ^ 1 << bit % 8);
    sqlite3_bind_int64(set, 1, row);
    sqlite3_bind_blob(set, 2, bytes.bytes, (int)bytes.size, SQLITE_STATIC);
    assert_int_equal(SQLITE_DONE, sqlite3_step(set));
    sqlite3_finalize(set);
    sqlite3_close(sqlite);
    buffer_release(&bytes);
}

static inline struct store_place scratch_place(const struct scratch *scratch)
{
    return (struct store_place){ scratch->folder, scratch->state, "this" };
}

static inline struct store *scratch_open(const struct scratch *scratch)
{
    struct store_place place = scratch_place(scratch);
    struct error err;
    struct store *store;

    if (store_open(&store, &place, &err) < 0)
        fail_msg("%s", err.message);
    return store;
}

static inline void scratch_refuses(const struct scratch *scratch,
                                   const char *words)
{
    struct store_place place = scratch_place(scratch);
    struct error err;
    struct store *store;

    assert_int_equal(-1, store_open(&store, &place, &err));
    assert_null(store);
    if (!strstr(err.message, words))
        fail_msg("'%s' does not say '%s'", err.message, words);
}

static inline void scratch_put(struct store *store, struct text key,
                               struct text value)
{
    struct error err;

    if (store_put(store, key, value, &err) < 0)
        fail_msg("%s", err.message);
}

/* What store_get returns; 1 only with this value. */
static inline int scratch_get(struct store *store, struct text key,
                              struct text value)
{
    struct buffer found = BUFFER_EMPTY;
    struct error err;
    int result = store_get(store, key, &found, &err);

    if (result < 0)
        fail_msg("%s", err.message);
    if (result > 0 && !text_equal(buffer_view(&found), value))
        fail_msg("a wrong value of %zu bytes", found.size);
    if (result == 0)
        assert_int_equal(0, found.size);
    buffer_release(&found);
    return result;
}

static inline struct store_stats scratch_stats(struct store *store)
{
    struct store_stats stats;
    struct error err;

    if (store_stats(store, &stats, &err) < 0)
        fail_msg("%s", err.message);
    return stats;
}

/* Key and value of the `number`th of many entries; values of `size` bytes. */
#define SCRATCH_KEY_SIZE 16

static inline void scratch_entry(unsigned number, char key[SCRATCH_KEY_SIZE],
                                 struct buffer *value, size_t size)
{
    snprintf(key, SCRATCH_KEY_SIZE, "key %u", number);
    buffer_clear(value);
    buffer_extend(value, size);
    for (size_t i = 0; i < size; i++)
        value->bytes[i] = (char)(number * 31 + i * 7 + i / 256);
}

static inline void scratch_put_many(struct store *store, unsigned from,
                                    unsigned to, size_t size)
{
    struct buffer value = BUFFER_EMPTY;
    char key[SCRATCH_KEY_SIZE];

    for (unsigned i = from; i < to; i++) {
        scratch_entry(i, key, &value, size);
        scratch_put(store, text_of(key), buffer_view(&value));
    }
    buffer_release(&value);
}

/* How many of them are there; each that is has its value. */
static inline unsigned scratch_get_many(struct store *store, unsigned from,
                                        unsigned to, size_t size)
{
    struct buffer value = BUFFER_EMPTY;
    char key[SCRATCH_KEY_SIZE];
    unsigned found = 0;

    for (unsigned i = from; i < to; i++) {
        scratch_entry(i, key, &value, size);
        found += scratch_get(store, text_of(key), buffer_view(&value)) == 1;
    }
    buffer_release(&value);
    return found;
}

#endif

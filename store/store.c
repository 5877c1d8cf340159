#include "store/store.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "core/base/memory.h"
#include "store/audit.h"
#include "store/database.h"
#include "store/evict.h"
#include "store/files.h"
#include "store/folder.h"
#include "store/seal.h"
#include "store/siphash.h"

/* One transaction takes so many changes, or so many bytes. */
#define BATCH_COUNT 10000
#define BATCH_SIZE  ((size_t)4 << 20)

/* How many folders above the cache's may be missing. */
#define PARENTS_MADE 1

/* An entry's time of use is that exact, in seconds: reading writes little. */
#define USED_AGE_MAX ((int64_t)24 * 60 * 60)

struct store {
    struct folder folder;
    struct database database;
    struct secret secret;
    struct counts counts;           /* those of this process */
    int64_t build;                  /* a hash of its name */
    size_t batch_count, batch_size; /* changes not committed, and bytes */
    size_t batch_puts;
    bool rebuilt; /* a damaged file was set aside: not a second time */
    bool broken;  /* the database is closed for good */
    char *later;  /* the folder, as long as it is not open; owned */
    char *state;  /* the folder of the secret; owned */
};

static int refuse(const struct folder *folder, const char *why,
                  struct error *err)
{
    return error_set(err, ERROR_STORE, "%s/%s: %s; left as it is", folder->path,
                     FILES_DATABASE, why);
}

static int set_aside(struct store *store, struct error *err)
{
    if (files_set_aside(&store->folder, err) < 0)
        return -1;
    store->counts.quarantined++;
    return 0;
}

/* Put a file of ours, or an empty one, in place. 0, or -1 and *err. */
static int place_file(struct store *store, struct error *err)
{
    const struct folder *folder = &store->folder;
    enum header_kind kind;

    if (files_check(folder, err) < 0 || files_kind(folder, &kind, err) < 0)
        return -1;
    if (kind == HEADER_FOREIGN)
        return refuse(folder, "another program's database", err);
    if (kind == HEADER_NEWER)
        return refuse(folder, "written by a newer tmpguard", err);
    if (kind == HEADER_OURS)
        return 0;
    if (kind == HEADER_DAMAGED && set_aside(store, err) < 0)
        return -1;
    return files_begin(folder, err);
}

static int attach(struct store *store, struct error *err)
{
    char *path;
    int result;

    if (place_file(store, err) < 0)
        return -1;
    path = files_path(&store->folder);
    result = database_open(&store->database, path, err);
    free(path);
    return result;
}

/* What is pending will not be written. */
static void forget_batch(struct store *store)
{
    store->counts.writes -= store->batch_puts;
    store->counts.skipped += store->batch_puts;
    store->batch_count = store->batch_size = store->batch_puts = 0;
}

/* After a failure: begin anew if the file is at fault. 0, or -1 for good. */
static int recover(struct store *store, struct error *err)
{
    bool damaged = store->database.damaged && !store->rebuilt;

    forget_batch(store);
    database_close(&store->database);
    store->rebuilt = true;
    if (damaged && set_aside(store, err) == 0 && attach(store, err) == 0)
        return 0;
    database_close(&store->database);
    store->broken = true;
    return -1;
}

/* After a failure to write. 1: without room, reading may go on; or as recover.
 */
static int give_up_changes(struct store *store, struct error *err)
{
    if (!store->database.unwritable)
        return recover(store, err);
    forget_batch(store);
    database_roll_back(&store->database);
    return 1;
}

static int give_up_writing(struct store *store, struct error *err)
{
    return give_up_changes(store, err) < 0 ? -1 : 0;
}

/* No secret: whose rows go first is no matter of trust. */
static int64_t number_of_build(const char *build)
{
    static const unsigned char key[SIPHASH_KEY_SIZE];
    unsigned char bytes[SIPHASH_SIZE];
    struct siphash hash;
    int64_t number;

    siphash_begin(&hash, key);
    siphash_feed(&hash, text_of(build));
    siphash_end(&hash, bytes);
    memcpy(&number, bytes, sizeof(number));
    return number;
}

struct store *store_open_later(const struct store_place *place)
{
    struct store *made = memory_new(1, sizeof(*made));

    made->folder = FOLDER_CLOSED;
    made->later = memory_copy(place->folder, strlen(place->folder));
    made->state = memory_copy(place->state, strlen(place->state));
    made->build = number_of_build(place->build);
    return made;
}

/* What was put off. After a failure the store is of no use. */
static int open_now(struct store *store, struct error *err)
{
    char *folder = store->later;
    int result = 0;

    if (!folder)
        return 0;
    store->later = NULL;
    if (folder_make(folder, PARENTS_MADE, err) < 0 ||
        folder_open(&store->folder, folder, err) < 0 ||
        secret_read(&store->secret, store->state, err) < 0 ||
        (attach(store, err) < 0 && recover(store, err) < 0)) {
        store->broken = true;
        result = -1;
    }
    free(folder);
    return result;
}

int store_open(struct store **store, const struct store_place *place,
               struct error *err)
{
    *store = store_open_later(place);
    if (open_now(*store, err) == 0)
        return 0;
    store_close(*store);
    *store = NULL;
    return -1;
}

static int check_use(struct store *store, struct text key, struct error *err)
{
    if (store->broken)
        return error_set(err, ERROR_STORE, "the cache was given up");
    if (key.size > STORE_KEY_MAX)
        return error_set(err, ERROR_LIMIT, "cache: a key of %zu bytes",
                         key.size);
    return open_now(store, err);
}

static bool may_write(const struct store *store)
{
    return !store->database.unwritable &&
           (database_in_transaction(&store->database) ||
            folder_has_space(&store->folder));
}

static int begin(struct store *store, struct error *err)
{
    struct sqlite3_stmt *statement;

    if (database_in_transaction(&store->database))
        return 0;
    statement = database_statement(&store->database, DATABASE_BEGIN, err);
    return statement ? database_run(&store->database, statement, err) : -1;
}

static int commit(struct store *store, struct error *err)
{
    struct sqlite3_stmt *statement =
        database_statement(&store->database, DATABASE_COMMIT, err);

    if (!statement || database_run(&store->database, statement, err) < 0)
        return -1;
    store->batch_count = store->batch_size = store->batch_puts = 0;
    return 0;
}

static int count_change(struct store *store, size_t size, struct error *err)
{
    store->batch_count++;
    store->batch_size += size;
    if (store->batch_count >= BATCH_COUNT || store->batch_size >= BATCH_SIZE)
        return store_flush(store, err);
    return 0;
}

static int touch(struct store *store, int64_t id, struct error *err)
{
    struct sqlite3_stmt *statement =
        database_statement(&store->database, DATABASE_TOUCH, err);

    if (!statement || begin(store, err) < 0)
        return -1;
    database_bind_number(statement, 1, id);
    database_bind_number(statement, 2, time(NULL));
    return database_run(&store->database, statement, err);
}

/* Note that the entry is in use, if that was not noted today. */
static int keep_young(struct store *store, int64_t id, int64_t used,
                      struct error *err)
{
    int64_t now = time(NULL);

    if ((used <= now && now - used < USED_AGE_MAX) || !may_write(store))
        return 0;
    if (touch(store, id, err) < 0)
        return give_up_writing(store, err);
    return count_change(store, 0, err);
}

/* 1 and the entry's id and time of use if it is there and fits, 0, -1. */
static int read_entry(struct store *store, struct text key,
                      struct buffer *value, int64_t *id, int64_t *used,
                      struct error *err)
{
    struct sqlite3_stmt *statement =
        database_statement(&store->database, DATABASE_GET, err);
    int code, found = 0;

    if (!statement)
        return -1;
    database_bind(statement, 1, key);
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        struct text bytes = database_column(statement, 1);

        *id = sqlite3_column_int64(statement, 0);
        *used = sqlite3_column_int64(statement, 3);
        found = seal_fits(database_column(statement, 2), &store->secret, key,
                          bytes);
        if (found)
            buffer_text(value, bytes);
        else
            store->counts.rejected++;
    } else if (code != SQLITE_DONE) {
        found = database_failed(&store->database, err);
    }
    sqlite3_reset(statement);
    return found;
}

int store_get(struct store *store, struct text key, struct buffer *value,
              struct error *err)
{
    int64_t id = 0, used = 0;
    int found;

    if (check_use(store, key, err) < 0)
        return -1;
    found = read_entry(store, key, value, &id, &used, err);
    if (found < 0 && recover(store, err) < 0)
        return -1;
    if (found <= 0) {
        store->counts.misses++;
        return 0;
    }
    store->counts.hits++;
    return keep_young(store, id, used, err) < 0 ? -1 : 1;
}

static int insert(struct store *store, struct text key, struct text value,
                  struct error *err)
{
    struct sqlite3_stmt *statement =
        database_statement(&store->database, DATABASE_PUT, err);
    struct seal seal = seal_make(&store->secret, key, value);

    if (!statement || begin(store, err) < 0)
        return -1;
    database_bind(statement, 1, key);
    database_bind(statement, 2, value);
    database_bind(statement, 3,
                  (struct text){ (const char *)seal.bytes, SEAL_SIZE });
    database_bind_number(statement, 4, time(NULL));
    database_bind_number(statement, 5, store->build);
    return database_run(&store->database, statement, err);
}

int store_put(struct store *store, struct text key, struct text value,
              struct error *err)
{
    if (check_use(store, key, err) < 0)
        return -1;
    if (value.size > STORE_VALUE_MAX)
        return error_set(err, ERROR_LIMIT, "cache: a value of %zu bytes",
                         value.size);
    if (!may_write(store)) {
        store->counts.skipped++;
        return 0;
    }
    if (insert(store, key, value, err) < 0) {
        store->counts.skipped++;
        return give_up_writing(store, err);
    }
    store->counts.writes++;
    store->batch_puts++;
    return count_change(store, key.size + value.size, err);
}

/* Before the commit, so that the file itself never grows over its size. */
static int make_room(struct store *store, struct error *err)
{
    uint64_t size, used;

    if (database_size(&store->database, &size, &used, err) < 0)
        return -1;
    if (size <= STORE_SIZE_MAX)
        return 0;
    return evict_to(&store->database, store->build, STORE_SIZE_LOW,
                    &store->counts.evicted, err);
}

int store_flush(struct store *store, struct error *err)
{
    if (store->later || !database_in_transaction(&store->database))
        return 0;
    if (make_room(store, err) < 0 || commit(store, err) < 0)
        return give_up_writing(store, err);
    return 0;
}

int store_distrust(struct store *store, struct error *err)
{
    if (store->broken)
        return error_set(err, ERROR_STORE, "the cache was given up");
    if (open_now(store, err) < 0)
        return -1;
    forget_batch(store);
    database_close(&store->database);
    if (set_aside(store, err) == 0 && attach(store, err) == 0)
        return 0;
    database_close(&store->database);
    store->broken = true;
    return -1;
}

int store_prune(struct store *store, uint64_t size_max, struct error *err)
{
    if (check_use(store, TEXT_EMPTY, err) < 0)
        return -1;
    if (begin(store, err) == 0 &&
        evict_others(&store->database, store->build, &store->counts.evicted,
                     err) == 0 &&
        evict_to(&store->database, store->build, size_max,
                 &store->counts.evicted, err) == 0 &&
        commit(store, err) == 0 &&
        database_execute(&store->database, "PRAGMA wal_checkpoint(TRUNCATE)",
                         err) == 0)
        return 0;
    /* Deleting rows takes room too. */
    give_up_changes(store, err);
    return -1;
}

int store_verify(struct store *store, uint64_t *dropped, struct error *err)
{
    *dropped = 0;
    if (check_use(store, TEXT_EMPTY, err) < 0)
        return -1;
    if (audit_file(&store->database, err) < 0)
        return recover(store, err);
    if (begin(store, err) < 0 ||
        audit_entries(&store->database, &store->secret, dropped, err) < 0 ||
        make_room(store, err) < 0 || commit(store, err) < 0)
        return give_up_changes(store, err) == 0 ? 0 : -1;
    store->counts.rejected += *dropped;
    return 0;
}

int store_stats(struct store *store, struct store_stats *stats,
                struct error *err)
{
    struct counts counts;
    uint64_t used;

    if (check_use(store, TEXT_EMPTY, err) < 0)
        return -1;
    counts = counts_read(store->folder.lock);
    stats->run = store->counts;
    stats->ever = counts_sum(&counts, &store->counts);
    if (database_number(&store->database, DATABASE_ENTRIES, &stats->entries,
                        err) < 0 ||
        database_size(&store->database, &stats->size, &used, err) < 0) {
        recover(store, err);
        return -1;
    }
    return 0;
}

void store_close(struct store *store)
{
    struct error err;

    if (!store)
        return;
    store_flush(store, &err);
    database_close(&store->database);
    if (store->folder.lock >= 0)
        counts_add(store->folder.lock, &store->counts);
    folder_close(&store->folder);
    free(store->later);
    free(store->state);
    free(store);
}

int store_clear(const char *folder, struct error *err)
{
    struct folder opened = FOLDER_CLOSED;
    enum header_kind kind = HEADER_EMPTY;
    struct stat about;
    int result = -1;

    if (lstat(folder, &about) < 0 && errno == ENOENT)
        return 0;
    if (folder_open(&opened, folder, err) < 0)
        goto done;
    /* What is no regular file goes by its name alone, unopened. */
    if (files_check(&opened, err) == 0 && files_kind(&opened, &kind, err) < 0)
        goto done;
    if (kind == HEADER_FOREIGN) {
        refuse(&opened, "another program's database", err);
        goto done;
    }
    result = files_remove(&opened, err);

done:
    folder_close(&opened);
    return result;
}

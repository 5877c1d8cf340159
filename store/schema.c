#include "store/schema.h"

#include <sqlite3.h>

#include "store/header.h"
#include "store/store.h"

#define QUOTED(number) #number
#define STRING(number) QUOTED(number)
#define ROW_OVERHEAD   4096
#define SQL_SIZE_MAX   4096
#define HEAP_SIZE_MAX  ((sqlite3_int64)128 << 20)
#define CREATE_ENTRY                                                           \
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,"    \
    " value BLOB NOT NULL, seal BLOB NOT NULL, used INTEGER NOT NULL,"         \
    " build INTEGER NOT NULL) STRICT"
#define CREATE_USED "CREATE INDEX entry_used ON entry (build, used)"

/*
 * One transaction, with a rollback journal: whenever we are killed, the file
 * is empty or has our header in itself, not in a log beside it. There is
 * nothing yet that a power cut could take.
 */
static const char create_sql[] =
    "PRAGMA synchronous = OFF;"
    "PRAGMA page_size = " STRING(
        SCHEMA_PAGE_SIZE) ";"
                          "BEGIN;"
                          "PRAGMA auto_vacuum = INCREMENTAL;"
                          "PRAGMA application_id = " STRING(
                              HEADER_APPLICATION_ID) ";"
                                                     "PRAGMA user_version "
                                                     "= " STRING(
                                                         HEADER_SCHEMA_VERSION) ";" CREATE_ENTRY
                                                                                ";" CREATE_USED
                                                                                ";"
                                                                                "CO"
                                                                                "MM"
                                                                                "I"
                                                                                "T";

/* Exclusive before the first access: then there is no shared memory. */
static const char first_sql[] = "PRAGMA locking_mode = EXCLUSIVE;"
                                "PRAGMA mmap_size = 0;"
                                "PRAGMA temp_store = MEMORY;"
                                "PRAGMA cell_size_check = ON;"
                                "PRAGMA cache_size = -8192";

/*
 * Nobody waits for a disk: NORMAL syncs at each checkpoint, so at the end of
 * each run that wrote, and then takes 22 ms where OFF takes 0.2 (ext4, median
 * of 40). It would keep the file sound in a power cut; here what that tears,
 * the seals of rows or SQLite find, and the file is begun anew. A process that
 * is killed tears nothing in either mode.
 */
static const char open_sql[] = "PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = OFF;"
                               "PRAGMA wal_autocheckpoint = 1000;"
                               "PRAGMA journal_size_limit = 4194304";

static const char verify_sql[] =
    "SELECT (SELECT group_concat(coalesce(sql, name), ';')"
    " FROM (SELECT name, sql FROM sqlite_schema ORDER BY rowid))"
    " = '" CREATE_ENTRY ";sqlite_autoindex_entry_1;" CREATE_USED "'"
    " AND (SELECT application_id FROM pragma_application_id)"
    " = " STRING(
        HEADER_APPLICATION_ID) " AND (SELECT user_version FROM "
                               "pragma_user_version)"
                               " = " STRING(
                                   HEADER_SCHEMA_VERSION) " AND (SELECT "
                                                          "page_size FROM "
                                                          "pragma_page_size)"
                                                          " = " STRING(
                                                              SCHEMA_PAGE_SIZE) " AND (SELECT journal_mode FROM pragma_journal_mode) = 'wal'";

static const struct {
    int what, limit;
} limits[] = {
    { SQLITE_LIMIT_LENGTH, (int)STORE_VALUE_MAX + ROW_OVERHEAD },
    { SQLITE_LIMIT_SQL_LENGTH, SQL_SIZE_MAX },
    { SQLITE_LIMIT_ATTACHED, 0 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
};

static const struct {
    int what, on;
} switches[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
};

void schema_harden(struct sqlite3 *sqlite)
{
    sqlite3_hard_heap_limit64(HEAP_SIZE_MAX);
    for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
        sqlite3_limit(sqlite, limits[i].what, limits[i].limit);
    for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++)
        sqlite3_db_config(sqlite, switches[i].what, switches[i].on, NULL);
}

static int verify(struct database *database, struct error *err)
{
    struct sqlite3_stmt *statement = NULL;
    int result = -1;

    if (sqlite3_prepare_v2(database->sqlite, verify_sql, -1, &statement,
                           NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        database_failed(database, err);
    } else if (sqlite3_column_int(statement, 0) != 1) {
        database->damaged = true;
        error_set(err, ERROR_STORE, "cache: not the tables it should hold");
    } else {
        result = 0;
    }
    sqlite3_finalize(statement);
    return result;
}

int schema_prepare(struct database *database, struct error *err)
{
    uint64_t pages;

    if (database_execute(database, first_sql, err) < 0 ||
        database_number(database, DATABASE_PAGES, &pages, err) < 0 ||
        (pages == 0 && database_execute(database, create_sql, err) < 0) ||
        database_execute(database, open_sql, err) < 0)
        return -1;
    return verify(database, err);
}

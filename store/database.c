#include "store/database.h"

#include <sqlite3.h>

#include "store/schema.h"

static const char *const sql_of[DATABASE_STATEMENT_COUNT] = {
    [DATABASE_BEGIN] = "BEGIN IMMEDIATE",
    [DATABASE_COMMIT] = "COMMIT",
    [DATABASE_GET] = "SELECT id, value, seal, used FROM entry WHERE key = ?1",
    [DATABASE_PUT] =
        "INSERT INTO entry (key, value, seal, used, build)"
        " VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value,"
        " seal = excluded.seal, used = excluded.used, build = excluded.build",
    [DATABASE_TOUCH] = "UPDATE entry SET used = ?2 WHERE id = ?1",
    [DATABASE_DROP] = "DELETE FROM entry WHERE id = ?1",
    [DATABASE_DROP_OTHER] =
        "DELETE FROM entry WHERE id ="
        " (SELECT id FROM entry WHERE build < ?1"
        " UNION ALL SELECT id FROM entry WHERE build > ?1 LIMIT 1)"
        " RETURNING length(key) + length(value)",
    [DATABASE_DROP_OLDEST] =
        "DELETE FROM entry WHERE id ="
        " (SELECT id FROM entry WHERE build = ?1 ORDER BY used, id LIMIT 1)"
        " RETURNING length(key) + length(value)",
    [DATABASE_DROP_OTHERS] = "DELETE FROM entry WHERE build < ?1 OR build > ?1",
    [DATABASE_EACH] = "SELECT id, value, seal, used, key FROM entry",
    [DATABASE_ENTRIES] = "SELECT count(*) FROM entry",
    [DATABASE_PAGES] = "PRAGMA page_count",
    [DATABASE_PAGES_UNUSED] = "PRAGMA freelist_count",
};

static bool means_damage(int code)
{
    int primary = code & 0xff;

    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB ||
           code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ ||
           code == SQLITE_IOERR_CORRUPTFS;
}

static bool means_unwritable(int code)
{
    int primary = code & 0xff;

    return primary == SQLITE_FULL || primary == SQLITE_READONLY ||
           primary == SQLITE_CANTOPEN || primary == SQLITE_IOERR;
}

int database_failed(struct database *database, struct error *err)
{
    struct sqlite3 *sqlite = database->sqlite;

    if (means_damage(sqlite3_extended_errcode(sqlite)))
        database->damaged = true;
    else if (means_unwritable(sqlite3_extended_errcode(sqlite)))
        database->unwritable = true;
    return error_set(err, ERROR_STORE, "cache: %s", sqlite3_errmsg(sqlite));
}

int database_open(struct database *database, const char *path,
                  struct error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW |
                SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

    *database = DATABASE_CLOSED;
    if (sqlite3_open_v2(path, &database->sqlite, flags, NULL) != SQLITE_OK)
        return database_failed(database, err);
    schema_harden(database->sqlite);
    if (schema_prepare(database, err) < 0)
        return -1;
    if (sqlite3_db_readonly(database->sqlite, "main"))
        return error_set(err, ERROR_STORE, "%s: read-only", path);
    return 0;
}

struct sqlite3_stmt *database_statement(struct database *database,
                                        enum database_statement which,
                                        struct error *err)
{
    struct sqlite3_stmt **statement = &database->statements[which];

    if (!*statement && sqlite3_prepare_v3(database->sqlite, sql_of[which], -1,
                                          SQLITE_PREPARE_PERSISTENT, statement,
                                          NULL) != SQLITE_OK)
        database_failed(database, err);
    return *statement;
}

int database_run(struct database *database, struct sqlite3_stmt *statement,
                 struct error *err)
{
    int code, result = 0;

    do
        code = sqlite3_step(statement);
    while (code == SQLITE_ROW);
    if (code != SQLITE_DONE)
        result = database_failed(database, err);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return result;
}

int database_number(struct database *database, enum database_statement which,
                    uint64_t *number, struct error *err)
{
    struct sqlite3_stmt *statement = database_statement(database, which, err);
    int result = 0;

    if (!statement)
        return -1;
    if (sqlite3_step(statement) == SQLITE_ROW)
        *number = (uint64_t)sqlite3_column_int64(statement, 0);
    else
        result = database_failed(database, err);
    sqlite3_reset(statement);
    return result;
}

int database_execute(struct database *database, const char *sql,
                     struct error *err)
{
    if (sqlite3_exec(database->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
        return database_failed(database, err);
    return 0;
}

void database_bind(struct sqlite3_stmt *statement, int place, struct text text)
{
    sqlite3_bind_blob64(statement, place, text.size ? text.bytes : "",
                        text.size, SQLITE_STATIC);
}

void database_bind_number(struct sqlite3_stmt *statement, int place,
                          int64_t number)
{
    sqlite3_bind_int64(statement, place, number);
}

struct text database_column(struct sqlite3_stmt *statement, int column)
{
    const char *bytes = sqlite3_column_blob(statement, column);
    int size = sqlite3_column_bytes(statement, column);

    return bytes ? (struct text){ bytes, (size_t)size } : TEXT_EMPTY;
}

bool database_in_transaction(const struct database *database)
{
    return database->sqlite && !sqlite3_get_autocommit(database->sqlite);
}

void database_roll_back(struct database *database)
{
    if (database_in_transaction(database))
        sqlite3_exec(database->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

int database_size(struct database *database, uint64_t *size, uint64_t *used,
                  struct error *err)
{
    uint64_t pages = 0, unused = 0;

    if (database_number(database, DATABASE_PAGES, &pages, err) < 0 ||
        database_number(database, DATABASE_PAGES_UNUSED, &unused, err) < 0)
        return -1;
    *size = pages * SCHEMA_PAGE_SIZE;
    *used = (pages - unused) * SCHEMA_PAGE_SIZE;
    return 0;
}

void database_close(struct database *database)
{
    for (size_t i = 0; i < DATABASE_STATEMENT_COUNT; i++)
        sqlite3_finalize(database->statements[i]);
    sqlite3_close(database->sqlite);
    *database = DATABASE_CLOSED;
}

#include "store/audit.h"

#include <sqlite3.h>

#include "store/seal.h"

int audit_file(struct database *database, struct error *err)
{
    struct sqlite3_stmt *statement = NULL;
    int result = 0;

    if (sqlite3_prepare_v2(database->sqlite, "PRAGMA integrity_check(1)", -1,
                           &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        result = database_failed(database, err);
    } else if (!text_equal(database_column(statement, 0), TEXT("ok"))) {
        database->damaged = true;
        result = error_set(err, ERROR_STORE, "cache: %s",
                           (const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    return result;
}

static int drop(struct database *database, int64_t id, struct error *err)
{
    struct sqlite3_stmt *statement =
        database_statement(database, DATABASE_DROP, err);

    if (!statement)
        return -1;
    database_bind_number(statement, 1, id);
    return database_run(database, statement, err);
}

int audit_entries(struct database *database, const struct secret *secret,
                  uint64_t *dropped, struct error *err)
{
    struct sqlite3_stmt *each =
        database_statement(database, DATABASE_EACH, err);
    int code, result = 0;

    if (!each)
        return -1;
    while (result == 0 && (code = sqlite3_step(each)) == SQLITE_ROW) {
        if (seal_fits(database_column(each, 2), secret,
                      database_column(each, 4), database_column(each, 1)))
            continue;
        (*dropped)++;
        result = drop(database, sqlite3_column_int64(each, 0), err);
    }
    if (result == 0 && code != SQLITE_DONE)
        result = database_failed(database, err);
    sqlite3_reset(each);
    return result;
}

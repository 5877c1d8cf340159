#include "store/evict.h"

#include <sqlite3.h>

/* What an entry takes beside its key and value, its places in two indexes. */
#define ENTRY_COST 80

/* 1 and its bytes if there was one to drop, 0 if not, -1 and *err. */
static int drop_one(struct database *database, enum database_statement which,
                    int64_t build, uint64_t *size, struct error *err)
{
    struct sqlite3_stmt *statement = database_statement(database, which, err);
    int code;

    if (!statement)
        return -1;
    database_bind_number(statement, 1, build);
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *size = (uint64_t)sqlite3_column_int64(statement, 0) + ENTRY_COST;
    if (database_run(database, statement, err) < 0)
        return -1;
    return code == SQLITE_ROW;
}

/* How many went, at least one if there is one; -1 and *err. */
static int drop_bytes(struct database *database, int64_t build, uint64_t goal,
                      uint64_t *dropped, struct error *err)
{
    enum database_statement which = DATABASE_DROP_OTHER;
    uint64_t size, sum = 0;

    *dropped = 0;
    while (sum < goal) {
        int found = drop_one(database, which, build, &size, err);

        if (found == 0 && which == DATABASE_DROP_OTHER) {
            which = DATABASE_DROP_OLDEST;
            continue;
        }
        if (found <= 0)
            return found;
        sum += size;
        (*dropped)++;
    }
    return 0;
}

int evict_to(struct database *database, int64_t build, uint64_t size_max,
             uint64_t *count, struct error *err)
{
    uint64_t size, used, dropped;

    /* A page is free only once all of it is, so one round may not do. */
    do {
        if (database_size(database, &size, &used, err) < 0)
            return -1;
        dropped = 0;
        if (used > size_max &&
            drop_bytes(database, build, used - size_max, &dropped, err) < 0)
            return -1;
        *count += dropped;
    } while (dropped > 0);
    return database_execute(database, "PRAGMA incremental_vacuum", err);
}

int evict_others(struct database *database, int64_t build, uint64_t *count,
                 struct error *err)
{
    struct sqlite3_stmt *statement =
        database_statement(database, DATABASE_DROP_OTHERS, err);

    if (!statement)
        return -1;
    database_bind_number(statement, 1, build);
    if (database_run(database, statement, err) < 0)
        return -1;
    *count += (uint64_t)sqlite3_changes(database->sqlite);
    return database_execute(database, "PRAGMA incremental_vacuum", err);
}

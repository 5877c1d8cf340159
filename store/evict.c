#include "store/evict.h"

#include <sqlite3.h>

/* What an entry takes beside its key and value, its places in two indexes. */
#define ENTRY_COST 80

/* 1 and its bytes if there was one to drop, 0 if not, -1 and *err. */
static int drop_oldest(struct database *database, uint64_t *size,
                       struct error *err)
{
    struct sqlite3_stmt *statement =
        database_statement(database, DATABASE_DROP_OLDEST, err);
    int code;

    if (!statement)
        return -1;
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *size = (uint64_t)sqlite3_column_int64(statement, 0) + ENTRY_COST;
    if (database_run(database, statement, err) < 0)
        return -1;
    return code == SQLITE_ROW;
}

/* How many went, at least one if there is one; -1 and *err. */
static int drop_bytes(struct database *database, uint64_t goal,
                      uint64_t *dropped, struct error *err)
{
    uint64_t size, sum = 0;

    *dropped = 0;
    while (sum < goal) {
        int found = drop_oldest(database, &size, err);

        if (found <= 0)
            return found;
        sum += size;
        (*dropped)++;
    }
    return 0;
}

int evict_to(struct database *database, uint64_t size_max, uint64_t *count,
             struct error *err)
{
    uint64_t size, used, dropped;

    /* A page is free only once all of it is, so one round may not do. */
    do {
        if (database_size(database, &size, &used, err) < 0)
            return -1;
        dropped = 0;
        if (used > size_max &&
            drop_bytes(database, used - size_max, &dropped, err) < 0)
            return -1;
        *count += dropped;
    } while (dropped > 0);
    return database_execute(database, "PRAGMA incremental_vacuum", err);
}

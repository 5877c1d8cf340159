/*
 * A database without the store around it: rows are put in it as they come.
 */
#ifndef TMPGUARD_TESTS_STORE_ROWS_H
#define TMPGUARD_TESTS_STORE_ROWS_H

#include "store/database.h"
#include "store/seal.h"
#include "tests/store/scratch.h"

static const struct secret rows_secret = { "the secret of rows in tests" };

#define ROWS_BUILD 7

static inline void rows_open(struct database *database,
                             const struct scratch *scratch)
{
    struct error err;

    if (access(scratch->other, F_OK) != 0)
        scratch_write(scratch->other, TEXT_EMPTY);
    if (database_open(database, scratch->other, &err) < 0)
        fail_msg("%s", err.message);
}

static inline struct sqlite3_stmt *rows_statement(struct database *database,
                                                  enum database_statement which)
{
    struct error err;
    struct sqlite3_stmt *statement = database_statement(database, which, &err);

    if (!statement)
        fail_msg("%s", err.message);
    return statement;
}

static inline void rows_run(struct database *database,
                            struct sqlite3_stmt *statement)
{
    struct error err;

    if (database_run(database, statement, &err) < 0)
        fail_msg("%s", err.message);
}

static inline void rows_put_of(struct database *database, int64_t build,
                               struct text key, struct text value, int64_t used)
{
    struct sqlite3_stmt *statement = rows_statement(database, DATABASE_PUT);
    struct seal seal = seal_make(&rows_secret, key, value);

    database_bind(statement, 1, key);
    database_bind(statement, 2, value);
    database_bind(statement, 3,
                  (struct text){ (const char *)seal.bytes, SEAL_SIZE });
    database_bind_number(statement, 4, used);
    database_bind_number(statement, 5, build);
    rows_run(database, statement);
}

static inline void rows_put(struct database *database, struct text key,
                            struct text value, int64_t used)
{
    rows_put_of(database, ROWS_BUILD, key, value, used);
}

static inline bool rows_have(struct database *database, struct text key)
{
    struct sqlite3_stmt *statement = rows_statement(database, DATABASE_GET);
    bool found;

    database_bind(statement, 1, key);
    found = sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_reset(statement);
    return found;
}

static inline uint64_t rows_number(struct database *database,
                                   enum database_statement which)
{
    uint64_t number = 0;
    struct error err;

    if (database_number(database, which, &number, &err) < 0)
        fail_msg("%s", err.message);
    return number;
}

#endif

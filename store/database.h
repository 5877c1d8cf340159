/*
 * One SQLite file with one table, the entries, on the one connection there
 * is: how it is opened, what is said to it, what its failures mean.
 */
#ifndef TMPGUARD_STORE_DATABASE_H
#define TMPGUARD_STORE_DATABASE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/text.h"

struct sqlite3;
struct sqlite3_stmt;

enum database_statement {
    DATABASE_BEGIN,
    DATABASE_COMMIT,
    DATABASE_GET,          /* key → id, value, seal, used */
    DATABASE_PUT,          /* key, value, seal, used, build */
    DATABASE_TOUCH,        /* id, used */
    DATABASE_DROP,         /* id */
    DATABASE_DROP_OTHER,   /* one not of `build` → how many bytes it had */
    DATABASE_DROP_OLDEST,  /* the oldest of `build` → the same */
    DATABASE_DROP_OTHERS,  /* all not of `build` */
    DATABASE_EACH,         /* → id, value, seal, used, key */
    DATABASE_ENTRIES,      /* → how many there are */
    DATABASE_PAGES,        /* → pages of the file */
    DATABASE_PAGES_UNUSED, /* → pages of it that hold nothing */
    DATABASE_STATEMENT_COUNT,
};

/* Start from DATABASE_CLOSED. */
struct database {
    struct sqlite3 *sqlite;
    struct sqlite3_stmt *statements[DATABASE_STATEMENT_COUNT];
    bool damaged;    /* a call failed since the file is broken: set it aside */
    bool unwritable; /* a call failed for want of room or rights: read on */
};

#define DATABASE_CLOSED ((struct database){ .sqlite = NULL })

/*
 * Open the database at `path`, a file of ours that exists, or an empty one to
 * begin in. Returns 0, or -1 with *err and, perhaps, `damaged`. Close it in
 * any case.
 */
int database_open(struct database *database, const char *path,
                  struct error *err);

/* The statement, ready to be bound; NULL and *err if it cannot be prepared. */
struct sqlite3_stmt *database_statement(struct database *database,
                                        enum database_statement which,
                                        struct error *err);

/* Step a statement that has no rows, or whose rows do not matter. 0 or -1. */
int database_run(struct database *database, struct sqlite3_stmt *statement,
                 struct error *err);

/* Run a statement without parameters and read the number it returns. */
int database_number(struct database *database, enum database_statement which,
                    uint64_t *number, struct error *err);

/* Run SQL that is no statement above. 0, or -1 and *err. */
int database_execute(struct database *database, const char *sql,
                     struct error *err);

/* The last call failed: note what that means, fill *err, return -1. */
int database_failed(struct database *database, struct error *err);

/* Bind bytes, which must outlive the run, or a number; places from 1. */
void database_bind(struct sqlite3_stmt *statement, int place, struct text text);
void database_bind_number(struct sqlite3_stmt *statement, int place,
                          int64_t number);

/* The bytes in a column of the current row, valid until the next step. */
struct text database_column(struct sqlite3_stmt *statement, int column);

/* Is a transaction under way? */
bool database_in_transaction(const struct database *database);

/* Give a transaction that is under way up. */
void database_roll_back(struct database *database);

/* Bytes of the file, and of those the bytes in use. 0, or -1 and *err. */
int database_size(struct database *database, uint64_t *size, uint64_t *used,
                  struct error *err);

/* Close it; what was not committed is lost. Closing it twice is fine. */
void database_close(struct database *database);

#endif

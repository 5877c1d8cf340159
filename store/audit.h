/*
 * Reading the whole database on demand, to find what decayed in it.
 */
#ifndef TMPGUARD_STORE_AUDIT_H
#define TMPGUARD_STORE_AUDIT_H

#include "store/database.h"
#include "store/secret.h"

/* Is the file sound as SQLite sees it? 0, or -1, *err and `damaged`. */
int audit_file(struct database *database, struct error *err);

/*
 * In the transaction under way, drop each entry whose seal does not fit, and
 * count it in *dropped. Returns 0, or -1 and *err.
 */
int audit_entries(struct database *database, const struct secret *secret,
                  uint64_t *dropped, struct error *err);

#endif

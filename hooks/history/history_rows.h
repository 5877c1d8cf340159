/*
 * Rows for who looks at the trees of thousands of commits: in memory, before
 * the cache. What is known of files goes to the cache, too; what is known of
 * trees would push everything else out of it.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_ROWS_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_ROWS_H

#include "hooks/joint/analyse.h"

/* With more bytes than this in memory it starts anew. */
#define HISTORY_ROWS_MAX ((size_t)96 << 20)

struct stash;
struct memo;

/* Made by rows_open. */
struct history_rows {
    struct analyse_rows rows;
    struct analyser *around; /* whose cache it is */
    struct stash *stash;
    struct memo *memo;
};

/* The analyser around it must outlive it. */
void rows_open(struct history_rows *rows, struct analyser *around);
void rows_close(struct history_rows *rows);

#endif

/*
 * Errands that lead to further errands, run by several threads, the newest
 * first. When errands_run returns there are none left.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_ERRANDS_H
#define TMPGUARD_HOOKS_SYSTEM_ERRANDS_H

#include "hooks/system/pool.h"

/* Workers are numbered from 0, the caller's thread, below ERRANDS_WORKERS_MAX;
 * each runs one errand at a time. */
#define ERRANDS_WORKERS_MAX (POOL_THREADS_MAX + 1)

/* The first member of what an errand is about, which owns the memory. */
struct errand {
    struct errand *next;
};

struct errands;

typedef void errands_work(void *payload, unsigned worker,
                          struct errand *errand);

/* Threads are started once several errands wait: so many, 0: as many as there
 * are processors; with 1 the caller's thread does everything. */
struct errands *errands_open(unsigned threads, errands_work *work,
                             void *payload);

/* Add errands that are linked by `next`, from any thread. */
void errands_add(struct errands *errands, struct errand *first,
                 struct errand *last);

void errands_run(struct errands *errands);

/* Closing NULL is fine. */
void errands_close(struct errands *errands);

#endif

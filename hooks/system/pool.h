/*
 * Threads that do jobs while the caller finds more. How many and in which
 * order they are done does not show: what is given is done when pool_wait
 * returns.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_POOL_H
#define TMPGUARD_HOOKS_SYSTEM_POOL_H

#include <stddef.h>

/* More threads than this are no help. */
#define POOL_THREADS_MAX 64

struct pool;

/* Does one job, in any thread. */
typedef void pool_work(void *job);

/* How many threads are meant by `threads`, 0: as many as processors. */
unsigned pool_threads(unsigned threads);

/*
 * `threads` of them, 0: as many as there are processors. With one, or where
 * none can be had, each job is done by who gives it.
 */
struct pool *pool_open(unsigned threads, pool_work *work);

/*
 * Have a job done that takes `size` bytes of memory. Waits while the jobs that
 * are not done yet take more than size_max together; one job is always taken.
 */
void pool_give(struct pool *pool, void *job, size_t size, size_t size_max);

/* Wait until all jobs are done. */
void pool_wait(struct pool *pool);

/* Wait, and end the threads. Closing NULL is fine. */
void pool_close(struct pool *pool);

#endif

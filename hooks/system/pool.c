#include "hooks/system/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/memory.h"

/* As much as a main thread has; the default may be less. */
#define STACK_SIZE ((size_t)8 << 20)

struct task {
    struct task *next;
    void *job;
    size_t size;
};

struct pool {
    pool_work *work;
    pthread_t threads[POOL_THREADS_MAX];
    size_t threads_count;
    pthread_mutex_t mutex; /* of all below */
    pthread_cond_t given, done;
    struct task *first, **last; /* those that nobody does yet */
    size_t open, open_size;     /* given, not done */
    bool ended;
};

/* Called with the mutex held; NULL at the end. */
static struct task *take(struct pool *pool)
{
    struct task *task;

    while (!pool->first && !pool->ended)
        pthread_cond_wait(&pool->given, &pool->mutex);
    task = pool->first;
    if (task)
        pool->first = task->next;
    if (!pool->first)
        pool->last = &pool->first;
    return task;
}

static void *run(void *payload)
{
    struct pool *pool = payload;
    struct task *task;

    pthread_mutex_lock(&pool->mutex);
    while ((task = take(pool))) {
        pthread_mutex_unlock(&pool->mutex);
        pool->work(task->job);
        pthread_mutex_lock(&pool->mutex);
        pool->open--;
        pool->open_size -= task->size;
        pthread_cond_signal(&pool->done);
        free(task);
    }
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

static unsigned processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count > 0 && count < POOL_THREADS_MAX ? (unsigned)count
                                                 : POOL_THREADS_MAX;
}

unsigned pool_threads(unsigned threads)
{
    if (threads == 0)
        return processors();
    return threads < POOL_THREADS_MAX ? threads : POOL_THREADS_MAX;
}

/* Signals are for the thread that was there before. */
static void start_threads(struct pool *pool, unsigned count)
{
    pthread_attr_t attributes;
    sigset_t all, before;

    if (pthread_attr_init(&attributes) != 0)
        return;
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool->threads_count < count &&
           pthread_create(&pool->threads[pool->threads_count], &attributes, run,
                          pool) == 0)
        pool->threads_count++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
}

struct pool *pool_open(unsigned threads, pool_work *work)
{
    struct pool *pool = memory_new(1, sizeof(*pool));

    threads = pool_threads(threads);
    pool->work = work;
    pool->last = &pool->first;
    if (pthread_mutex_init(&pool->mutex, NULL) != 0 ||
        pthread_cond_init(&pool->given, NULL) != 0 ||
        pthread_cond_init(&pool->done, NULL) != 0)
        abort();
    if (threads > 1)
        start_threads(pool, threads);
    return pool;
}

void pool_give(struct pool *pool, void *job, size_t size, size_t size_max)
{
    struct task *task;

    if (pool->threads_count == 0) {
        pool->work(job);
        return;
    }
    task = memory_new(1, sizeof(*task));
    task->job = job;
    task->size = size;
    pthread_mutex_lock(&pool->mutex);
    while (pool->open && pool->open_size + size > size_max)
        pthread_cond_wait(&pool->done, &pool->mutex);
    *pool->last = task;
    pool->last = &task->next;
    pool->open++;
    pool->open_size += size;
    pthread_cond_signal(&pool->given);
    pthread_mutex_unlock(&pool->mutex);
}

void pool_wait(struct pool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    while (pool->open)
        pthread_cond_wait(&pool->done, &pool->mutex);
    pthread_mutex_unlock(&pool->mutex);
}

void pool_close(struct pool *pool)
{
    if (!pool)
        return;
    pool_wait(pool);
    pthread_mutex_lock(&pool->mutex);
    pool->ended = true;
    pthread_cond_broadcast(&pool->given);
    pthread_mutex_unlock(&pool->mutex);
    for (size_t i = 0; i < pool->threads_count; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->done);
    pthread_cond_destroy(&pool->given);
    pthread_mutex_destroy(&pool->mutex);
    free(pool);
}

#include "hooks/system/errands.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "core/base/memory.h"

struct worker {
    struct errands *errands;
    unsigned number;
};

struct errands {
    errands_work *work;
    void *payload;
    unsigned threads;
    struct pool *pool; /* NULL until it is of use */
    struct worker workers[ERRANDS_WORKERS_MAX];
    pthread_mutex_t mutex; /* of all below */
    pthread_cond_t added;  /* or all done */
    struct errand *first;
    size_t busy, idle; /* workers that may add errands, and that wait */
};

struct errands *errands_open(unsigned threads, errands_work *work,
                             void *payload)
{
    struct errands *errands = memory_new(1, sizeof(*errands));

    errands->work = work;
    errands->payload = payload;
    errands->threads = threads;
    for (unsigned i = 0; i < ERRANDS_WORKERS_MAX; i++)
        errands->workers[i] = (struct worker){ errands, i };
    if (pthread_mutex_init(&errands->mutex, NULL) != 0 ||
        pthread_cond_init(&errands->added, NULL) != 0)
        abort();
    return errands;
}

void errands_add(struct errands *errands, struct errand *first,
                 struct errand *last)
{
    pthread_mutex_lock(&errands->mutex);
    last->next = errands->first;
    errands->first = first;
    if (errands->idle && first == last)
        pthread_cond_signal(&errands->added);
    else if (errands->idle)
        pthread_cond_broadcast(&errands->added);
    pthread_mutex_unlock(&errands->mutex);
}

/* Called with the mutex held. */
static void run_first(struct errands *errands, unsigned worker)
{
    struct errand *errand = errands->first;

    errands->first = errand->next;
    errands->busy++;
    pthread_mutex_unlock(&errands->mutex);
    errands->work(errands->payload, worker, errand);
    pthread_mutex_lock(&errands->mutex);
    errands->busy--;
}

/* Run errands until there can be no further ones. */
static void run_all(void *job)
{
    const struct worker *worker = job;
    struct errands *errands = worker->errands;

    pthread_mutex_lock(&errands->mutex);
    for (;;) {
        while (!errands->first && errands->busy) {
            errands->idle++;
            pthread_cond_wait(&errands->added, &errands->mutex);
            errands->idle--;
        }
        if (!errands->first)
            break;
        run_first(errands, worker->number);
    }
    pthread_cond_broadcast(&errands->added);
    pthread_mutex_unlock(&errands->mutex);
}

/* Alone, as long as there is nothing for a second thread. Says whether all is
 * done. */
static bool run_few(struct errands *errands)
{
    bool done;

    pthread_mutex_lock(&errands->mutex);
    while (errands->first && !errands->first->next)
        run_first(errands, 0);
    done = !errands->first;
    pthread_mutex_unlock(&errands->mutex);
    return done;
}

void errands_run(struct errands *errands)
{
    unsigned count = pool_threads(errands->threads);

    if (run_few(errands))
        return;
    if (count == 1) {
        run_all(&errands->workers[0]);
        return;
    }
    if (!errands->pool)
        errands->pool = pool_open(count, run_all);
    for (unsigned i = 1; i <= count; i++)
        pool_give(errands->pool, &errands->workers[i], 1, POOL_THREADS_MAX);
    pool_wait(errands->pool);
}

void errands_close(struct errands *errands)
{
    if (!errands)
        return;
    pool_close(errands->pool);
    pthread_cond_destroy(&errands->added);
    pthread_mutex_destroy(&errands->mutex);
    free(errands);
}

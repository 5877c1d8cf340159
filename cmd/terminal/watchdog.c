#include "cmd/terminal/watchdog.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "cmd/terminal/complain.h"

#define NS_PER_S  1000000000
#define NS_PER_MS 1000000

static struct timespec end_of(int64_t time_ms)
{
    struct timespec end;

    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += time_ms / 1000;
    end.tv_nsec += time_ms % 1000 * NS_PER_MS;
    if (end.tv_nsec >= NS_PER_S) {
        end.tv_nsec -= NS_PER_S;
        end.tv_sec++;
    }
    return end;
}

static void *wait(void *payload)
{
    struct watchdog *watchdog = payload;
    struct timespec end = end_of(watchdog->time_ms);
    const char *words;
    int result = 0, code;

    pthread_mutex_lock(&watchdog->lock);
    while (!watchdog->stop && result != ETIMEDOUT)
        result =
            pthread_cond_timedwait(&watchdog->stopped, &watchdog->lock, &end);
    if (!watchdog->stop) {
        code = watchdog->verdict(watchdog->payload, &words);
        _exit(complain(code, "%s", words));
    }
    pthread_mutex_unlock(&watchdog->lock);
    return NULL;
}

int watchdog_start(struct watchdog *watchdog, struct error *err)
{
    pthread_condattr_t monotonic;

    watchdog->stop = false;
    pthread_mutex_init(&watchdog->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&watchdog->stopped, &monotonic);
    pthread_condattr_destroy(&monotonic);
    errno = pthread_create(&watchdog->thread, NULL, wait, watchdog);
    if (errno)
        return error_set_errno(err, "cannot watch the deadline");
    watchdog->runs = true;
    return 0;
}

void watchdog_stop(struct watchdog *watchdog)
{
    if (!watchdog->runs)
        return;
    pthread_mutex_lock(&watchdog->lock);
    watchdog->stop = true;
    pthread_cond_signal(&watchdog->stopped);
    pthread_mutex_unlock(&watchdog->lock);
    pthread_join(watchdog->thread, NULL);
    pthread_cond_destroy(&watchdog->stopped);
    pthread_mutex_destroy(&watchdog->lock);
    watchdog->runs = false;
}

#include "core/base/deadline.h"

#include <time.h>

#define NS_PER_MS 1000000
#define NS_PER_S  1000000000
#define TICKS     1024

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

struct deadline deadline_in(int64_t time_ms)
{
    return (struct deadline){ .end_ns = now_ns() + time_ms * NS_PER_MS };
}

bool deadline_passed(const struct deadline *deadline)
{
    return now_ns() >= deadline->end_ns;
}

bool deadline_tick(struct deadline *deadline)
{
    return ++deadline->asked % TICKS == 0 && deadline_passed(deadline);
}

/*
 * When to give up. One blob, or one tree, has one deadline for all that is
 * done with it.
 */
#ifndef TMPGUARD_CORE_BASE_DEADLINE_H
#define TMPGUARD_CORE_BASE_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

struct deadline {
    int64_t end_ns; /* of the monotonic clock */
    uint32_t asked; /* how often, so that the clock is read rarely */
};

/* `time_ms` from now on. */
struct deadline deadline_in(int64_t time_ms);

/* Is the time over? Reads the clock. */
bool deadline_passed(const struct deadline *deadline);

/* The same for tight loops: reads the clock every 1,024th time. */
bool deadline_tick(struct deadline *deadline);

#endif

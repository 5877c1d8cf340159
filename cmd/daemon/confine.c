#include "cmd/daemon/confine.h"

#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static const struct bound {
    int resource;
    unsigned long most;
    bool of_memory;
} bounds[] = {
    { RLIMIT_DATA, CONFINE_DATA, true },
    { RLIMIT_AS, CONFINE_SPACE, true },
    { RLIMIT_CPU, CONFINE_SECONDS, false },
    { RLIMIT_NOFILE, CONFINE_FILES, false },
    { RLIMIT_FSIZE, CONFINE_FILE_SIZE, false },
    { RLIMIT_CORE, 0, false },
};

/* Never more than there was. */
static int lower(int resource, unsigned long most)
{
    struct rlimit limit;

    if (getrlimit((__rlimit_resource_t)resource, &limit) < 0)
        return -1;
    if (limit.rlim_max > most)
        limit.rlim_max = most;
    if (limit.rlim_cur > limit.rlim_max)
        limit.rlim_cur = limit.rlim_max;
    return setrlimit((__rlimit_resource_t)resource, &limit);
}

int confine(void)
{
    for (size_t i = 0; i < sizeof(bounds) / sizeof(*bounds); i++)
        if (!(CONFINE_SANITIZED && bounds[i].of_memory) &&
            lower(bounds[i].resource, bounds[i].most) < 0)
            return -1;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

void confine_dumps(void)
{
    (void)lower(RLIMIT_CORE, 0);
}

#include "tests/faults/plan.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct {
    const char *name;
    int code;
} families[FAMILY_COUNT] = {
    [MEMORY] = { "memory", ENOMEM }, [READ] = { "read", EIO },
    [WRITE] = { "write", ENOSPC },   [OPEN] = { "open", EMFILE },
    [STAT] = { "stat", EIO },        [LIST] = { "list", EIO },
    [SYNC] = { "sync", EIO },        [FORK] = { "fork", EAGAIN },
    [RENAME] = { "rename", EIO },    [LOCK] = { "lock", ENOLCK },
    [SHORT] = { "short", 0 },        [SOCKET] = { "socket", ENOBUFS },
};

static struct {
    enum family family; /* FAMILY_COUNT: not yet told */
    long at;
    bool on;
    bool from;
    int code;
    const char *under, *mark, *count;
    atomic_long calls;
} plan = { .family = FAMILY_COUNT };

__attribute__((constructor)) static void begin(void)
{
    const char *name = getenv("FAULT_CALLS"), *at = getenv("FAULT_AT");
    const char *code = getenv("FAULT_ERRNO");

    for (int i = 0; name && i < FAMILY_COUNT; i++)
        if (strcmp(name, families[i].name) == 0)
            plan.family = (enum family)i;
    if (plan.family == FAMILY_COUNT)
        return;
    plan.at = at ? strtol(at, NULL, 10) : 0;
    plan.code = code ? (int)strtol(code, NULL, 10) : families[plan.family].code;
    plan.from = getenv("FAULT_FROM") != NULL;
    plan.under = getenv("FAULT_UNDER");
    plan.mark = getenv("FAULT_MARK");
    plan.count = getenv("FAULT_COUNT");
    plan.on = true;
}

static void note(const char *path, const char *text)
{
    long file = syscall(SYS_openat, AT_FDCWD, path,
                        O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    if (file >= 0) {
        syscall(SYS_write, file, text, strlen(text));
        syscall(SYS_close, file);
    }
}

__attribute__((destructor)) static void end(void)
{
    char text[32];

    if (!plan.on || !plan.count)
        return;
    snprintf(text, sizeof(text), "%ld\n", (long)plan.calls);
    note(plan.count, text);
}

bool plan_fails(void)
{
    long call = atomic_fetch_add(&plan.calls, 1) + 1;

    if (plan.at <= 0 || (plan.from ? call < plan.at : call != plan.at))
        return false;
    if (plan.mark)
        note(plan.mark, "x");
    errno = plan.code;
    return true;
}

bool plan_concerns(enum family family)
{
    return plan.on && plan.family == family;
}

static bool is_below(const char *path)
{
    return !plan.under || strncmp(path, plan.under, strlen(plan.under)) == 0;
}

/* Where a descriptor points, as far as it can be told. */
static const char *place_of(int fd, char text[PATH_MAX])
{
    char link[64];
    long size;

    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    size = syscall(SYS_readlinkat, AT_FDCWD, link, text, PATH_MAX - 1);
    text[size > 0 ? size : 0] = '\0';
    return text;
}

bool plan_fails_path(enum family family, int folder, const char *path)
{
    char text[PATH_MAX];

    if (!plan_concerns(family))
        return false;
    if (plan.under && path && path[0] != '/' && folder >= 0) {
        if (!is_below(place_of(folder, text)))
            return false;
    } else if (plan.under && (!path || !is_below(path))) {
        return false;
    }
    return plan_fails();
}

bool plan_fails_file(enum family family, int fd)
{
    char text[PATH_MAX];

    if (!plan_concerns(family) || (plan.under && !is_below(place_of(fd, text))))
        return false;
    return plan_fails();
}

size_t plan_shorter(int fd, size_t size)
{
    return size > 1 && plan_fails_file(SHORT, fd) ? size / 2 : size;
}

int plan_code(void)
{
    return plan.code;
}

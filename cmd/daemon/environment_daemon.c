#include "cmd/daemon/environment_daemon.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"

bool environment_wants_daemon(void)
{
    const char *hook = getenv("TMPGUARD_HOOK");
    const char *no = getenv("TMPGUARD_NO_DAEMON");
    bool wants = hook && strcmp(hook, "start") == 0 && !(no && no[0]);

    unsetenv("TMPGUARD_HOOK");
    return wants;
}

static void add(char **variables, const char *name, const char *value)
{
    struct buffer variable = BUFFER_EMPTY;

    while (*variables)
        variables++;
    buffer_format(&variable, "%s=%s", name, value);
    *variables = buffer_detach(&variable);
}

char **environment_of_daemon(const char *extra)
{
    static const char *const kept[] = {
        "HOME",           "TZ",          "XDG_RUNTIME_DIR", "XDG_CACHE_HOME",
        "XDG_STATE_HOME", "ASAN_OPTIONS"
    };
    size_t count = sizeof(kept) / sizeof(*kept), end = 0;
    char **variables = memory_new(count + 4, sizeof(*variables));

    add(variables, "PATH", "/usr/bin:/bin");
    add(variables, "LANG", "C.UTF-8");
    for (size_t i = 0; i < count; i++)
        if (getenv(kept[i]))
            add(variables, kept[i], getenv(kept[i]));
    while (variables[end])
        end++;
    if (extra)
        variables[end] = memory_copy(extra, strlen(extra));
    return variables;
}

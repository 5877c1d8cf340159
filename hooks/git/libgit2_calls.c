#include "hooks/git/libgit2_calls.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

/* ISO C has no conversion from an object's address to a function's. */
static bool find(void *library, const char *name, void *call, size_t size)
{
    void *found = dlsym(library, name);

    memcpy(call, &found, size);
    return found;
}

static bool load(struct libgit2_calls *calls)
{
    void *library = dlopen(LIBGIT2_SONAME, RTLD_NOW | RTLD_LOCAL);
    bool found = library;

#define LIBGIT2_CALL(name)                                                     \
    found = found &&                                                           \
            find(library, "git_" #name, &calls->name, sizeof(calls->name));
    LIBGIT2_CALLS(LIBGIT2_CALL)
#undef LIBGIT2_CALL
    return found && calls->libgit2_init() > 0;
}

const struct libgit2_calls *libgit2_calls(void)
{
    static struct libgit2_calls calls;
    static bool tried, loaded;

    if (!tried)
        loaded = load(&calls);
    tried = true;
    return loaded ? &calls : NULL;
}

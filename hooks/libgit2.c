#include "hooks/libgit2.h"

#include <pthread.h>
#include <stdlib.h>

#include <git2/common.h>
#include <git2/global.h>

/* What is libgit2's is the process's: a second count of it would be wrong. */
static enum { ASLEEP, LIGHT, STARTED } state;

/*
 * Until it is started, libgit2 keeps a thread's errors under the key 0 and
 * takes it for its own. So it has to be ours to give away: where nothing else
 * has it, it is the first that one gets.
 */
static bool has_key(void)
{
    pthread_key_t key;

    if (pthread_key_create(&key, NULL) != 0)
        return false;
    if (key == 0)
        return true;
    pthread_key_delete(key);
    return false;
}

static bool is_known(void)
{
    int major = 0, minor = 0, revision = 0;

    git_libgit2_version(&major, &minor, &revision);
    return major == 1 && minor == 5;
}

bool libgit2_start(void)
{
    if (state != STARTED && git_libgit2_init() > 0)
        state = STARTED;
    return state == STARTED;
}

bool libgit2_start_light(void)
{
    if (state != ASLEEP)
        return true;
    if (!is_known() || !has_key())
        return libgit2_start();
    /* Memory is the one thing that may be given to it before its start. */
    if (git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, NULL) == 0)
        state = LIGHT;
    return state == LIGHT;
}

/*
 * A git that does what a test wants: a shell script in front of the real one.
 */
#ifndef TMPGUARD_TESTS_HOOKS_FAKE_H
#define TMPGUARD_TESTS_HOOKS_FAKE_H

#include <limits.h>
#include <sys/stat.h>

#include "tests/hooks/sandbox.h"

/* From now on `git` is this; the real one is `PATH=$REAL git`. */
static inline void fake_git(const char *script)
{
    struct buffer text = BUFFER_EMPTY, path = BUFFER_EMPTY;
    char here[PATH_MAX];
    const char *real = getenv("REAL");

    if (!real) {
        setenv("REAL", getenv("PATH"), 1);
        real = getenv("REAL");
    }
    buffer_format(&text, "#!/bin/sh\n%s\n", script);
    sh("mkdir -p .bin");
    put(".bin/git", text.bytes);
    assert_int_equal(0, chmod(".bin/git", 0755));
    assert_non_null(getcwd(here, sizeof(here)));
    buffer_format(&path, "%s/.bin:%s", here, real);
    setenv("PATH", path.bytes, 1);
    buffer_release(&text);
    buffer_release(&path);
}

static inline void real_git(void)
{
    if (getenv("REAL"))
        setenv("PATH", getenv("REAL"), 1);
}

/* A teardown: git is as it was. */
static inline int leave_fakes(void **state)
{
    real_git();
    return leave(state);
}

#define WITH_FAKES(test)                                                       \
    cmocka_unit_test_setup_teardown(test, enter_folder, leave_fakes)

#endif

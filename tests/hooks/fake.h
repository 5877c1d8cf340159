/*
 * A git that does what a test wants: a shell script in front of the real one.
 */
#ifndef TMPGUARD_TESTS_HOOKS_FAKE_H
#define TMPGUARD_TESTS_HOOKS_FAKE_H

#include <sys/stat.h>

#include "tests/hooks/sandbox.h"

/* From now on `git` is this; the real one is `PATH=$REAL git`. */
static inline void fake_git(const char *script)
{
    struct buffer text = BUFFER_EMPTY, path = BUFFER_EMPTY;
    const char *real = getenv("REAL");

    if (!real) {
        setenv("REAL", getenv("PATH"), 1);
        real = getenv("REAL");
    }
    buffer_format(&text, "#!/bin/sh\n%s\n", script);
    sh("mkdir -p .bin");
    put(".bin/git", text.bytes);
    assert_int_equal(0, chmod(".bin/git", 0755));
    buffer_format(&path, "%s/.bin:%s", getenv("PWD"), real);
    setenv("PATH", path.bytes, 1);
    buffer_release(&text);
    buffer_release(&path);
}

static inline void real_git(void)
{
    if (getenv("REAL"))
        setenv("PATH", getenv("REAL"), 1);
}

/* For setup and teardown: a folder with $PWD right, and git as it was. */
static inline int enter_with_fakes(void **state)
{
    const struct sandbox *sandbox;

    if (enter_folder(state) < 0)
        return -1;
    sandbox = *state;
    return setenv("PWD", sandbox->folder, 1);
}

static inline int leave_fakes(void **state)
{
    real_git();
    return leave(state);
}

#define WITH_FAKES(test)                                                       \
    cmocka_unit_test_setup_teardown(test, enter_with_fakes, leave_fakes)

#endif

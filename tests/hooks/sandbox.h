/*
 * A fresh folder per test, with git in a known environment. Tests run shell
 * commands in it as a person would.
 */
#ifndef TMPGUARD_TESTS_HOOKS_SANDBOX_H
#define TMPGUARD_TESTS_HOOKS_SANDBOX_H

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/repo.h"

#define CALL "import tempfile\ntempfile.mktemp()\n"

struct sandbox {
    char folder[64];
    struct repo *repo;
};

static inline void sh(const char *commands)
{
    struct buffer line = BUFFER_EMPTY;
    int status;

    buffer_format(&line, "set -e; %s", commands);
    status = system(line.bytes);
    buffer_release(&line);
    if (status != 0)
        fail_msg("exit status %d: %s", status, commands);
}

/* Write bytes to a file below the current folder. */
static inline void put_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(size, fwrite(bytes, 1, size, file));
    assert_int_equal(0, fclose(file));
}

static inline void put(const char *path, const char *string)
{
    put_bytes(path, string, strlen(string));
}

/* Open the repository of the current folder, once the test has built it. */
static inline struct repo *opened(struct sandbox *sandbox)
{
    struct error err = { .message = "" };

    repo_close(sandbox->repo);
    sandbox->repo = NULL;
    if (repo_open(&sandbox->repo, &err) != 1)
        fail_msg("repo_open: %s", err.message);
    return sandbox->repo;
}

/* The id that a revision such as "HEAD:a.py" names. */
static inline struct object_id id_of(const char *revision)
{
    struct buffer command = BUFFER_EMPTY;
    struct object_id id;
    char hex[128] = "";
    FILE *pipe;

    buffer_format(&command, "git rev-parse '%s'", revision);
    pipe = popen(command.bytes, "r");
    assert_non_null(pipe);
    assert_non_null(fgets(hex, sizeof(hex), pipe));
    pclose(pipe);
    hex[strcspn(hex, "\n")] = '\0';
    assert_int_equal(0, object_id_parse(&id, text_of(hex)));
    buffer_release(&command);
    return id;
}

static inline void clean_environment(void)
{
    static const char *const names[] = {
        "GIT_DIR",          "GIT_WORK_TREE",
        "GIT_INDEX_FILE",   "GIT_OBJECT_DIRECTORY",
        "GIT_COMMON_DIR",   "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_PREFIX",       "GIT_CONFIG_PARAMETERS",
        "GIT_CONFIG_COUNT", "GIT_NAMESPACE",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        unsetenv(names[i]);
    setenv("GIT_CONFIG_GLOBAL", TESTS_FOLDER "/hooks/git.config", 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("GIT_AUTHOR_NAME", "A", 1);
    setenv("GIT_AUTHOR_EMAIL", "a@example.org", 1);
    setenv("GIT_COMMITTER_NAME", "A", 1);
    setenv("GIT_COMMITTER_EMAIL", "a@example.org", 1);
}

/* An empty folder, and nothing in it. */
static inline int enter_folder(void **state)
{
    struct sandbox *sandbox = memory_new(1, sizeof(*sandbox));

    clean_environment();
    strcpy(sandbox->folder, "/tmp/tmpguard-test-XXXXXX");
    if (!mkdtemp(sandbox->folder) || chdir(sandbox->folder) < 0)
        return -1;
    *state = sandbox;
    return 0;
}

/* An empty repository on the branch `main`. */
static inline int enter_repository(void **state)
{
    if (enter_folder(state) < 0)
        return -1;
    sh("git init -q -b main .");
    return 0;
}

static inline int leave(void **state)
{
    struct sandbox *sandbox = *state;
    struct buffer command = BUFFER_EMPTY;

    repo_close(sandbox->repo);
    clean_environment();
    buffer_format(&command, "chmod -R u+rwx %s; rm -rf %s", sandbox->folder,
                  sandbox->folder);
    if (chdir("/") < 0 || system(command.bytes) != 0)
        return -1;
    buffer_release(&command);
    free(sandbox);
    return 0;
}

#endif

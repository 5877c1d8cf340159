/*
 * Running a program to see what it does: in a folder, with an environment,
 * for a limited time. Unlike hooks/git/gitpipe nothing is taken from what it
 * may do, so it is for what a person asked to be run: another git, and the
 * hooks.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_TRIAL_H
#define TMPGUARD_HOOKS_SYSTEM_TRIAL_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/* What is kept of each of its outputs, in bytes. */
#define TRIAL_OUTPUT_MAX ((size_t)1 << 20)

struct trial {
    const char *folder;           /* where it runs */
    const char *const *arguments; /* the first is its path; NULL at the end */
    char **environment;           /* of trial_environment */
    const char *input;            /* a file for standard input; NULL: none */
    int timeout_ms;
};

struct trial_answer {
    int status; /* its exit code, or 128 + the signal that ended it */
    bool late;  /* it was ended because it took too long */
    struct buffer out, errors;
};

/*
 * Run it. Returns 0, or -1 and *err (ERROR_SYSTEM) if it could not be started.
 * Release the answer in either case.
 */
int trial_run(struct trial_answer *answer, const struct trial *trial,
              struct error *err);

void trial_answer_release(struct trial_answer *answer);

/* What `PROGRAM version` prints, within seconds, as a string for free(); "" if
 * it does not run or fails. */
char *trial_version(const char *program);

/*
 * This process's environment without the variables of the names, and with the
 * strings NAME=VALUE; both lists end with NULL. For trial_environment_release.
 */
char **trial_environment(const char *const *without, const char *const *with);
void trial_environment_release(char **environment);

#endif

/*
 * How a function below cmd/ says that it failed: it returns -1 and fills the
 * caller's struct error. On success the error is left as it was.
 */
#ifndef TMPGUARD_CORE_BASE_ERROR_H
#define TMPGUARD_CORE_BASE_ERROR_H

enum error_code {
    ERROR_USAGE,  /* what was asked for makes no sense: exit 2 */
    ERROR_GIT,    /* git, or a repository, refused */
    ERROR_SYSTEM, /* the operating system refused: files, processes */
    ERROR_STORE,  /* the cache file */
    ERROR_LIMIT,  /* over one of our limits: size, nesting, time */
    ERROR_FORMAT, /* bytes that are not what they should be */
};

/* The message is one line: what, where, and what to do about it. */
struct error {
    enum error_code code;
    char message[512];
};

/* Fill *err from a printf format, cut to fit. Always returns -1. */
int error_set(struct error *err, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Like error_set, with ": " and the words for the current errno at the end. */
int error_set_errno(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

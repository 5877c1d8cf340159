/*
 * Preloaded into a program, this fails its n-th call of one family:
 *
 *   FAULT_CALLS  memory, read, write, open, stat, list, sync, fork,
 *                rename, lock or socket; short: half of what was asked for is
 *                read or written
 *   FAULT_AT     which call, from 1; 0 or a large number: none
 *   FAULT_FROM   set: that one and every later one
 *   FAULT_UNDER  only calls on files below this folder
 *   FAULT_ERRNO  the number to fail with, instead of the family's own
 *   FAULT_MARK   a file that is made when the call fails
 *   FAULT_COUNT  a file that is told, at the end, how many there were
 *
 * Each process counts for itself. A sanitizer owns malloc, and is to be loaded
 * before this.
 */
#ifndef TMPGUARD_TESTS_FAULTS_PLAN_H
#define TMPGUARD_TESTS_FAULTS_PLAN_H

#include <stdbool.h>
#include <stddef.h>

enum family {
    MEMORY,
    READ,
    WRITE,
    OPEN,
    STAT,
    LIST,
    SYNC,
    FORK,
    RENAME,
    LOCK,
    SHORT,
    SOCKET,
    FAMILY_COUNT,
};

/* Is that family the one? */
bool plan_concerns(enum family family);

/* Count a call, of what is nowhere; should it fail? Then errno is set. */
bool plan_fails(void);

/* The same for a call on a path, relative to an open folder, or on a file. */
bool plan_fails_path(enum family family, int folder, const char *path);
bool plan_fails_file(enum family family, int fd);

/* How much of `size` bytes is read or written at once: half, if that fails. */
size_t plan_shorter(int fd, size_t size);

/* What errno is set to, for calls that return it. */
int plan_code(void);

#endif

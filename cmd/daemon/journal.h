/*
 * The daemon's log: one line per event, in a file of the user's own, with no
 * source text in it. It holds at most JOURNAL_SIZE_MAX bytes; then it becomes
 * the one with ".1" behind its name, and a new one is begun.
 */
#ifndef TMPGUARD_CMD_DAEMON_JOURNAL_H
#define TMPGUARD_CMD_DAEMON_JOURNAL_H

#include <sys/types.h>

#define JOURNAL_SIZE_MAX ((off_t)1 << 20)

struct journal {
    char *path; /* NULL: without one */
    int descriptor;
};

/* Open it in `folder`, which is made; without a log if that cannot be. */
void journal_open(struct journal *journal, const char *folder);

/* Add a line. */
void journal_note(struct journal *journal, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void journal_close(struct journal *journal);

#endif

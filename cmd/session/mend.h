/*
 * What `tmpguard fix` did to files, and how it is told.
 */
#ifndef TMPGUARD_CMD_SESSION_MEND_H
#define TMPGUARD_CMD_SESSION_MEND_H

#include "cmd/base/options.h"
#include "core/base/buffer.h"
#include "core/fix/fix.h"
#include "hooks/joint/report.h"

/* A finding, and what became of it. */
struct mend_entry {
    const char *path; /* the report's */
    struct position at;
    struct verdict verdict;
    char *why; /* instead of that of the verdict, or NULL; owned */
    bool done;
};

/* Start from { .options = … }. */
struct mend {
    const struct options *options;
    const struct report *report;
    struct mend_entry *entries;
    size_t entries_count, entries_room;
    size_t files;        /* that were changed */
    struct buffer patch; /* with --diff */
};

/* How many were repaired. */
size_t mend_done(const struct mend *mend);

/* Append all that was done and not done; `what` is a struct mend. */
void mend_make(struct buffer *out, bool json, const void *what);

void mend_release(struct mend *mend);

#endif

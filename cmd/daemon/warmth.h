/*
 * Repositories that the daemon was asked about: when the index of one is
 * replaced, what is staged can be looked at before anyone commits. Nothing
 * depends on that but time; whatever goes wrong with it ends it.
 */
#ifndef TMPGUARD_CMD_DAEMON_WARMTH_H
#define TMPGUARD_CMD_DAEMON_WARMTH_H

#include <stdint.h>

#include "cmd/daemon/wire.h"
#include "core/base/buffer.h"

#define WARMTH_MAX 64 /* repositories; the one that was idle longest goes */

/* After a change, in milliseconds: `git add` in a loop is looked at once. */
#define WARMTH_DELAY_MS 30

struct warm_repo {
    char *git_dir; /* NULL: this place is free */
    int watch;
    struct buffer request;   /* the latest, without what was only of a commit */
    int64_t used_ms, due_ms; /* due: 0 if nothing has changed */
};

struct warmth {
    int descriptor; /* of inotify; -1: without it */
    struct warm_repo repos[WARMTH_MAX];
};

void warmth_open(struct warmth *warmth);

/* Remember the repository whose git folder it is, as of that request. Returns
 * 0, or -1 if it cannot be watched. */
int warmth_remember(struct warmth *warmth, const char *git_dir,
                    const struct wire_request *request);

/* Read the events there are. Returns 0, or -1: some were lost, and everything
 * is forgotten. */
int warmth_read(struct warmth *warmth);

/* The request to be worked on now, or an empty text; *next_ms is when to ask
 * again, or -1. It stays valid until the next call. */
struct text warmth_due(struct warmth *warmth, int64_t now_ms, int64_t *next_ms);

size_t warmth_count(const struct warmth *warmth);
void warmth_close(struct warmth *warmth);

#endif

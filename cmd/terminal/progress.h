/*
 * A line on standard error for what takes long. Only on a terminal, only
 * after a second, redrawn ten times a second at most, gone at the end.
 */
#ifndef TMPGUARD_CMD_TERMINAL_PROGRESS_H
#define TMPGUARD_CMD_TERMINAL_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"

struct progress {
    bool active; /* somebody looks */
    bool drawn;
    int64_t next_ms;  /* when to draw again */
    const char *what; /* is being done, */
    int64_t since_ms; /* since then, */
    uint64_t done;    /* as far as this */
};

/* How far it is. */
struct progress_point {
    const char *what; /* a plural noun */
    uint64_t done, total;
    int64_t elapsed_ms; /* for `done` */
};

/* Begin; nothing is ever drawn with `quiet` or where nobody looks. */
void progress_start(struct progress *progress, bool quiet);

/*
 * Tell how far it is, from one thread at a time; `payload` is the struct
 * progress. `what` is a plural noun, total is 0 while it is not known.
 */
void progress_update(void *payload, const char *what, uint64_t done,
                     uint64_t total);

/* Clear the line. */
void progress_end(struct progress *progress);

/*
 * The line itself: "commits [=====>    ] 512 of 1024, 3 s left". The estimate
 * is there after a second; the bar, and then the estimate, go where they would
 * not fit into `width` columns.
 */
void progress_line(struct buffer *out, const struct progress_point *point,
                   unsigned width);

/* Milliseconds of a clock that never goes back. */
double progress_clock_ms(void);

#endif

/*
 * A line on standard error for what takes long. Only on a terminal, only
 * after a second, redrawn ten times a second at most, gone at the end.
 */
#ifndef TMPGUARD_CMD_PROGRESS_H
#define TMPGUARD_CMD_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buffer.h"

struct progress {
    bool active; /* somebody looks */
    bool drawn;
    int64_t next_ms; /* when to draw again */
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

/* The line itself: "commits [=====>    ] 512 of 1024". */
void progress_line(struct buffer *out, const char *what, uint64_t done,
                   uint64_t total);

/* Milliseconds of a clock that never goes back. */
double progress_clock_ms(void);

#endif

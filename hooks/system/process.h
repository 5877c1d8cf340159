/*
 * Starting git as a child with the environment and options that keep it
 * harmless, and learning why it failed. For gitpipe only.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_PROCESS_H
#define TMPGUARD_HOOKS_SYSTEM_PROCESS_H

#include <sys/types.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/* Start from PROCESS_EMPTY. */
struct process {
    pid_t pid;
    int errors; /* a memory file with the child's standard error */
};

#define PROCESS_EMPTY ((struct process){ .pid = 0, .errors = -1 })

/* Raise `fd` above the standard streams, close-on-exec; -1 stays -1. */
int process_lift(int fd);

/*
 * Start git with `in` and `out` as its standard streams; both still belong to
 * the caller, and no other descriptor reaches the child.
 * Returns 0, or -1 and *err.
 */
int process_start(struct process *process, const char *const *arguments, int in,
                  int out, struct error *err);

/*
 * Wait for the child's end. Returns its exit status, or 128 + the signal that
 * ended it. Waiting for an empty process gives 0.
 */
int process_wait(struct process *process);

/* End the child now. It only reads, so nothing is left half done. */
void process_kill(struct process *process);

/*
 * What the child complained of since byte `from` of its standard error: its
 * last fatal line, else its last line; "" if nothing. Returns `reason`.
 */
char *process_reason(const struct process *process, off_t from, char *reason,
                     size_t size);

/* How much it has complained so far, in bytes. */
off_t process_complaints(const struct process *process);

/* Append all of it, up to a megabyte, to *out. */
void process_complaints_read(const struct process *process, struct buffer *out);

/* Wait, and give everything back. */
void process_release(struct process *process);

#endif

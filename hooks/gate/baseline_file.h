/*
 * The file that a baseline is in.
 */
#ifndef TMPGUARD_HOOKS_GATE_BASELINE_FILE_H
#define TMPGUARD_HOOKS_GATE_BASELINE_FILE_H

#include <stdbool.h>

#include "hooks/gate/baseline.h"

/*
 * Read the file at `path`. Returns 1, 0 if there is none, or -1 and *err
 * (ERROR_USAGE for a malformed one, with its line, and for a symbolic link).
 * Release the baseline in any case.
 */
int baseline_read(struct baseline *baseline, const char *path,
                  struct error *err);

/* Is it a file that begins as a baseline does, of any version? */
bool baseline_is_one(const char *path);

/*
 * Write it, whole or not at all: the mode of a file that is there is kept, a
 * symbolic link is refused. Returns 0, or -1 and *err.
 */
int baseline_write(const struct baseline *baseline, const char *path,
                   struct error *err);

#endif

/*
 * The first push of a project: to where nothing is yet, so that all of its
 * past is new.
 */
#ifndef TMPGUARD_HOOKS_GATE_FIRST_PUSH_H
#define TMPGUARD_HOOKS_GATE_FIRST_PUSH_H

#include "core/base/error.h"
#include "hooks/gate/baseline.h"
#include "hooks/gate/span.h"

struct repo;

/*
 * Does rev-list, given `before` ("--not …", NULL at the end) for what is known
 * already, know of nothing? Returns 1, 0, or -1 and *err.
 */
int first_push_is(const char *const *before, struct error *err);

/*
 * Add what the baselines at the top of the tips' trees list: as many of each
 * kind as the one that has the most of it. Returns 0, or -1 and *err: one is
 * malformed (ERROR_USAGE), or cannot be read.
 */
int first_push_baseline(struct baseline *known, struct repo *repo,
                        const struct span *range, struct error *err);

#endif

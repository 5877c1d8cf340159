/*
 * One commit: from the states of its parents to its own.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_STEP_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_STEP_H

#include <stdint.h>

#include "hooks/history/history_fold.h"

/*
 * The state of `commit`, with one use for the caller. Its root and the states
 * of its parents are in the fold; what it introduces and removes goes to the
 * entries.
 */
struct state *step_commit(struct history_fold *fold, uint32_t commit);

#endif

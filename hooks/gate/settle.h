/*
 * What the commits of a range introduced, weighed at its end: only what is
 * still there counts, and it counts once, where it is now.
 */
#ifndef TMPGUARD_HOOKS_GATE_SETTLE_H
#define TMPGUARD_HOOKS_GATE_SETTLE_H

#include "hooks/gate/gate.h"
#include "hooks/gate/span.h"

/*
 * Compare every commit of the range with its parents and report what a tip
 * still has. Returns 0, or -1 and *err.
 *
 * A finding that is no longer where it was introduced is looked for under the
 * names that its file got in the range.
 */
int settle_range(struct gate *gate, struct span *range, struct error *err);

#endif

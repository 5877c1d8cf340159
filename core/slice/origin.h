/*
 * What a target's name is read from where that is nothing of a target's:
 * `self.mktemp`. Alone, a file says which modules it comes from, so what
 * decides that matters: of `self`, the bases of its class; of a name, the
 * imports and classes that bind it; of a parameter, what is passed.
 */
#ifndef TMPGUARD_CORE_SLICE_ORIGIN_H
#define TMPGUARD_CORE_SLICE_ORIGIN_H

#include "core/slice/track.h"
#include "core/source/piece.h"

/*
 * Mark the lines that matter for what track.reads are read from. False if
 * that is not told by words.
 */
bool origin_trace(const struct source *source, const struct pieces *pieces,
                  struct track *track);

#endif

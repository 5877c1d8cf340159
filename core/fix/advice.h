/*
 * What to do about a call that no edit repairs.
 */
#ifndef TMPGUARD_CORE_FIX_ADVICE_H
#define TMPGUARD_CORE_FIX_ADVICE_H

#include "core/fix/repair.h"

/* FIX_MANUAL and a sentence, by where the call stands. */
struct verdict advice_of(const struct repair *repair);

#endif

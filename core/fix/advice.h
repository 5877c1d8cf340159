/*
 * What to do about a call that no edit repairs.
 */
#ifndef TMPGUARD_CORE_FIX_ADVICE_H
#define TMPGUARD_CORE_FIX_ADVICE_H

#include "core/fix/repair.h"

/* A sentence without a full stop, by where the call stands. */
const char *advice_of(const struct repair *repair);

#endif

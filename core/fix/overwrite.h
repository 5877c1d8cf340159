/*
 * A statement that overwrites the file of a path, whether it is there or not.
 */
#ifndef TMPGUARD_CORE_FIX_OVERWRITE_H
#define TMPGUARD_CORE_FIX_OVERWRITE_H

#include "core/fix/repair.h"

/* If the statement behind the call's is one call, assigned, entered or
   neither, that overwrites P: its argument; or SYNTAX_NONE. */
uint32_t overwrite_find(struct repair *repair);

#endif

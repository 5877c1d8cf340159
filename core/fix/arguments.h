/*
 * What a call of mktemp is given, and the same for another function.
 */
#ifndef TMPGUARD_CORE_FIX_ARGUMENTS_H
#define TMPGUARD_CORE_FIX_ARGUMENTS_H

#include "core/fix/repair.h"

/* May the path be relative to the current folder, by the call's dir=? */
bool arguments_relocate(struct repair *repair);

/* May it name a folder that is not there, or cannot be written to? */
bool arguments_name_folder(struct repair *repair);

/* Is that folder there, whatever the prefix and the suffix hold? */
bool arguments_stay(struct repair *repair);

/* Do they name a pipe of Windows, by its prefix there? */
bool arguments_name_pipe(const struct repair *repair);

/* The suffix that the call has: 1 and *value, 0 if it has none, -1 if that is
   not sure. */
int arguments_suffix(const struct repair *repair, uint32_t *value);

/*
 * Append all but `but` by name, each with ", " before it. False if they are
 * not known one by one.
 */
bool arguments_append(const struct repair *repair, uint32_t but,
                      struct buffer *out);

/* The same for mkstemp and mkdtemp of what os.tempnam is given, which takes
   the folder first: they replace it. */
void arguments_swap(struct repair *repair);

#endif

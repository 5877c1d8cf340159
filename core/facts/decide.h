/*
 * From a file to what was found out about it: parsing, lowering, the machine.
 */
#ifndef TMPGUARD_CORE_FACTS_DECIDE_H
#define TMPGUARD_CORE_FACTS_DECIDE_H

#include "core/facts/memo.h"
#include "core/facts/program.h"

/*
 * Decide a file of the program alone, which was read and not lowered. A part
 * of a file (program_read_part) may have been decided before: the memo, which
 * may be NULL, knows, and gets to know.
 *
 * Returns 0, or -1 with *err and an empty decision. Of a part that alone is no
 * Python, slice.kind is SLICE_WHOLE then.
 */
int decide_file(struct program *program, struct program_file *file,
                struct memo *memo, struct decision *decision,
                struct error *err);

#endif

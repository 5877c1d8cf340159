/*
 * Which findings of a file are new, compared as multisets.
 */
#ifndef TMPGUARD_HOOKS_GATE_INTRODUCED_H
#define TMPGUARD_HOOKS_GATE_INTRODUCED_H

#include <stdbool.h>
#include <stddef.h>

#include "core/facts/facts.h"

/* Keep the findings that count: not excused by such comments, and those that
 * are over_approximated only if they are wanted. */
void introduced_filter(struct facts *facts, enum excuses excuses,
                       bool codeql_compat);

/*
 * Set marks[i] for each finding now->findings[i] that is introduced, clear
 * the others; all facts are filtered already, and are reordered here.
 *
 * Of each kind (finding_same) as many are old as the parent with most of them
 * holds, or, if `base` is given, as all parents hold together less the base's
 * for each parent but one, whichever is more. Where some of a kind are old and
 * some are new, those whose surroundings are unchanged are the old ones.
 *
 * Returns how many are introduced.
 */
size_t introduced_mark(bool *marks, struct facts *now, struct facts *parents,
                       size_t parents_count, struct facts *base);

#endif

/*
 * What stands in the place of a call, by what its name is used for there.
 */
#ifndef TMPGUARD_CORE_FIX_HINT_H
#define TMPGUARD_CORE_FIX_HINT_H

#include "core/fix/fix.h"

/* A file; open it with hints_open. */
struct hints {
    struct script script;
    size_t *left;
    bool is_open;
};

#define HINTS_EMPTY ((struct hints){ .is_open = false })

/*
 * Look at a file, whose bytes must outlive it, as must *left: their size is
 * taken from that, for each hint a part of it, and what is more than is left
 * is not looked at. All hints can be closed.
 */
void hints_open(struct hints *hints, struct text bytes, size_t *left);

/* A sentence, static; NULL if nothing is seen that has a better one than the
   function's own (rule.h). */
const char *hints_of(struct hints *hints, const struct finding *finding);

/* Give the memory back; closing twice is fine. */
void hints_close(struct hints *hints);

#endif

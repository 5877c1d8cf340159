/*
 * The first look at a blob that is made of another one: what was copied is as
 * it was there, but for what stands at its ends, so only what is new is looked
 * at. Versions of a file differ in little.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_GLANCE_H
#define TMPGUARD_HOOKS_HISTORY_GLANCE_H

#include <stdbool.h>

#include "core/base/text.h"
#include "core/source/literal.h"

/* What a look at the base found, and its bytes: LITERAL_LONE at most. */
struct glance {
    enum literal_glance found;
    struct text base;
};

/*
 * Is there no more than in the base in `bytes`, which the delta made of it? No
 * if that is not told by what is new, and for LITERAL_LONE by the lines that it
 * stands in.
 */
bool glance_is_no_more(const struct glance *glance, struct text bytes,
                       struct text delta);

#endif

/*
 * The first look at a blob that is made of another one: what was copied is as
 * it was there, but for what stands at its ends, so only what is new is looked
 * at. Versions of a file differ in little.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_GLANCE_H
#define TMPGUARD_HOOKS_HISTORY_GLANCE_H

#include <stdbool.h>

#include "core/base/text.h"

/*
 * literal_glance of the base is LITERAL_NONE: is it that of `bytes`, too, which
 * the delta made of the base? No if that is not told by what is new.
 */
bool glance_is_none(struct text bytes, struct text base, struct text delta);

#endif

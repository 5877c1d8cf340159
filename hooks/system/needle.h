/*
 * Finding a short word in a long text, faster than memmem does where nearly
 * every text has it and few bytes tell it apart.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_NEEDLE_H
#define TMPGUARD_HOOKS_SYSTEM_NEEDLE_H

#include <stddef.h>

#include "core/base/text.h"

/* The first place at or behind `at` where the word stands, which is not
 * empty; or the text's size. */
size_t needle_find(struct text text, size_t at, struct text word);

/* The same by memmem: what it does where the processor has nothing better. */
size_t needle_find_portable(struct text text, size_t at, struct text word);

#endif

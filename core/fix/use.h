/*
 * One use of a variable: what is done with its value where the name stands.
 */
#ifndef TMPGUARD_CORE_FIX_USE_H
#define TMPGUARD_CORE_FIX_USE_H

#include "core/fix/script.h"

enum use {
    USE_MEMBER,   /* `about` is the attribute that is read of it */
    USE_ARGUMENT, /* `about` is the callee that gets it */
    USE_HARMLESS, /* iterated, entered by with, printed to */
    USE_RETURNED,
    USE_STORED, /* in an attribute or an item */
    USE_OTHER,
};

/* What the identifier is used for, and *about what. */
enum use use_of(const struct script *script, uint32_t name, uint32_t *about);

/* Is the text one of the names, of which the last is NULL? */
bool use_is_one_of(struct text text, const char *const *names);

#endif

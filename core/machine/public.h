/*
 * The names that `from module import *` takes: those in __all__, or else all
 * that do not start with an underscore (the Python language reference, 7.11).
 */
#ifndef TMPGUARD_CORE_MACHINE_PUBLIC_H
#define TMPGUARD_CORE_MACHINE_PUBLIC_H

#include "core/syntax/scope.h"

/* Start from PUBLIC_EMPTY. */
struct public
{
    uint32_t *names; /* symbols that __all__ lists */
    size_t names_count, names_room;
    bool is_listed; /* there is an __all__ */
    bool is_open;   /* it has more in it than can be read off */
};

#define PUBLIC_EMPTY ((struct public){ .names = NULL })

/* Read a module's __all__ off its syntax. */
void public_collect(struct public *public, struct scopes *scopes,
                    const struct syntax *tree);

/* Can a star import take this name? */
bool public_has(const struct public *public, const struct scopes *scopes,
                uint32_t symbol);

/* Give the memory back; releasing twice is fine. */
void public_release(struct public *public);

#endif

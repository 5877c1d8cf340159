/*
 * Byte strings as small integers: equal bytes have equal numbers, counted
 * from 0 in order of arrival. For object ids, names, and whatever else is met
 * often and compared more often.
 */
#ifndef TMPGUARD_CORE_BASE_INTERN_H
#define TMPGUARD_CORE_BASE_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/text.h"

#define INTERN_NONE UINT32_MAX

/* Start from INTERN_EMPTY. */
struct intern {
    struct buffer bytes; /* all strings, one behind the other */
    size_t *ends;        /* of string i in `bytes` */
    size_t ends_count, ends_room;
    uint64_t *slots;    /* open addressing: half a hash, number + 1; 0: free */
    size_t slots_count; /* a power of two */
};

#define INTERN_EMPTY ((struct intern){ .ends = NULL })

/* The number of `key`, which is new if it equals the count before. */
uint32_t intern_add(struct intern *intern, struct text key);

/* The number of `key`, or INTERN_NONE. */
uint32_t intern_find(const struct intern *intern, struct text key);

/* How many there are; numbers are below it. */
uint32_t intern_count(const struct intern *intern);

/* The bytes of a number, valid until the next intern_add. */
struct text intern_text(const struct intern *intern, uint32_t number);

/* The bytes of all, one behind the other; valid as those of one. */
struct text intern_all(const struct intern *intern);

/* Add all of another one, in the order of their bytes. */
void intern_add_sorted(struct intern *to, const struct intern *from);

/* Give the memory back; it is empty again. */
void intern_release(struct intern *intern);

#endif

/*
 * What the rest of a file has to say where a source is but a part of it
 * (condense.h), and what else it was asked: names, of which the rest may have
 * to be looked at, too.
 */
#ifndef TMPGUARD_CORE_SLICE_ELSEWHERE_H
#define TMPGUARD_CORE_SLICE_ELSEWHERE_H

#include "core/base/intern.h"
#include "core/slice/chunk.h"

struct elsewhere {
    uint8_t targets;     /* that the file can mean: see part_targets */
    bool reads;          /* something is read by its name in a string, */
    bool names_target;   /* which may be one of a target */
    bool alone;          /* what other files may give does not matter */
    struct intern asked; /* see elsewhere_ask */
};

#define ELSEWHERE_EMPTY ((struct elsewhere){ .targets = 0 })

/* Note that it was asked for a name; nothing if `elsewhere` is NULL. */
void elsewhere_ask(struct elsewhere *elsewhere, enum chunk_ask ask,
                   struct text name);

/* The name that question `number` of those asked is about, and the ask. */
struct text elsewhere_asked(const struct intern *asked, uint32_t number,
                            enum chunk_ask *ask);

/* Give the memory back; releasing twice is fine. */
void elsewhere_release(struct elsewhere *elsewhere);

#endif

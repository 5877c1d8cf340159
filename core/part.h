/*
 * Names that strings make up: as a whole, or by being joined.
 */
#ifndef TMPGUARD_CORE_PART_H
#define TMPGUARD_CORE_PART_H

#include "core/source.h"

/* Longer names are taken for made up. */
#define PART_NAME_MAX 63

/* Where parts that start at a place of the name end: a bit each. Start from
   PART_NAME(text). */
struct part_name {
    struct text name;
    uint64_t ends[PART_NAME_MAX];
};

#define PART_NAME(text) ((struct part_name){ .name = (text) })

/* There is a string literal with that between its quotes. */
void part_add(struct part_name *name, struct text content, bool raw);

/* Do the strings so far make up the name? Errs on the side of yes. */
bool part_made_up(const struct part_name *name);

/* Do the string literals of a source make up the name? */
bool part_in_source(const struct source *source, struct text name);

/* May they make up the name of a target's member that is not written out? */
bool part_spells_member(const struct source *source);

/* Does one literal say it, or several side by side? */
bool part_is_literal(const struct source *source, struct text name);

/* The targets that the file can mean, by a member's name that is in it or that
   it spells: 1 << enum target for each. */
uint8_t part_targets(const struct source *source);

#endif

/*
 * Names that strings make up: as a whole, or by being joined.
 */
#ifndef TMPGUARD_CORE_SOURCE_PART_H
#define TMPGUARD_CORE_SOURCE_PART_H

#include "core/rule/rule.h"
#include "core/source/source.h"

/* Longer names are taken for made up. */
#define PART_NAME_MAX 63

/* Where parts that start at a place of the name end: a bit each. Start from
   PART_NAME(text). */
struct part_name {
    struct text name;
    uint64_t ends[PART_NAME_MAX];
};

#define PART_NAME(text) ((struct part_name){ .name = (text) })

/* The character of the escape in a literal whose kind, behind the backslash, is
   text[*at], which goes behind it: 0 for a line end, '?' for none of a name. */
char part_escape(struct text text, size_t *at);

/* There is a string literal with that between its quotes. */
void part_add(struct part_name *name, struct text content, bool raw);

/* May the literal be a part of a name? */
bool part_counts(const struct source *source, const struct string *string);

/* Do the strings so far make up the name? Errs on the side of yes. */
bool part_made_up(const struct part_name *name);

/* Do the string literals of a source make up the name? */
bool part_in_source(const struct source *source, struct text name);

/* May they make up the name of a target's member that is not written out? */
bool part_spells_member(const struct source *source);
/* Is one of the literals from `first` up to `after` a part of it at all? */
bool part_may_spell(const struct source *source, size_t first, size_t after);

/* What is between the quotes of a literal. */
struct text part_content(const struct source *source,
                         const struct string *string);

/* Are there blanks and a prefix at most between it and the one before? */
bool part_is_beside(const struct source *source, const struct string *string);

/* Does one literal say it, or several side by side? */
bool part_is_literal(const struct source *source, struct text name);

/* The targets that the file can mean, by a member's name that is in it or that
   it spells: 1 << enum target for each. */
uint8_t part_targets(const struct source *source);
/* Those whose member's name is in it; and all of them. */
uint8_t part_written_targets(struct text text);
#define PART_TARGETS ((uint8_t)((1U << TARGET_COUNT) - 1))

#endif

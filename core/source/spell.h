/*
 * Words that a file spells in string literals without holding them in one
 * piece: getattr(tempfile, "mk" "temp"), "\x6dktemp", a literal that goes on
 * behind a backslash-newline.
 */
#ifndef TMPGUARD_CORE_SOURCE_SPELL_H
#define TMPGUARD_CORE_SOURCE_SPELL_H

#include <stdint.h>

#include "core/base/text.h"
#include "core/rule/rule.h"

/* The longest name of a target's member. */
#define SPELL_NAME_MAX 7

/* For each place in a name, the places where a part that starts there ends: a
   bit each. Start from all zeroes. */
struct spell_parts {
    uint8_t ends[TARGET_COUNT][SPELL_NAME_MAX + 1];
};

/*
 * Could the string literals of the file be joined to the name of a target's
 * member? Looks at whole literals whose text, escapes read, is a part of a
 * name, and at whether such parts make up a name; where they stand does not
 * matter, so it errs on the side of yes. But a single letter counts only if it
 * is joined to something, or a name is bound to it. Linear in the size.
 */
bool spell_joins(struct text bytes);

/* The same in two steps: the parts that each part of a file spells, cut at line
   ends that no backslash hides; then whether all of them make up a name. */
void spell_collect(struct spell_parts *parts, struct text bytes);
bool spell_parts_join(const struct spell_parts *parts);

/*
 * Does the file mention what reads a member by a name in a string: getattr,
 * vars, __dict__ and the like, and a module to read it from: a target's by its
 * name, or by what imports one by a name in a string? In whatever letters.
 * Nothing else makes use of a name that is put together.
 */
bool spell_is_read(struct text bytes);

/*
 * Is a literal that ends at the quote bytes[at] the last part of a member's
 * name, written without escapes? Without such a one and without an escape
 * (spell_is_escape) spell_joins need not be asked.
 */
bool spell_ends_part(struct text bytes, size_t at);

/*
 * May a literal of one letter, whose quote is bytes[at], be joined to others?
 * If not it is no part of a name: a file of formulas has all letters.
 */
bool spell_may_be_joined(struct text bytes, size_t at);

/*
 * Does the backslash at bytes[at] begin an escape for a letter that a
 * member's name could hold, or a line end in the middle of a name?
 */
bool spell_is_escape(struct text bytes, size_t at);

#endif

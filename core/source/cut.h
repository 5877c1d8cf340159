/*
 * Where a file may be cut between two statements, told by the bytes of two
 * lines alone: wherever a line starts with a name in its first column and
 * goes on with nothing. Whether it is a statement that starts there, a lexer
 * has to say: the line may be one of a string.
 */
#ifndef TMPGUARD_CORE_SOURCE_CUT_H
#define TMPGUARD_CORE_SOURCE_CUT_H

#include "core/base/text.h"

/* Does such a line start at `at`, which is not 0? */
bool cut_is_line(struct text text, size_t at);

/* The first such line that starts behind `from`, or text.size. */
size_t cut_next(struct text text, size_t from);

/*
 * Where to cut in front of such a line: before a comment on the line above,
 * which is about it, if there is one at `from` or behind it.
 */
size_t cut_before(struct text text, size_t from, size_t line);

#endif

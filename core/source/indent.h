/*
 * Indentation: the columns that lines start in, and how deep they nest.
 *
 * CPython and the grammar count differently: a tab goes to the next multiple
 * of eight there and is always eight here; control characters and the ends of
 * joined lines are none there and break a line here. What is before the first
 * character of a logical line is therefore written anew where they disagree.
 */
#ifndef TMPGUARD_CORE_SOURCE_INDENT_H
#define TMPGUARD_CORE_SOURCE_INDENT_H

#include <stddef.h>
#include <stdint.h>

#include "core/source/source.h"

/* The blanks before a logical line. */
struct indent_blanks {
    size_t size;     /* in bytes, joined lines and all */
    uint32_t column; /* from 0, as CPython counts */
    bool plain;      /* no more than tabs and then spaces */
};

/* Measure the blanks at `code`, which is followed by a NUL byte. */
struct indent_blanks indent_measure(const char *code);

/* Write them again, as long as they were, so that the grammar agrees. */
void indent_rewrite(char *code, const struct indent_blanks *blanks);

/* The columns of the blocks around a line; start from all zeroes. */
struct indent {
    uint32_t columns[SOURCE_INDENT_MAX];
    uint32_t count;
};

/* A logical line starts in `column`. False: that nests too deep. */
bool indent_line(struct indent *indent, uint32_t column);

/*
 * Do the lines of a finished source start in more than
 * SOURCE_INDENTATIONS_MAX different columns, the way the grammar counts them
 * when it is lost?
 */
bool indent_is_wild(const struct source *source);

/*
 * The same of a file whose parts are looked at one by one, which errs on the
 * side of yes. Start from all zeroes: columns below 256, each a bit, and how
 * many others there are.
 */
struct indent_columns {
    unsigned char near[32];
    uint32_t far;
};

void indent_add_columns(struct indent_columns *to, const struct source *source);
void indent_join_columns(struct indent_columns *to,
                         const struct indent_columns *from);
bool indent_may_be_wild(const struct indent_columns *columns);

#endif

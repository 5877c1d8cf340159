/*
 * The one way to a terminal for bytes that others wrote: paths, source,
 * revisions, messages of git. What a terminal would obey is shown as \x1b or
 * \u202e instead.
 */
#ifndef TMPGUARD_CMD_TERMINAL_TERMINAL_H
#define TMPGUARD_CMD_TERMINAL_TERMINAL_H

#include <stdbool.h>

#include "cmd/base/options.h"
#include "core/base/buffer.h"
#include "core/base/text.h"

/* Source lines and messages are cut at this many columns. */
#define TERMINAL_WIDTH_MAX 200

/* Append the text without a control character, line ends included. */
void terminal_escape(struct buffer *out, struct text text);

/*
 * Append the one character at *at as terminal_escape does, and move *at behind
 * it. A byte that is not UTF-8 is a character. Returns the columns it takes.
 */
unsigned terminal_character(struct buffer *out, struct text text, size_t *at);

/*
 * Append what fits into `width` columns, at least 1, as terminal_escape does;
 * where that is not all, it ends with "…". Returns the columns it takes.
 */
unsigned terminal_escape_cut(struct buffer *out, struct text text,
                             unsigned width);

/* Is the descriptor a terminal? */
bool terminal_is(int descriptor);

/* Its columns, at most TERMINAL_WIDTH_MAX, which is the answer for a file. */
unsigned terminal_width(int descriptor);

/* The same of a terminal that says it has so many. */
unsigned terminal_width_of(unsigned columns);

/* May a terminal be coloured, by NO_COLOR and TERM? */
bool terminal_wants_color(void);

/* --color, NO_COLOR and TERM=dumb together, for what goes to `descriptor`. */
bool terminal_colors(enum color_when when, int descriptor);

/* Is it one that makes links (links.h)? */
bool terminal_links(int descriptor);

#define STYLE_ERROR   "\033[1;31m"
#define STYLE_STRONG  "\033[1m"
#define STYLE_DIM     "\033[2m"
#define STYLE_ADDED   "\033[32m"
#define STYLE_REMOVED "\033[31m"
#define STYLE_END     "\033[0m"

/* Append `string`, our own words, in a style if `color`. */
void terminal_styled(struct buffer *out, bool color, const char *style,
                     const char *string);

#endif

/*
 * String literals, one at a time: what starts one and where it ends. The code
 * ends with a NUL byte, the only one.
 */
#ifndef TMPGUARD_CORE_SOURCE_QUOTE_H
#define TMPGUARD_CORE_SOURCE_QUOTE_H

#include <stdbool.h>
#include <stdint.h>

struct quote {
    char byte; /* ' or " */
    bool triple;
    bool raw;       /* r'' */
    bool formatted; /* f'' and t'': {} holds code */
};

/* The literal whose first quote is code[at]; its prefix stands before. */
struct quote quote_read(const char *code, uint32_t at);

/* How many quotes start it, and end it: 1 or 3. */
uint32_t quote_width(struct quote quote);

/* Do the quotes at code[at] end it? */
bool quote_ends(struct quote quote, const char *code, uint32_t at);

/*
 * From inside a literal that is not formatted to its closing quotes, or where
 * it ends without: the line's end, if it is not triple, or the NUL byte.
 */
uint32_t quote_find_end(struct quote quote, const char *code, uint32_t at);

/* The next byte that may matter: quote, backslash, brace, LF or NUL. */
uint32_t quote_find_stop(const char *code, uint32_t at);

/* From a backslash to behind the character, or the line end, it escapes. */
uint32_t quote_skip_escape(const char *code, uint32_t at);

/* The same in a formatted literal, where \N{...} is an escape and \{ none. */
uint32_t quote_skip_formatted_escape(struct quote quote, const char *code,
                                     uint32_t at);

#endif

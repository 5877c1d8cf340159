/*
 * One Python file made ready for the parser: decoded, comments set apart,
 * limits checked. Offsets are bytes of `text` and hold in `code` too.
 *
 * A line ends with LF, CRLF or a lone CR (the Python language
 * reference, 2.1.2).
 */
#ifndef TMPGUARD_CORE_SOURCE_H
#define TMPGUARD_CORE_SOURCE_H

#include <stdint.h>

#include "core/error.h"
#include "core/finding.h"
#include "core/text.h"

/* Deeper nesting is incomplete: CPython's own limits. */
#define SOURCE_INDENT_MAX  100
#define SOURCE_BRACKET_MAX 200

/* From '#' up to, not including, the line end; never inside a string. */
struct comment {
    uint32_t start, end;
};

struct source {
    /* The blob's bytes; for UTF-16 and UTF-32 their UTF-8 form. */
    struct text text;
    /* Columns count bytes (latin-1 and the like), not UTF-8 code points. */
    bool single_byte;
    /*
     * As long as text: comments and backslash-newlines are blank, a lone CR
     * is LF. Several constructs are quadratic in the grammar without this.
     */
    char *code;
    struct comment *comments;
    size_t comments_count, comments_room;
    uint32_t *lines; /* where each line starts; the first at the text's start */
    size_t lines_count, lines_room;
    char *decoded; /* owns text.bytes if the file was not one byte a unit */
};

/*
 * Make *source from a file's bytes, which must outlive it.
 * Returns 0, or -1 with ERROR_LIMIT if it nests too deep.
 */
int source_open(struct source *source, struct text bytes, struct error *err);

/* Line and column of a byte offset. A byte order mark is no column. */
struct position source_position(const struct source *source, uint32_t offset);

/* Give the memory back; closing twice is fine. */
void source_close(struct source *source);

#endif

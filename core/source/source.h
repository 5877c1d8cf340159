/*
 * One Python file made ready for the parser: decoded, comments set apart,
 * limits checked. Offsets are bytes of `text` and hold in `code` too.
 *
 * A line ends with LF, CRLF or a lone CR (the Python language
 * reference, 2.1.2).
 */
#ifndef TMPGUARD_CORE_SOURCE_SOURCE_H
#define TMPGUARD_CORE_SOURCE_SOURCE_H

#include <stdint.h>

#include "core/base/error.h"
#include "core/base/intern.h"
#include "core/base/text.h"
#include "core/rule/finding.h"
#include "core/source/decode.h"

/* Deeper nesting is incomplete: CPython's own limits. */
#define SOURCE_INDENT_MAX  100
#define SOURCE_BRACKET_MAX 200
/*
 * More columns that lines start in, brackets and strings or not, are
 * incomplete, too: lost in a broken file the grammar may take any of them for
 * a block, and more than 380 would write out of its state's bounds.
 */
#define SOURCE_INDENTATIONS_MAX 300

/* From '#' up to, not including, the line end; never inside a string. */
struct comment {
    uint32_t start, end;
};

/* From a literal's first quote to behind its last one, without the prefix. */
struct string {
    uint32_t start, end;
};

/* A logical line: its first character, and the column where that stands; behind
   its last one that is not blank; the first string that is in it or behind. */
struct logical {
    uint32_t start, column, end, string;
};

/* `characters` characters of the text start before `at`, where one starts. */
struct mark {
    uint32_t at, characters;
};

struct source {
    /* The blob's bytes; for UTF-16 and UTF-32 their UTF-8, without the mark. */
    struct text text;
    uint32_t unit; /* bytes of a code unit of the blob: 1, 2 or 4 */
    /* The bytes are not UTF-8: latin-1 and the like, where columns count
     * bytes, and those of two bytes, where they count characters. */
    bool single_byte;
    enum leads leads;
    struct text encoding; /* as it is declared, or empty */
    struct intern
        foreign; /* names in code that are others in text: foreign.h */
    /*
     * As long as text, with a NUL behind it: what the grammar can parse fast.
     * Comments and backslash-newlines are blank and so are control characters
     * outside of strings; a lone CR is LF; Python 2's `x` is (x) and its <> is
     * != there. The blanks before a line may be others of the same width. The
     * second byte of a pair is an underscore if it could be taken for ASCII.
     * Several constructs are quadratic in the grammar without this.
     */
    char *code;
    struct comment *comments;
    size_t comments_count, comments_room;
    /* Sorted, disjoint; a formatted string is one with all that is in it. */
    struct string *strings;
    size_t strings_count, strings_room;
    struct logical *logicals; /* but for those with nothing on them */
    size_t logicals_count, logicals_room;
    /* Brackets or strings without their other half, or blanks that are neither
     * tabs nor spaces before a line: its logical lines are not sure. */
    bool is_odd;
    uint32_t *lines; /* where each line starts; the first at the text's start */
    size_t lines_count, lines_room;
    struct mark *marks; /* one every few bytes; NULL if columns are bytes */
    size_t marks_count, marks_room;
    char *decoded; /* owns text.bytes if the file was not one byte a unit */
};

/*
 * Make *source from a file's bytes, which must outlive it.
 * Returns 0, or -1 with ERROR_LIMIT and a closed source if it nests too deep,
 * or if its encoding hides what it says (foreign.h).
 */
int source_open(struct source *source, struct text bytes, struct error *err);

/* The same of bytes whose encoding is known otherwise: a part of a file. */
int source_open_as(struct source *source, struct text bytes,
                   struct encoding encoding, struct error *err);

/* Line and column of a byte offset. A byte order mark is no column. */
struct position source_position(const struct source *source, uint32_t offset);

/* How many bytes of the blob text[from, to) stands for. */
uint32_t source_blob_size(const struct source *source, uint32_t from,
                          uint32_t to);

/* Give the memory back; closing twice is fine. */
void source_close(struct source *source);

#endif

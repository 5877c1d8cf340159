#include "core/source/source.h"

#include <stdlib.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "core/source/decode.h"
#include "core/source/foreign.h"
#include "core/source/indent.h"
#include "core/source/lexer.h"

/* Bytes between two marks: what source_position looks at, at most. */
#define MARK_DISTANCE 512

/*
 * Make each line end with LF or CRLF and note where the next one starts, and
 * keep NUL bytes for the end. Returns whether all bytes are ASCII.
 */
static bool split_lines(struct source *source)
{
    char *code = source->code;
    unsigned char all = 0;

    *ARRAY_PUSH(source->lines) = 0;
    for (uint32_t at = 0; at < source->text.size; at++) {
        unsigned char byte = (unsigned char)code[at];

        all |= byte;
        if (byte > '\r')
            continue;
        if (byte == '\0')
            code[at] = '\x01';
        if (byte == '\r' && code[at + 1] != '\n')
            code[at] = '\n';
        if (code[at] == '\n')
            *ARRAY_PUSH(source->lines) = at + 1;
    }
    return all < 0x80;
}

/* The second byte of a pair may be a backslash to whom reads byte by byte. */
static void hide_trails(struct source *source)
{
    for (size_t at = 0; at < source->text.size; at++)
        if (decode_pair(source->text, at, source->leads) == 2 &&
            (unsigned char)source->code[++at] < 0x80)
            source->code[at] = '_';
}

static uint32_t step(const struct source *source, uint32_t at)
{
    return (uint32_t)(source->leads == LEADS_NONE
                          ? decode_step(source->text, at)
                          : decode_pair(source->text, at, source->leads));
}

static void set_marks(struct source *source)
{
    uint32_t at = 0, characters = 0, next = 0;

    for (; at < source->text.size; characters++) {
        if (at >= next) {
            *ARRAY_PUSH(source->marks) = (struct mark){ at, characters };
            next += MARK_DISTANCE;
        }
        at += step(source, at);
    }
}

static int fill(struct source *source, const char *letters, struct error *err)
{
    bool ascii = split_lines(source);

    if (source->leads != LEADS_NONE)
        hide_trails(source);
    if (!ascii && (!source->single_byte || source->leads != LEADS_NONE))
        set_marks(source);
    if (lexer_run(source, err) < 0)
        return -1;
    if (!ascii && source->single_byte && !foreign_read(source, letters))
        return foreign_name(source, err);
    if (indent_is_wild(source))
        return error_set(err, ERROR_LIMIT,
                         "lines start in more than %d different columns",
                         SOURCE_INDENTATIONS_MAX);
    return 0;
}

int source_open(struct source *source, struct text bytes, struct error *err)
{
    return source_open_as(source, bytes, decode_encoding(bytes), err);
}

int source_open_as(struct source *source, struct text bytes,
                   struct encoding encoding, struct error *err)
{
    *source = (struct source){ .text = bytes,
                               .unit = encoding.unit,
                               .single_byte = encoding.single_byte,
                               .leads = encoding.leads,
                               .encoding = encoding.name };
    if (codec_hides(encoding.hides, bytes)) {
        foreign_codec(source, err);
        source_close(source);
        return -1;
    }
    if (encoding.unit > 1) {
        source->decoded = decode_to_utf8(bytes, encoding, &source->text.size);
        source->text.bytes = source->decoded;
    }
    source->code = memory_copy(source->text.bytes, source->text.size);
    if (fill(source, encoding.letters, err) == 0)
        return 0;
    source_close(source);
    return -1;
}

/* The last line that starts at or before the offset, from 0. */
static size_t line_of(const struct source *source, uint32_t offset)
{
    struct bound found = bound_in(0, source->lines_count);

    while (bound_open(&found))
        bound_step(&found, source->lines[found.middle] <= offset);
    return bound_before(&found);
}

/* How many characters of the text start before the offset. */
static uint32_t characters_before(const struct source *source, uint32_t offset)
{
    size_t block = offset / MARK_DISTANCE;
    struct mark mark;

    if (source->marks_count == 0)
        return offset;
    if (block >= source->marks_count)
        block = source->marks_count - 1;
    /* A character may begin before its block. */
    if (block > 0 && source->marks[block].at > offset)
        block--;
    for (mark = source->marks[block]; mark.at < offset; mark.characters++)
        mark.at += step(source, mark.at);
    return mark.characters;
}

struct position source_position(const struct source *source, uint32_t offset)
{
    size_t line = line_of(source, offset);
    uint32_t start = source->lines[line];

    if (line == 0 && text_starts_with(source->text, DECODE_MARK))
        start = (uint32_t)DECODE_MARK.size;
    if (offset < start)
        offset = start;
    return (struct position){ (uint32_t)line + 1,
                              characters_before(source, offset) -
                                  characters_before(source, start) + 1 };
}

uint32_t source_blob_size(const struct source *source, uint32_t from,
                          uint32_t to)
{
    uint32_t units = 0;

    if (source->unit == 1)
        return to - from;
    for (; from < to; from++) {
        unsigned char byte = (unsigned char)source->text.bytes[from];

        if ((byte & 0xc0) != 0x80)
            units += byte >= 0xf0 && source->unit == 2 ? 2 : 1;
    }
    return units * source->unit;
}

void source_close(struct source *source)
{
    intern_release(&source->foreign);
    free(source->code);
    free(source->comments);
    free(source->strings);
    free(source->logicals);
    free(source->lines);
    free(source->marks);
    free(source->decoded);
    *source = (struct source){ .text = TEXT_EMPTY };
}

#include "cmd/lsp/lsp_text.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/terminal/utf8.h"
#include "core/base/bound.h"
#include "core/base/memory.h"

/* Where the line that starts at `at` ends, and the next one starts. */
static size_t line_end(struct text text, size_t at)
{
    while (at < text.size && text.bytes[at] != '\n' && text.bytes[at] != '\r')
        at++;
    return at;
}

static size_t line_after(struct text text, size_t end)
{
    if (end < text.size && text.bytes[end] == '\r' && end + 1 < text.size &&
        text.bytes[end + 1] == '\n')
        end++;
    return end + 1;
}

void lsp_lines_find(struct lsp_lines *lines, struct text text)
{
    size_t at = 0, end;

    lines->starts_count = 0;
    do {
        *ARRAY_PUSH(lines->starts) = (uint32_t)at;
        end = line_end(text, at);
        at = line_after(text, end);
    } while (end < text.size);
}

void lsp_lines_release(struct lsp_lines *lines)
{
    free(lines->starts);
    *lines = LSP_LINES_EMPTY;
}

static uint32_t units_of(struct code_point point, enum lsp_encoding encoding)
{
    if (encoding == LSP_UTF8)
        return (uint32_t)point.size;
    return point.value > 0xffff ? 2 : 1;
}

/* The number of the line that holds the byte. */
static size_t line_of(const struct lsp_lines *lines, size_t offset)
{
    struct bound found = bound_in(0, lines->starts_count);

    while (bound_open(&found))
        bound_step(&found, lines->starts[found.middle] <= offset);
    return bound_before(&found);
}

struct lsp_place lsp_text_place(struct text text, const struct lsp_lines *lines,
                                enum lsp_encoding encoding, size_t offset)
{
    size_t line = line_of(lines, offset), at = lines->starts[line];
    struct lsp_place place = { (uint32_t)line, 0 };

    while (at < offset && at < text.size) {
        struct code_point point = utf8_next(text, at);

        place.character += units_of(point, encoding);
        at += point.size;
    }
    return place;
}

size_t lsp_text_offset(struct text text, enum lsp_encoding encoding,
                       struct lsp_place place)
{
    size_t at = 0, end = line_end(text, 0);

    for (uint32_t line = 0; line < place.line; line++) {
        if (end >= text.size)
            return text.size;
        at = line_after(text, end);
        end = line_end(text, at);
    }
    for (uint32_t left = place.character; at < end;) {
        struct code_point point = utf8_next(text, at);
        uint32_t units = units_of(point, encoding);

        if (units > left)
            break;
        left -= units;
        at += point.size;
    }
    return at;
}

bool lsp_text_replace(struct buffer *text, enum lsp_encoding encoding,
                      const struct lsp_range *range, struct text with)
{
    struct text before = buffer_view(text);
    size_t start = lsp_text_offset(before, encoding, range->start);
    size_t end = lsp_text_offset(before, encoding, range->end);
    size_t rest = before.size - end;

    if (end < start)
        return false;
    if (with.size > end - start)
        buffer_extend(text, with.size - (end - start));
    /* Without bytes there may be no memory, either. */
    if (rest)
        memmove(text->bytes + start + with.size, text->bytes + end, rest);
    if (with.size)
        memcpy(text->bytes + start, with.bytes, with.size);
    text->size = start + with.size + rest;
    if (text->bytes)
        text->bytes[text->size] = '\0';
    return true;
}

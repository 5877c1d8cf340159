#include "cmd/terminal/prose.h"

#include <string.h>

#include "cmd/terminal/utf8.h"

static unsigned columns_of(struct text text)
{
    unsigned columns = 0;

    for (size_t at = 0; at < text.size;) {
        struct code_point point = utf8_next(text, at);

        columns += utf8_width(point.value);
        at += point.size;
    }
    return columns;
}

static void new_line(struct buffer *out, unsigned indent)
{
    buffer_byte(out, '\n');
    memset(buffer_extend(out, indent), ' ', indent);
}

void prose_append(struct buffer *out, const char *first, const char *words,
                  unsigned width)
{
    struct text rest = text_of(words);
    unsigned indent = columns_of(text_of(first)), column = indent;

    buffer_string(out, first);
    while (rest.size > 0) {
        size_t end = text_find(rest, ' ', 0);
        struct text word = text_slice(rest, 0, end);
        unsigned size = columns_of(word);

        if (column > indent && column + 1 + size > width) {
            new_line(out, indent);
            column = indent;
        } else if (column > indent) {
            buffer_byte(out, ' ');
            column++;
        }
        buffer_text(out, word);
        column += size;
        rest = text_slice(rest, end < rest.size ? end + 1 : end, rest.size);
    }
    buffer_byte(out, '\n');
}

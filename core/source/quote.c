#include "core/source/quote.h"

#include <string.h>

#include "core/base/text.h"

static const unsigned char stops[256] = {
    [0] = 1,    ['\n'] = 1, ['"'] = 1, ['\''] = 1,
    ['\\'] = 1, ['{'] = 1,  ['}'] = 1,
};

static bool is_prefix(char byte)
{
    return byte && strchr("rRbBuUfFtT", byte);
}

struct quote quote_read(const char *code, uint32_t at)
{
    char byte = code[at];
    struct quote quote = { .byte = byte };
    uint32_t start = at;

    quote.triple = code[at + 1] == byte && code[at + 2] == byte;
    while (start > 0 && is_prefix(code[start - 1]))
        start--;
    if (start > 0 && text_is_word(code[start - 1]))
        return quote;
    for (; start < at; start++) {
        char letter = code[start] | 0x20;

        quote.raw = quote.raw || letter == 'r';
        quote.formatted = quote.formatted || letter == 'f' || letter == 't';
    }
    return quote;
}

uint32_t quote_width(struct quote quote)
{
    return quote.triple ? 3 : 1;
}

bool quote_ends(struct quote quote, const char *code, uint32_t at)
{
    return code[at] == quote.byte &&
           (!quote.triple ||
            (code[at + 1] == quote.byte && code[at + 2] == quote.byte));
}

uint32_t quote_find_end(struct quote quote, const char *code, uint32_t at)
{
    for (;;) {
        at = quote_find_stop(code, at);
        if (code[at] == '\0' || (code[at] == '\n' && !quote.triple) ||
            quote_ends(quote, code, at))
            return at;
        at = code[at] == '\\' ? quote_skip_escape(code, at) : at + 1;
    }
}

uint32_t quote_find_stop(const char *code, uint32_t at)
{
    while (!stops[(unsigned char)code[at]])
        at++;
    return at;
}

uint32_t quote_skip_escape(const char *code, uint32_t at)
{
    if (code[at + 1] == '\0')
        return at + 1;
    return at + (code[at + 1] == '\r' && code[at + 2] == '\n' ? 3 : 2);
}

uint32_t quote_skip_formatted_escape(struct quote quote, const char *code,
                                     uint32_t at)
{
    if (code[at + 1] == '{' || code[at + 1] == '}')
        return at + 1;
    if (quote.raw || code[at + 1] != 'N' || code[at + 2] != '{')
        return quote_skip_escape(code, at);
    for (at += 3; text_is_word(code[at]) || code[at] == ' ' || code[at] == '-';)
        at++;
    return code[at] == '}' ? at + 1 : at;
}

#include "core/cut.h"

#include <string.h>

/* A name's first letter in ASCII, or a decorator's. */
static bool starts_name(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '_' || byte == '@';
}

/* Is the line end before `at` hidden by a backslash? */
static bool is_joined(struct text text, size_t at)
{
    size_t end = at - 1;

    if (end > 0 && text.bytes[end - 1] == '\r')
        end--;
    return end > 0 && text.bytes[end - 1] == '\\';
}

/* Does a word stand there that goes on with a statement? */
static bool goes_on(struct text text, size_t at)
{
    static const struct text words[] = {
        { "else", 4 }, { "elif", 4 }, { "except", 6 }, { "finally", 7 }
    };
    struct text rest = text_slice(text, at, text.size);

    if (rest.bytes[0] != 'e' && rest.bytes[0] != 'f')
        return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (text_starts_with(rest, words[i]) &&
            (rest.size == words[i].size ||
             !text_is_word(rest.bytes[words[i].size])))
            return true;
    return false;
}

bool cut_is_line(struct text text, size_t at)
{
    return text.bytes[at - 1] == '\n' && starts_name(text.bytes[at]) &&
           !is_joined(text, at) && !goes_on(text, at);
}

size_t cut_next(struct text text, size_t from)
{
    const char *bytes = text.bytes, *end = bytes + text.size;
    const char *at = bytes + from;

    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
        at++;
        if (at < end && cut_is_line(text, (size_t)(at - bytes)))
            return (size_t)(at - bytes);
    }
    return text.size;
}

size_t cut_before(struct text text, size_t from, size_t line)
{
    size_t start = line - 1, at;

    while (start > from && text.bytes[start - 1] != '\n')
        start--;
    if (start > 0 && (text.bytes[start - 1] != '\n' || is_joined(text, start)))
        return line;
    for (at = start; text.bytes[at] == ' ' || text.bytes[at] == '\t';)
        at++;
    return text.bytes[at] == '#' ? start : line;
}

#include "core/base/text.h"

#include <string.h>

struct text text_of(const char *string)
{
    return (struct text){ string, strlen(string) };
}

bool text_equal(struct text a, struct text b)
{
    return a.size == b.size &&
           (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

int text_compare(struct text a, struct text b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.bytes, b.bytes, common) : 0;

    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool text_starts_with(struct text text, struct text prefix)
{
    return text.size >= prefix.size &&
           text_equal(text_slice(text, 0, prefix.size), prefix);
}

bool text_is_ascii(struct text text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.bytes[i] >= 0x80)
            return false;
    return true;
}

bool text_ends_with(struct text text, struct text suffix)
{
    return text.size >= suffix.size &&
           text_equal(text_slice(text, text.size - suffix.size, text.size),
                      suffix);
}

struct text text_slice(struct text text, size_t from, size_t to)
{
    /* C has no NULL + 0. */
    return (struct text){ from ? text.bytes + from : text.bytes, to - from };
}

size_t text_find(struct text text, char byte, size_t from)
{
    const char *found = NULL;

    if (from < text.size)
        found = memchr(text.bytes + from, byte, text.size - from);
    return found ? (size_t)(found - text.bytes) : text.size;
}

struct text text_folder(struct text path)
{
    size_t end = path.size;

    while (end > 0 && path.bytes[end - 1] != '/')
        end--;
    return text_slice(path, 0, end > 0 ? end - 1 : 0);
}

bool text_is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' ||
           (unsigned char)byte >= 0x80;
}

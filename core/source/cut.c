#include "core/source/cut.h"

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

/* The first one that starts behind `from` and before `to`, or `to`. */
static size_t find_line(struct text text, size_t from, size_t to)
{
    for (; from + 1 < to; from++)
        if (text.bytes[from] == '\n' && cut_is_line(text, from + 1))
            return from + 1;
    return to;
}

#if defined(__SSE2__)
#include <emmintrin.h>

#define LANES 16

/* Line ends that a letter, or something near it, stands behind. */
static unsigned look_at(const char *bytes)
{
    __m128i byte = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 1));
    __m128i ends = _mm_cmpeq_epi8(byte, _mm_set1_epi8('\n'));
    __m128i letters = _mm_cmpgt_epi8(next, _mm_set1_epi8('@' - 1));

    return (unsigned)_mm_movemask_epi8(_mm_and_si128(ends, letters));
}

size_t cut_next(struct text text, size_t from)
{
    for (; from + LANES < text.size; from += LANES)
        for (unsigned found = look_at(text.bytes + from); found;
             found &= found - 1) {
            size_t at = from + (size_t)__builtin_ctz(found) + 1;

            if (cut_is_line(text, at))
                return at;
        }
    return find_line(text, from, text.size);
}
#else
size_t cut_next(struct text text, size_t from)
{
    return find_line(text, from, text.size);
}
#endif

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

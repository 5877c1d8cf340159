#include "hooks/system/needle.h"

#include <stdint.h>
#include <string.h>

#include "core/source/lanes.h"

/*
 * Places where the word's first and its last byte stand in the distance of its
 * size are found 32 at a time; there the bytes between are compared.
 */

size_t needle_find_portable(struct text text, size_t at, struct text word)
{
    const char *found;

    if (at >= text.size)
        return text.size;
    found = memmem(text.bytes + at, text.size - at, word.bytes, word.size);
    return found ? (size_t)(found - text.bytes) : text.size;
}

#if defined(__x86_64__)
/* Behind bytes[at]: a bit for each place where the word may stand. */
LANES_INLINE uint32_t places_at(struct text text, size_t at, struct text word,
                                uint32_t (*mask)(const lanes *))
{
    const unsigned char first = (unsigned char)word.bytes[0];
    const unsigned char last = (unsigned char)word.bytes[word.size - 1];
    lanes front, back;

    memcpy(&front, text.bytes + at, LANES);
    memcpy(&back, text.bytes + at + word.size - 1, LANES);
    front = (lanes)(front == first) & (lanes)(back == last);
    return mask(&front);
}

LANES_INLINE size_t first_of(struct text text, size_t at, struct text word,
                             uint32_t places)
{
    for (; places; places &= places - 1) {
        size_t place = at + (size_t)__builtin_ctz(places);

        if (memcmp(text.bytes + place, word.bytes, word.size) == 0)
            return place;
    }
    return text.size;
}

LANES_INLINE size_t find(struct text text, size_t at, struct text word,
                         uint32_t (*mask)(const lanes *))
{
    size_t span = LANES + word.size - 1, found, back;

    if (text.size < span)
        return needle_find_portable(text, at, word);
    for (; at + span <= text.size; at += LANES) {
        found = first_of(text, at, word, places_at(text, at, word, mask));
        if (found < text.size)
            return found;
    }
    /* The last places once more, without those that were tried. */
    back = at - (text.size - span);
    if (back >= LANES)
        return text.size;
    at = text.size - span;
    return first_of(text, at, word,
                    places_at(text, at, word, mask) >> back << back);
}

__attribute__((target("avx2"))) static size_t
find_avx2(struct text text, size_t at, struct text word)
{
    return find(text, at, word, lanes_mask_avx2);
}

size_t needle_find(struct text text, size_t at, struct text word)
{
    return __builtin_cpu_supports("avx2")
               ? find_avx2(text, at, word)
               : find(text, at, word, lanes_mask_sse2);
}
#else
size_t needle_find(struct text text, size_t at, struct text word)
{
    return needle_find_portable(text, at, word);
}
#endif

#include "core/source/nfkc.h"

#include <stdint.h>
#include <string.h>

#include "core/base/bound.h"

/* Sorted by code point; made from the Unicode Character Database 14. */
static const struct {
    uint32_t code;
    char ascii[NFKC_EXPANSION_MAX + 1];
} letters[] = {
    { 0xaa, "a" },      { 0xba, "o" },     { 0x132, "IJ" },   { 0x133, "ij" },
    { 0x17f, "s" },     { 0x1c7, "LJ" },   { 0x1c8, "Lj" },   { 0x1c9, "lj" },
    { 0x1ca, "NJ" },    { 0x1cb, "Nj" },   { 0x1cc, "nj" },   { 0x1f1, "DZ" },
    { 0x1f2, "Dz" },    { 0x1f3, "dz" },   { 0x2b0, "h" },    { 0x2b2, "j" },
    { 0x2b3, "r" },     { 0x2b7, "w" },    { 0x2b8, "y" },    { 0x2e1, "l" },
    { 0x2e2, "s" },     { 0x2e3, "x" },    { 0x1d2c, "A" },   { 0x1d2e, "B" },
    { 0x1d30, "D" },    { 0x1d31, "E" },   { 0x1d33, "G" },   { 0x1d34, "H" },
    { 0x1d35, "I" },    { 0x1d36, "J" },   { 0x1d37, "K" },   { 0x1d38, "L" },
    { 0x1d39, "M" },    { 0x1d3a, "N" },   { 0x1d3c, "O" },   { 0x1d3e, "P" },
    { 0x1d3f, "R" },    { 0x1d40, "T" },   { 0x1d41, "U" },   { 0x1d42, "W" },
    { 0x1d43, "a" },    { 0x1d47, "b" },   { 0x1d48, "d" },   { 0x1d49, "e" },
    { 0x1d4d, "g" },    { 0x1d4f, "k" },   { 0x1d50, "m" },   { 0x1d52, "o" },
    { 0x1d56, "p" },    { 0x1d57, "t" },   { 0x1d58, "u" },   { 0x1d5b, "v" },
    { 0x1d62, "i" },    { 0x1d63, "r" },   { 0x1d64, "u" },   { 0x1d65, "v" },
    { 0x1d9c, "c" },    { 0x1da0, "f" },   { 0x1dbb, "z" },   { 0x2071, "i" },
    { 0x207f, "n" },    { 0x2090, "a" },   { 0x2091, "e" },   { 0x2092, "o" },
    { 0x2093, "x" },    { 0x2095, "h" },   { 0x2096, "k" },   { 0x2097, "l" },
    { 0x2098, "m" },    { 0x2099, "n" },   { 0x209a, "p" },   { 0x209b, "s" },
    { 0x209c, "t" },    { 0x2102, "C" },   { 0x210a, "g" },   { 0x210b, "H" },
    { 0x210c, "H" },    { 0x210d, "H" },   { 0x210e, "h" },   { 0x2110, "I" },
    { 0x2111, "I" },    { 0x2112, "L" },   { 0x2113, "l" },   { 0x2115, "N" },
    { 0x2119, "P" },    { 0x211a, "Q" },   { 0x211b, "R" },   { 0x211c, "R" },
    { 0x211d, "R" },    { 0x2124, "Z" },   { 0x2128, "Z" },   { 0x212a, "K" },
    { 0x212c, "B" },    { 0x212d, "C" },   { 0x212f, "e" },   { 0x2130, "E" },
    { 0x2131, "F" },    { 0x2133, "M" },   { 0x2134, "o" },   { 0x2139, "i" },
    { 0x2145, "D" },    { 0x2146, "d" },   { 0x2147, "e" },   { 0x2148, "i" },
    { 0x2149, "j" },    { 0x2160, "I" },   { 0x2161, "II" },  { 0x2162, "III" },
    { 0x2163, "IV" },   { 0x2164, "V" },   { 0x2165, "VI" },  { 0x2166, "VII" },
    { 0x2167, "VIII" }, { 0x2168, "IX" },  { 0x2169, "X" },   { 0x216a, "XI" },
    { 0x216b, "XII" },  { 0x216c, "L" },   { 0x216d, "C" },   { 0x216e, "D" },
    { 0x216f, "M" },    { 0x2170, "i" },   { 0x2171, "ii" },  { 0x2172, "iii" },
    { 0x2173, "iv" },   { 0x2174, "v" },   { 0x2175, "vi" },  { 0x2176, "vii" },
    { 0x2177, "viii" }, { 0x2178, "ix" },  { 0x2179, "x" },   { 0x217a, "xi" },
    { 0x217b, "xii" },  { 0x217c, "l" },   { 0x217d, "c" },   { 0x217e, "d" },
    { 0x217f, "m" },    { 0x2c7c, "j" },   { 0x2c7d, "V" },   { 0xa7f2, "C" },
    { 0xa7f3, "F" },    { 0xa7f4, "Q" },   { 0xfb00, "ff" },  { 0xfb01, "fi" },
    { 0xfb02, "fl" },   { 0xfb03, "ffi" }, { 0xfb04, "ffl" }, { 0xfb05, "st" },
    { 0xfb06, "st" },   { 0xfe33, "_" },   { 0xfe34, "_" },   { 0xfe4d, "_" },
    { 0xfe4e, "_" },    { 0xfe4f, "_" },   { 0x107a5, "q" },  { 0x1fbf0, "0" },
    { 0x1fbf1, "1" },   { 0x1fbf2, "2" },  { 0x1fbf3, "3" },  { 0x1fbf4, "4" },
    { 0x1fbf5, "5" },   { 0x1fbf6, "6" },  { 0x1fbf7, "7" },  { 0x1fbf8, "8" },
    { 0x1fbf9, "9" },
};

/* Code points that go through an alphabet again and again. */
static const struct {
    uint32_t first, last;
    const char *alphabet;
} runs[] = {
    { 0xff10, 0xff19, "0123456789" },
    { 0xff21, 0xff3a, "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
    { 0xff3f, 0xff3f, "_" },
    { 0xff41, 0xff5a, "abcdefghijklmnopqrstuvwxyz" },
    { 0x1d400, 0x1d6a3,
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" },
    { 0x1d7ce, 0x1d7ff, "0123456789" },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* The size of the UTF-8 sequence at the start, 0 if it is none. */
static size_t decode(struct text text, uint32_t *code)
{
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    size_t size;

    if (text.size == 0)
        return 0;
    size = bytes[0] < 0x80 ? 1 : bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4;
    if (size > text.size || bytes[0] > 0xf4 || (bytes[0] & 0xc0) == 0x80)
        return 0;
    *code = size == 1 ? bytes[0] : bytes[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (bytes[i] & 0x3f);
    }
    return *code < smallest[size] ? 0 : size;
}

static bool is_ascii_word(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
           (code >= '0' && code <= '9') || code == '_';
}

/* How much was written at `out`. */
static size_t look_up(uint32_t code, char *out)
{
    struct bound found = bound_in(0, COUNT(letters));

    for (size_t i = 0; i < COUNT(runs); i++)
        if (code >= runs[i].first && code <= runs[i].last) {
            *out = runs[i].alphabet[(code - runs[i].first) %
                                    strlen(runs[i].alphabet)];
            return 1;
        }
    while (bound_open(&found))
        bound_step(&found, letters[found.middle].code < code);
    if (found.low == COUNT(letters) || letters[found.low].code != code)
        return 0;
    memcpy(out, letters[found.low].ascii, strlen(letters[found.low].ascii));
    return strlen(letters[found.low].ascii);
}

size_t nfkc_step(struct text text, char *out, size_t *size)
{
    uint32_t code;
    size_t used = decode(text, &code), written = 1;

    if (used == 0)
        return 0;
    if (used > 1)
        written = look_up(code, out + *size);
    else if (is_ascii_word(code))
        out[*size] = (char)code;
    else
        return 0;
    *size += written;
    return written ? used : 0;
}

size_t nfkc_ascii(struct text identifier, char *out, size_t room)
{
    size_t size = 0;

    for (size_t at = 0; at < identifier.size;) {
        char form[NFKC_EXPANSION_MAX];
        size_t written = 0;
        size_t used = nfkc_step(text_slice(identifier, at, identifier.size),
                                form, &written);

        if (used == 0 || written > room - size)
            return 0;
        memcpy(out + size, form, written);
        size += written;
        at += used;
    }
    return size;
}

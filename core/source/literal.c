#include "core/source/literal.h"

#include <stdint.h>
#include <string.h>

#include "core/source/decode.h"
#include "core/source/lanes.h"
#include "core/source/nfkc.h"
#include "core/source/spell.h"

/*
 * The pass looks for places where a name may be: the rare pairs kt (mktemp)
 * and pn (tempnam, tmpnam), the last letter of a name before a quote, a
 * backslash, and what is not ASCII. look_at then decides each place; it may
 * be given any other place too.
 */
struct scan {
    struct text bytes;
    bool parts; /* saw what makes spell_joins worth asking, */
    bool lone;  /* or a letter that other bytes of its line make no part */
};

#define WORD_MAX 7

static bool is_word(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_';
}

/* Does `word` stand with its letter number `letter` at bytes[at]? */
static bool stands(struct text bytes, size_t at, size_t letter,
                   struct text word)
{
    size_t start = at - letter, end = start + word.size;

    return letter <= at && end <= bytes.size &&
           memcmp(bytes.bytes + start, word.bytes, word.size) == 0 &&
           (start == 0 || !is_word((unsigned char)bytes.bytes[start - 1])) &&
           (end == bytes.size || !is_word((unsigned char)bytes.bytes[end]));
}

/* The size of the character before bytes[at] if it is of a letter's form. */
static size_t step_back(struct text bytes, size_t at)
{
    char form[NFKC_EXPANSION_MAX];

    for (size_t size = 1; size <= 4 && size <= at; size++) {
        size_t written = 0;

        if (((unsigned char)bytes.bytes[at - size] & 0xc0) != 0x80)
            return nfkc_step(text_slice(bytes, at - size, at), form,
                             &written) == size
                       ? size
                       : 0;
    }
    return 0;
}

/* Is the identifier around bytes[at] a name in other letters? */
static bool is_disguised(struct text bytes, size_t at)
{
    char form[WORD_MAX + NFKC_EXPANSION_MAX];
    size_t start = at, size = 0, step, letters = 0;
    struct text word = { form, 0 };

    if (nfkc_step(text_slice(bytes, at, bytes.size), form, &size) == 0)
        return false;
    for (; (step = step_back(bytes, start)) > 0; start -= step)
        if (++letters == WORD_MAX)
            return false;
    while (word.size <= WORD_MAX) {
        step =
            nfkc_step(text_slice(bytes, start, bytes.size), form, &word.size);
        if (step == 0)
            break;
        start += step;
    }
    return text_equal(word, TEXT("mktemp")) ||
           text_equal(word, TEXT("tempnam")) ||
           text_equal(word, TEXT("tmpnam"));
}

/* A literal ends at the quote bytes[at]. */
static void see_literal(struct scan *scan, size_t at)
{
    const char *bytes = scan->bytes.bytes;

    scan->parts = spell_ends_part(scan->bytes, at);
    scan->lone |= at >= 2 && bytes[at - 2] == bytes[at];
}

/* Is there a name at bytes[at]? */
static bool look_at(struct scan *scan, size_t at)
{
    struct text bytes = scan->bytes;
    unsigned char byte = (unsigned char)bytes.bytes[at];
    char next = at + 1 < bytes.size ? bytes.bytes[at + 1] : '\0';

    if (byte >= 0x80)
        return is_disguised(bytes, at);
    if (byte == 'k' && next == 't')
        return stands(bytes, at, 1, TEXT("mktemp"));
    if (byte == 'p' && next == 'n')
        return stands(bytes, at, 3, TEXT("tempnam")) ||
               stands(bytes, at, 2, TEXT("tmpnam"));
    if (scan->parts)
        return false;
    if ((byte == 'p' || byte == 'm') && (next == '"' || next == '\''))
        see_literal(scan, at + 1);
    else if (byte == '\\')
        scan->parts = spell_is_escape(bytes, at);
    return false;
}

/* The bytes from `at` on, one by one. */
static bool scan_bytes(struct scan *scan, size_t at)
{
    for (; at < scan->bytes.size; at++)
        if (look_at(scan, at))
            return true;
    return false;
}

#if defined(__x86_64__)
LANES_INLINE void find_ascii(const lanes *byte, const lanes *next, lanes *found)
{
    lanes p = (lanes)(*byte == 'p'), m = (lanes)(*byte == 'm');
    lanes quote = (lanes)(*next == '"') | (lanes)(*next == '\'');

    *found = ((lanes)(*byte == 'k') & (lanes)(*next == 't')) |
             (p & (lanes)(*next == 'n')) | ((p | m) & quote) |
             (lanes)(*byte == '\\');
}

/* The first two bytes of each character that is a name's letter in NFKC. */
LANES_INLINE void find_other_letters(const lanes *byte, const lanes *next,
                                     lanes *found)
{
    lanes e2 = (lanes)(*next == 0x81) | (lanes)(*next == 0x82) |
               (lanes)(*next == 0x84) | (lanes)(*next == 0x85);

    *found = ((lanes)(*byte == 0xc2) & (lanes)(*next == 0xaa)) |
             ((lanes)(*byte == 0xe1) & (lanes)(*next == 0xb5)) |
             ((lanes)(*byte == 0xe2) & e2) |
             ((lanes)(*byte == 0xef) & (lanes)(*next == 0xbd)) |
             ((lanes)(*byte == 0xf0) & (lanes)(*next == 0x9d));
}

/* Look at the places that are set in `mask`, which starts at `at`. */
static bool look_at_each(struct scan *scan, size_t at, uint32_t mask)
{
    for (; mask; mask &= mask - 1)
        if (look_at(scan, at + (size_t)__builtin_ctz(mask)))
            return true;
    return false;
}

LANES_INLINE bool scan_block(struct scan *scan, size_t at,
                             uint32_t (*mask)(const lanes *))
{
    lanes byte, next, found, others;

    memcpy(&byte, scan->bytes.bytes + at, LANES);
    memcpy(&next, scan->bytes.bytes + at + 1, LANES);
    find_ascii(&byte, &next, &found);
    others = found | byte;
    if (mask(&others) == 0)
        return false;
    find_other_letters(&byte, &next, &others);
    found |= others;
    return look_at_each(scan, at, mask(&found));
}

/* The last block overlaps the one before. */
LANES_INLINE bool scan_lanes(struct scan *scan, uint32_t (*mask)(const lanes *))
{
    size_t size = scan->bytes.size, at = 0;

    if (size <= LANES)
        return scan_bytes(scan, 0);
    for (; at + LANES < size; at += LANES)
        if (scan_block(scan, at, mask))
            return true;
    return scan_block(scan, size - LANES - 1, mask) ||
           scan_bytes(scan, size - 1);
}

__attribute__((target("avx2"))) static bool scan_avx2(struct scan *scan)
{
    return scan_lanes(scan, lanes_mask_avx2);
}

static bool scan_fast(struct scan *scan)
{
    return __builtin_cpu_supports("avx2") ? scan_avx2(scan)
                                          : scan_lanes(scan, lanes_mask_sse2);
}
#else
static bool scan_fast(struct scan *scan)
{
    return scan_bytes(scan, 0);
}
#endif

static bool has_wide_mark(struct text bytes)
{
    return text_starts_with(bytes, TEXT("\xff\xfe")) ||
           text_starts_with(bytes, TEXT("\xfe\xff")) ||
           text_starts_with(bytes, (struct text){ "\0\0\xfe\xff", 4 });
}

/* Are the bytes not what they seem to be? */
static bool is_hidden(struct text bytes)
{
    return has_wide_mark(bytes) || decode_may_hide(bytes);
}

static bool scan_with(struct text bytes, bool (*pass)(struct scan *scan))
{
    struct scan scan = { .bytes = bytes };

    return is_hidden(bytes) || pass(&scan) ||
           (scan.parts && spell_joins(bytes) && spell_is_read(bytes));
}

static bool scan_plain(struct scan *scan)
{
    return scan_bytes(scan, 0);
}

bool literal_scan(struct text bytes)
{
    return scan_with(bytes, scan_fast);
}

enum literal_glance literal_glance(struct text bytes)
{
    struct scan scan = { .bytes = bytes };

    if (is_hidden(bytes) || scan_fast(&scan))
        return LITERAL_FOUND;
    if (scan.parts)
        return LITERAL_PARTS;
    return scan.lone ? LITERAL_LONE : LITERAL_NONE;
}

bool literal_scan_portable(struct text bytes)
{
    return scan_with(bytes, scan_plain);
}

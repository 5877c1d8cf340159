#include "core/source/home.h"

#include <string.h>

#include "core/source/decode.h"
#include "core/source/lanes.h"
#include "core/source/nfkc.h"
#include "core/source/part.h"

/*
 * The pass looks for places where a word may be: the rare pairs pf (tempfile)
 * and pn (tempnam, tmpnam), a literal that starts with the first letter of all
 * three or with an escape, and what is not ASCII. look_at then decides each
 * place; it may be given any other place, too.
 */
struct pass {
    struct text bytes;
    bool parts; /* a word may be made up of strings */
};

enum { WORDS = 3, WORD_MAX = 8, FIRST = 't' };

static struct text word_at(size_t number)
{
    static const struct text words[WORDS] = {
        { "tempfile", 8 },
        { "tempnam", 7 },
        { "tmpnam", 6 },
    };

    return words[number];
}

/* Does the word stand with its letter number `letter` at bytes[at]? */
static bool stands(struct text bytes, size_t at, size_t letter,
                   struct text word)
{
    return letter <= at &&
           text_starts_with(text_slice(bytes, at - letter, bytes.size), word);
}

/* ---- strings ------------------------------------------------------------- */

/* Does the literal whose quote is bytes[at] say a word, or its start? */
static bool begins(struct text bytes, size_t at, struct text word)
{
    char quote = bytes.bytes[at++];
    size_t letters = 0;

    while (at < bytes.size && letters < word.size) {
        char byte = bytes.bytes[at++];

        if (byte == quote)
            return letters > 0;
        if (byte == '\\' && at < bytes.size)
            byte = part_escape(bytes, &at);
        if (byte && byte != word.bytes[letters++])
            return false;
    }
    return letters == word.size;
}

static bool begins_any(struct text bytes, size_t at)
{
    size_t i = 0;

    while (i < WORDS && !begins(bytes, at, word_at(i)))
        i++;
    return i < WORDS;
}

/* Letters of the words, and escapes. */
static const bool is_part[256] = {
    ['a'] = true, ['e'] = true, ['f'] = true, ['i'] = true, ['l'] = true,
    ['m'] = true, ['n'] = true, ['p'] = true, ['t'] = true, ['\\'] = true,
};

/* A long one has a dot behind the letters of a word, or an escape. */
static bool may_be_part(struct text content)
{
    size_t size = 0;

    while (size < content.size && is_part[(unsigned char)content.bytes[size]])
        if (content.bytes[size++] == '\\')
            return true;
    return size > 0 && size <= WORD_MAX &&
           (size == content.size || content.bytes[size] == '.');
}

/* Each quote may be the first one of a literal. */
static void add_literals(struct part_name names[WORDS], struct text bytes,
                         char quote)
{
    size_t at = text_find(bytes, quote, 0), end;

    for (; at < bytes.size; at = end) {
        struct text content;

        end = text_find(bytes, quote, at + 1);
        content = text_slice(bytes, at + 1, end);
        for (size_t i = 0; i < WORDS && may_be_part(content); i++)
            part_add(&names[i], content, false);
    }
}

/* Do all that may be literals make up a word? */
static bool are_made_up(struct text bytes)
{
    struct part_name names[WORDS];
    bool made_up = false;

    for (size_t i = 0; i < WORDS; i++)
        names[i] = PART_NAME(word_at(i));
    add_literals(names, bytes, '\'');
    add_literals(names, bytes, '"');
    for (size_t i = 0; i < WORDS; i++)
        made_up = made_up || part_made_up(&names[i]);
    return made_up;
}

/* ---- places -------------------------------------------------------------- */

static bool is_other_letter(struct text bytes, size_t at)
{
    char form[NFKC_EXPANSION_MAX];
    size_t size = 0;

    return nfkc_step(text_slice(bytes, at, bytes.size), form, &size) > 0;
}

/* Is there a word at bytes[at]? */
static bool look_at(struct pass *pass, size_t at)
{
    struct text bytes = pass->bytes;
    unsigned char byte = (unsigned char)bytes.bytes[at];
    char next = at + 1 < bytes.size ? bytes.bytes[at + 1] : '\0';

    if (byte >= 0x80)
        return is_other_letter(bytes, at);
    if (byte == 'p' && next == 'f')
        return stands(bytes, at, 3, TEXT("tempfile"));
    if (byte == 'p' && next == 'n')
        return stands(bytes, at, 3, TEXT("tempnam")) ||
               stands(bytes, at, 2, TEXT("tmpnam"));
    if (byte == '"' || byte == '\'')
        pass->parts = pass->parts || begins_any(bytes, at);
    return false;
}

/* The bytes from `at` on, one by one. */
static bool pass_bytes(struct pass *pass, size_t at)
{
    for (; at < pass->bytes.size; at++)
        if (look_at(pass, at))
            return true;
    return false;
}

#if defined(__x86_64__)
/* Places with a bit in `mask`, which starts at `at`. */
static bool look_at_each(struct pass *pass, size_t at, uint32_t mask)
{
    for (; mask; mask &= mask - 1)
        if (look_at(pass, at + (size_t)__builtin_ctz(mask)))
            return true;
    return false;
}

LANES_INLINE bool pass_lanes(struct pass *pass, uint32_t (*mask)(const lanes *))
{
    size_t at = 0;

    for (; at + LANES < pass->bytes.size; at += LANES) {
        lanes byte, next, found;
        uint32_t places;

        memcpy(&byte, pass->bytes.bytes + at, LANES);
        memcpy(&next, pass->bytes.bytes + at + 1, LANES);
        found = ((lanes)(byte == 'p') &
                 ((lanes)(next == 'f') | (lanes)(next == 'n'))) |
                (((lanes)(byte == '"') | (lanes)(byte == '\'')) &
                 ((lanes)(next == FIRST) | (lanes)(next == '\\'))) |
                byte;
        places = mask(&found);
        if (places && look_at_each(pass, at, places))
            return true;
    }
    return pass_bytes(pass, at);
}

__attribute__((target("avx2"))) static bool pass_avx2(struct pass *pass)
{
    return pass_lanes(pass, lanes_mask_avx2);
}

static bool pass_fast(struct pass *pass)
{
    return __builtin_cpu_supports("avx2") ? pass_avx2(pass)
                                          : pass_lanes(pass, lanes_mask_sse2);
}
#else
static bool pass_fast(struct pass *pass)
{
    return pass_bytes(pass, 0);
}
#endif

static bool pass_plain(struct pass *pass)
{
    return pass_bytes(pass, 0);
}

static bool is_named(struct text bytes, bool (*go)(struct pass *pass))
{
    struct encoding encoding = decode_encoding(bytes);
    struct pass pass = { .bytes = bytes };

    return encoding.unit != 1 || decode_may_hide(bytes) || go(&pass) ||
           (pass.parts && are_made_up(bytes));
}

bool home_is_named(struct text bytes)
{
    return is_named(bytes, pass_fast);
}

bool home_is_named_portable(struct text bytes)
{
    return is_named(bytes, pass_plain);
}

#include "core/source/decode.h"

#include <string.h>

#include "core/base/memory.h"

#define REPLACEMENT 0xfffdu
#define UTF8_MAX    4

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\f';
}

static bool is_name(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' ||
           byte == '.';
}

/* The line at the start of `bytes`, without what ends it. */
static struct text first_line(struct text bytes)
{
    size_t end = text_find(bytes, '\n', 0);

    return text_slice(bytes, 0, text_find(text_slice(bytes, 0, end), '\r', 0));
}

/* What follows the first line. */
static struct text behind_line(struct text bytes)
{
    size_t at = first_line(bytes).size;

    if (text_starts_with(text_slice(bytes, at, bytes.size), TEXT("\r\n")))
        at++;
    return text_slice(bytes, at < bytes.size ? at + 1 : at, bytes.size);
}

/* The line from its '#' on; empty if it is no comment. */
static struct text comment_of(struct text line, bool *blank)
{
    size_t at = 0;

    while (at < line.size && is_blank(line.bytes[at]))
        at++;
    *blank = at == line.size || line.bytes[at] == '#';
    if (at == line.size || line.bytes[at] != '#')
        return TEXT_EMPTY;
    return text_slice(line, at, line.size);
}

/* Where the word stands from `at` on, or the end. */
static size_t find(struct text text, struct text word, size_t at)
{
    const char *found =
        memmem(text.bytes + at, text.size - at, word.bytes, word.size);

    return found ? (size_t)(found - text.bytes) : text.size;
}

/* The encoding's name after `coding:` or `coding=`; empty if there is none. */
static struct text declared(struct text comment)
{
    struct text word = TEXT("coding");

    for (size_t at = 0; (at = find(comment, word, at)) < comment.size; at++) {
        size_t start = at + word.size, end;

        if (start == comment.size ||
            (comment.bytes[start] != ':' && comment.bytes[start] != '='))
            continue;
        do
            start++;
        while (start < comment.size &&
               (comment.bytes[start] == ' ' || comment.bytes[start] == '\t'));
        for (end = start; end < comment.size && is_name(comment.bytes[end]);)
            end++;
        if (end > start)
            return text_slice(comment, start, end);
    }
    return TEXT_EMPTY;
}

static struct encoding declared_encoding(struct text bytes)
{
    bool blank;
    struct text name = declared(comment_of(first_line(bytes), &blank));
    struct codec codec;

    if (name.size == 0 && blank)
        name = declared(comment_of(first_line(behind_line(bytes)), &blank));
    if (name.size == 0)
        return (struct encoding){ .unit = 1 };
    codec = codec_named(name);
    return (struct encoding){ .unit = 1,
                              .single_byte = !codec.is_utf8,
                              .leads = codec.leads,
                              .hides = codec.hides,
                              .letters = codec.letters,
                              .name = name };
}

struct encoding decode_encoding(struct text bytes)
{
    static const struct {
        struct text mark;
        struct encoding encoding;
    } marks[] = {
        { { "\xef\xbb\xbf", 3 }, { .unit = 1 } },
        { { "\xff\xfe\0\0", 4 }, { .unit = 4 } },
        { { "\0\0\xfe\xff", 4 }, { .unit = 4, .big_endian = true } },
        { { "\xff\xfe", 2 }, { .unit = 2 } },
        { { "\xfe\xff", 2 }, { .unit = 2, .big_endian = true } },
    };

    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (text_starts_with(bytes, marks[i].mark))
            return marks[i].encoding;
    return declared_encoding(bytes);
}

bool decode_may_hide(struct text bytes)
{
    struct encoding encoding;

    if (bytes.size == 0 || !strchr("#\r\n \t\f", bytes.bytes[0]))
        return false;
    encoding = decode_encoding(bytes);
    return encoding.single_byte && (codec_hides(encoding.hides, bytes) ||
                                    codec_hides(CODEC_HIGH, bytes));
}

/* The unit at bytes[at]; U+FFFD if the bytes end within it. */
static uint32_t read_unit(struct text bytes, size_t at,
                          struct encoding encoding)
{
    uint32_t unit = 0;

    if (encoding.unit > bytes.size - at)
        return REPLACEMENT;
    for (uint32_t i = 0; i < encoding.unit; i++) {
        uint32_t byte = (unsigned char)bytes.bytes[at + i];

        if (encoding.big_endian)
            unit = unit << 8 | byte;
        else
            unit |= byte << 8 * i;
    }
    return unit;
}

/* The character at bytes[*at], which moves behind it. */
static uint32_t read_character(struct text bytes, size_t *at,
                               struct encoding encoding)
{
    uint32_t code = read_unit(bytes, *at, encoding), low;

    *at += encoding.unit;
    if (code >= 0xd800 && code < 0xdc00 && encoding.unit == 2 &&
        *at < bytes.size) {
        low = read_unit(bytes, *at, encoding);
        if (low >= 0xdc00 && low < 0xe000) {
            *at += encoding.unit;
            return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
    }
    return (code >= 0xd800 && code < 0xe000) || code > 0x10ffff ? REPLACEMENT
                                                                : code;
}

static char *write_utf8(char *to, uint32_t code)
{
    int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = { 0, 0xc0, 0xe0, 0xf0 };

    *to++ = (char)(leads[more] | code >> 6 * more);
    while (more-- > 0)
        *to++ = (char)(0x80 | (code >> 6 * more & 0x3f));
    return to;
}

char *decode_to_utf8(struct text bytes, struct encoding encoding, size_t *size)
{
    char *decoded = memory_new(bytes.size / encoding.unit + 1, UTF8_MAX);
    char *to = decoded;

    for (size_t at = encoding.unit; at < bytes.size;)
        to = write_utf8(to, read_character(bytes, &at, encoding));
    *size = (size_t)(to - decoded);
    return decoded;
}

size_t decode_step(struct text bytes, size_t at)
{
    const unsigned char *byte = (const unsigned char *)bytes.bytes + at;
    unsigned char lead = *byte, low = 0x80, high = 0xbf;
    size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

    if (lead < 0xc2 || lead > 0xf4 || length > bytes.size - at)
        return 1;
    if (lead == 0xe0 || lead == 0xf0)
        low = lead == 0xe0 ? 0xa0 : 0x90;
    if (lead == 0xed || lead == 0xf4)
        high = lead == 0xed ? 0x9f : 0x8f;
    for (size_t i = 1; i < length; i++) {
        if (byte[i] < low || byte[i] > high)
            return 1;
        low = 0x80;
        high = 0xbf;
    }
    return length;
}

size_t decode_pair(struct text bytes, size_t at, enum leads leads)
{
    unsigned char lead = (unsigned char)bytes.bytes[at], trail;

    if (leads == LEADS_NONE || lead < 0x81 || lead > 0xfe ||
        at + 1 == bytes.size)
        return 1;
    if (leads == LEADS_SJIS && ((lead > 0x9f && lead < 0xe0) || lead > 0xfc))
        return 1;
    trail = (unsigned char)bytes.bytes[at + 1];
    if (trail < (leads == LEADS_EUC ? 0x80 : 0x40))
        return 1;
    return trail != 0x7f && trail != 0xff ? 2 : 1;
}

#include "cmd/terminal/utf8.h"

struct interval {
    uint32_t first, last;
};

/* What may follow the lead byte: the table 3-7 of the Unicode standard. */
static struct interval second_byte(unsigned char lead)
{
    switch (lead) {
    case 0xE0:
        return (struct interval){ 0xA0, 0xBF };
    case 0xED:
        return (struct interval){ 0x80, 0x9F };
    case 0xF0:
        return (struct interval){ 0x90, 0xBF };
    case 0xF4:
        return (struct interval){ 0x80, 0x8F };
    default:
        return (struct interval){ 0x80, 0xBF };
    }
}

static size_t length_of(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

struct code_point utf8_next(struct text text, size_t at)
{
    static const unsigned char mask[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    const unsigned char *bytes = (const unsigned char *)text.bytes + at;
    size_t length = length_of(bytes[0]), size = 1;
    struct interval allowed = second_byte(bytes[0]);
    uint32_t value = bytes[0] & mask[length];

    while (size < length && at + size < text.size &&
           bytes[size] >= allowed.first && bytes[size] <= allowed.last) {
        value = value << 6 | (bytes[size++] & 0x3F);
        allowed = (struct interval){ 0x80, 0xBF };
    }
    if (size != length)
        return (struct code_point){ UTF8_REPLACEMENT, size, false };
    return (struct code_point){ value, size, true };
}

bool utf8_is_valid(struct text text)
{
    for (size_t at = 0; at < text.size;) {
        struct code_point point = utf8_next(text, at);

        if (!point.valid)
            return false;
        at += point.size;
    }
    return true;
}

static bool within(const struct interval *table, size_t count, uint32_t value)
{
    for (size_t i = 0; i < count; i++)
        if (value >= table[i].first && value <= table[i].last)
            return true;
    return false;
}

/* The blocks that matter in source text; not the whole of UAX 11. */
unsigned utf8_width(uint32_t value)
{
    static const struct interval zero[] = {
        { 0x0300, 0x036F },   { 0x0483, 0x0489 }, { 0x0591, 0x05BD },
        { 0x0610, 0x061A },   { 0x064B, 0x065F }, { 0x093C, 0x093C },
        { 0x0941, 0x0948 },   { 0x0E34, 0x0E3A }, { 0x0E47, 0x0E4E },
        { 0x1AB0, 0x1AFF },   { 0x1DC0, 0x1DFF }, { 0x200B, 0x200D },
        { 0x20D0, 0x20FF },   { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F },
        { 0xE0100, 0xE01EF },
    };
    static const struct interval wide[] = {
        { 0x1100, 0x115F },   { 0x231A, 0x231B },   { 0x23E9, 0x23EC },
        { 0x2614, 0x2615 },   { 0x2648, 0x2653 },   { 0x26A1, 0x26A1 },
        { 0x2705, 0x2705 },   { 0x274C, 0x274C },   { 0x2753, 0x2755 },
        { 0x2E80, 0x303E },   { 0x3041, 0xA4CF },   { 0xA960, 0xA97F },
        { 0xAC00, 0xD7A3 },   { 0xF900, 0xFAFF },   { 0xFE30, 0xFE6F },
        { 0xFF00, 0xFF60 },   { 0xFFE0, 0xFFE6 },   { 0x16FE0, 0x18CFF },
        { 0x1B000, 0x1B2FF }, { 0x1F300, 0x1F64F }, { 0x1F680, 0x1F6FF },
        { 0x1F900, 0x1F9FF }, { 0x20000, 0x3FFFD },
    };

    if (value < 0x0300)
        return 1;
    if (within(zero, sizeof(zero) / sizeof(*zero), value))
        return 0;
    return within(wide, sizeof(wide) / sizeof(*wide), value) ? 2 : 1;
}

bool utf8_is_control(uint32_t value)
{
    static const struct interval controls[] = {
        { 0x0000, 0x001F }, { 0x007F, 0x009F }, { 0x061C, 0x061C },
        { 0x200E, 0x200F }, { 0x2028, 0x202E }, { 0x2066, 0x2069 },
        { 0xFEFF, 0xFEFF },
    };

    return within(controls, sizeof(controls) / sizeof(*controls), value);
}

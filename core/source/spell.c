#include "core/source/spell.h"

#include <stdint.h>
#include <string.h>

#include "core/rule/rule.h"
#include "core/source/nfkc.h"

/* The letters of the names. */
static const bool letters_of_names[256] = {
    ['a'] = true, ['e'] = true, ['k'] = true, ['m'] = true,
    ['n'] = true, ['p'] = true, ['t'] = true,
};

static bool is_letter(int byte)
{
    return byte > 0 && letters_of_names[byte & 0xff];
}

static int byte_at(struct text bytes, size_t at)
{
    return at < bytes.size ? (unsigned char)bytes.bytes[at] : -1;
}

static bool is_quote(int byte)
{
    return byte == '"' || byte == '\'';
}

static int digit_value(int byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F')
        return byte - 'A' + 10;
    return 16;
}

/* The number of exactly `digits` digits at `at`, or -1. */
static int number(struct text bytes, size_t at, int digits, int base)
{
    int value = 0;

    for (int i = 0; i < digits; i++) {
        int digit = digit_value(byte_at(bytes, at + (size_t)i));

        if (digit >= base || value > 0xff)
            return -1;
        value = value * base + digit;
    }
    return value;
}

/* The letter of \N{LATIN SMALL LETTER X}, in any case. */
static size_t named(struct text bytes, size_t at, char *letter)
{
    static const char start[] = "{LATIN SMALL LETTER ";
    size_t size = sizeof(start) - 1;

    for (size_t i = 0; i <= size; i++) {
        int byte = byte_at(bytes, at + i);

        if (byte >= 'a' && byte <= 'z')
            byte -= 'a' - 'A';
        if (i < size ? byte != start[i] : byte < 'A' || byte > 'Z')
            return 0;
        *letter = (char)(byte - 'A' + 'a');
    }
    return byte_at(bytes, at + size + 1) == '}' ? size + 2 : 0;
}

static const struct {
    char kind;
    int skipped, digits, base; /* behind the backslash */
} escapes[] = {
    { 'x', 1, 2, 16 },
    { 'u', 1, 4, 16 },
    { 'U', 1, 8, 16 },
    { '1', 0, 3, 8 },
};

/*
 * The size of the escape at the backslash bytes[at], or 0 if it is none for a
 * letter. A line end behind the backslash is no letter: *letter is NUL.
 */
static size_t escape(struct text bytes, size_t at, char *letter)
{
    int kind = byte_at(bytes, at + 1);
    size_t size;

    *letter = '\0';
    if (kind == '\r' && byte_at(bytes, at + 2) == '\n')
        return 3;
    if (kind == '\n' || kind == '\r')
        return 2;
    if (kind == 'N') {
        size = named(bytes, at + 2, letter);
        return size && is_letter(*letter) ? size + 2 : 0;
    }
    for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes); i++) {
        size_t digits = at + 1 + (size_t)escapes[i].skipped;
        int value;

        if (kind != escapes[i].kind)
            continue;
        value = number(bytes, digits, escapes[i].digits, escapes[i].base);
        *letter = (char)value;
        return is_letter(value) ? digits + (size_t)escapes[i].digits - at : 0;
    }
    return 0;
}

bool spell_is_escape(struct text bytes, size_t at)
{
    char letter;
    size_t size = escape(bytes, at, &letter);
    int next = byte_at(bytes, at + size);

    if (size == 0 || letter)
        return size != 0;
    return is_letter(next) || is_quote(next) || next == '\\';
}

static bool is_blank(int byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* A letter before the quote: u'm'. */
static bool is_letter_of_prefix(int byte)
{
    return byte > 0 && strchr("bBfFrRtTuU", byte) != NULL;
}

/*
 * Could what stands before, or behind, a literal of one letter be joined to
 * it, or be a name that is bound to it? A file of formulas has all letters as
 * arguments, and none of them is.
 */
static bool is_joint(int byte)
{
    return byte == '+' || byte == '=' || byte == '\\' || byte == '#' ||
           is_quote(byte);
}

/* Is a bracket open at `at` that was opened in its line? No, if unsure. */
static bool is_in_brackets(struct text bytes, size_t at)
{
    size_t start = at;
    int depth = 0;

    while (start > 0 && bytes.bytes[start - 1] != '\n')
        if (strchr("'\"#", bytes.bytes[--start]))
            return false;
    for (; start < at; start++)
        if (strchr("([{", bytes.bytes[start]))
            depth++;
        else if (strchr(")]}", bytes.bytes[start]))
            depth--;
    return depth > 0;
}

/* `(name='m'`, `== 'm'`: does the sign bind no name of the file? */
static bool binds_nothing(struct text bytes, size_t sign)
{
    return (sign > 0 && strchr("=!<>", bytes.bytes[sign - 1])) ||
           is_in_brackets(bytes, sign);
}

bool spell_may_be_joined(struct text bytes, size_t at)
{
    size_t before = at, after = at + 3;

    while (before > 0 && is_blank(byte_at(bytes, before - 1)))
        if (byte_at(bytes, --before) == '\n')
            return true;
    while (is_blank(byte_at(bytes, after)))
        after++;
    if (is_joint(byte_at(bytes, after)))
        return true;
    if (before == 0)
        return false;
    if (bytes.bytes[before - 1] == '=')
        return !binds_nothing(bytes, before - 1);
    return is_joint(byte_at(bytes, before - 1)) ||
           is_letter_of_prefix(byte_at(bytes, before - 1));
}

bool spell_ends_part(struct text bytes, size_t at)
{
    size_t start = at;

    while (start > 0 && at - start < SPELL_NAME_MAX &&
           is_letter(byte_at(bytes, start - 1)))
        start--;
    if (start == at || start == 0 || bytes.bytes[start - 1] != bytes.bytes[at])
        return false;
    if (at - start == 1 && !spell_may_be_joined(bytes, start - 1))
        return false;
    for (int i = 0; i < TARGET_COUNT; i++)
        if (text_ends_with(text_of(rule_target((enum target)i)->member),
                           text_slice(bytes, start, at)))
            return true;
    return false;
}

/* The letters of the literal whose quote is bytes[at]; 0 if others too. */
static size_t read_literal(struct text bytes, size_t at, char *letters)
{
    int quote = byte_at(bytes, at++);
    size_t count = 0;

    for (;;) {
        int byte = byte_at(bytes, at);
        char letter = (char)byte;
        size_t size = 1;

        if (byte == quote)
            return count;
        if (byte == '\\')
            size = escape(bytes, at, &letter);
        else if (!is_letter(byte))
            size = 0;
        if (size == 0 || (letter && count == SPELL_NAME_MAX))
            return 0;
        if (letter)
            letters[count++] = letter;
        at += size;
    }
}

static void add_part(struct spell_parts *parts, struct text part)
{
    for (int i = 0; i < TARGET_COUNT; i++) {
        struct text name = text_of(rule_target((enum target)i)->member);

        for (size_t at = 0; at + part.size <= name.size; at++)
            if (text_equal(part, text_slice(name, at, at + part.size)))
                parts->ends[i][at] |= (uint8_t)(1u << (at + part.size));
    }
}

bool spell_parts_join(const struct spell_parts *parts)
{
    for (int i = 0; i < TARGET_COUNT; i++) {
        size_t size = strlen(rule_target((enum target)i)->member);
        unsigned reached = 1;

        for (size_t at = 0; at < size; at++)
            if (reached >> at & 1)
                reached |= parts->ends[i][at];
        if (reached >> size & 1)
            return true;
    }
    return false;
}

/* Where each kind of quote stands next; the size of the text: nowhere. */
struct quotes {
    struct text bytes;
    size_t one, two;
};

static size_t find_quote(struct text bytes, char quote, size_t from)
{
    return from < bytes.size ? text_find(bytes, quote, from) : bytes.size;
}

/* The next quote of any kind, which is passed over. */
static size_t next_quote(struct quotes *quotes)
{
    size_t at = quotes->one < quotes->two ? quotes->one : quotes->two;

    if (at == quotes->one)
        quotes->one = find_quote(quotes->bytes, '\'', at + 1);
    else
        quotes->two = find_quote(quotes->bytes, '"', at + 1);
    return at;
}

void spell_collect(struct spell_parts *parts, struct text bytes)
{
    struct quotes quotes = { bytes, find_quote(bytes, '\'', 0),
                             find_quote(bytes, '"', 0) };
    size_t at;

    while ((at = next_quote(&quotes)) < bytes.size) {
        char letters[SPELL_NAME_MAX];
        struct text part = { letters, read_literal(bytes, at, letters) };

        if (part.size > 1 ||
            (part.size == 1 && (!is_letter(byte_at(bytes, at + 1)) ||
                                spell_may_be_joined(bytes, at))))
            add_part(parts, part);
    }
}

bool spell_joins(struct text bytes)
{
    struct spell_parts parts = { .ends = { { 0 } } };

    spell_collect(&parts, bytes);
    return spell_parts_join(&parts);
}

static bool has_other_letters(struct text bytes)
{
    char form[NFKC_EXPANSION_MAX];

    for (size_t at = 0; at < bytes.size; at++) {
        size_t size = 0;

        if ((unsigned char)bytes.bytes[at] >= 0x80 &&
            nfkc_step(text_slice(bytes, at, bytes.size), form, &size) > 0)
            return true;
    }
    return false;
}

static bool mentions(struct text bytes, const char *part)
{
    return memmem(bytes.bytes, bytes.size, part, strlen(part)) != NULL;
}

static bool is_word_byte(int byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_';
}

/* Short names are in many words. */
static bool has_word(struct text bytes, struct text word)
{
    struct text rest = bytes;

    for (;;) {
        const char *found =
            memmem(rest.bytes, rest.size, word.bytes, word.size);
        size_t at;

        if (!found)
            return false;
        at = (size_t)(found - bytes.bytes);
        if ((at == 0 || !is_word_byte(byte_at(bytes, at - 1))) &&
            !is_word_byte(byte_at(bytes, at + word.size)))
            return true;
        rest = text_slice(bytes, at + 1, bytes.size);
    }
}

static bool has_module(struct text bytes)
{
    for (int i = 0; i < TARGET_COUNT; i++)
        if (has_word(bytes, text_of(rule_target((enum target)i)->module)))
            return true;
    return mentions(bytes, "import_module") || mentions(bytes, "__import__") ||
           (mentions(bytes, "modules") && has_word(bytes, TEXT("sys")));
}

bool spell_is_read(struct text bytes)
{
    static const char *const readers[] = { "getattr", "vars", "__dict__",
                                           "attrgetter", "methodcaller" };

    bool read = false;

    for (size_t i = 0; !read && i < sizeof(readers) / sizeof(*readers); i++)
        read = has_word(bytes, text_of(readers[i]));
    return (read && has_module(bytes)) || has_other_letters(bytes);
}

#include "core/source/part.h"

#include <string.h>

#include "core/rule/rule.h"
#include "core/source/quote.h"
#include "core/source/spell.h"

/* CPython's unicodedata knows no longer name of a character. */
#define CHARACTER_NAME_MAX 256

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return 16;
}

/* The number of up to `most` digits at text[*at]; *at goes behind them. */
static uint32_t read_digits(struct text text, size_t *at, int most, int base)
{
    uint32_t value = 0;

    for (; most > 0 && *at < text.size; most--, ++*at) {
        int digit = digit_of(text.bytes[*at]);

        if (digit >= base)
            break;
        value = value * (uint32_t)base + (uint32_t)digit;
    }
    return value;
}

/* The letter of \N{NAME}, whose NAME starts behind text[*at]. A name's end that
   is farther than any name is long is not looked for. */
static char read_name(struct text text, size_t *at)
{
    bool near_end = text.size - *at < CHARACTER_NAME_MAX;
    struct text name =
        text_slice(text, 0, near_end ? text.size : *at + CHARACTER_NAME_MAX);
    size_t end = text_find(name, '}', *at);
    char last = end > *at && end < name.size ? text.bytes[end - 1] : '?';

    *at = end < name.size ? end + 1 : end;
    return last == '?' ? last : (char)(last | 0x20);
}

char part_escape(struct text text, size_t *at)
{
    char kind = text.bytes[*at];
    uint32_t value;

    ++*at;
    if (kind == '\n' || kind == '\r') {
        *at += kind == '\r' && *at < text.size && text.bytes[*at] == '\n';
        return '\0';
    }
    if (kind == 'N' && *at < text.size)
        return read_name(text, at);
    if (kind >= '0' && kind <= '7') {
        --*at;
        value = read_digits(text, at, 3, 8);
    } else if (kind == 'x' || kind == 'u' || kind == 'U') {
        value = read_digits(text, at,
                            kind == 'x'   ? 2
                            : kind == 'u' ? 4
                                          : 8,
                            16);
    } else {
        return '?';
    }
    return value && value < 0x80 ? (char)value : '?';
}

/* The start of what a literal says, escapes read. */
static struct text read_start(struct text content, bool raw,
                              char out[PART_NAME_MAX + 1])
{
    size_t size = 0;

    for (size_t at = 0; at < content.size && size <= PART_NAME_MAX;) {
        char byte = content.bytes[at++];

        if (byte == '\\' && !raw && at < content.size)
            byte = part_escape(content, &at);
        if (byte)
            out[size++] = byte;
    }
    return (struct text){ out, size };
}

/* Where in the name the text, which starts there, ends; 0 if it is no part.
   More may follow behind a dot: a module in it. */
static size_t end_of(struct text text, struct text name, size_t start)
{
    struct text rest = text_slice(name, start, name.size);
    size_t size = text.size;

    if (size > rest.size && text.bytes[rest.size] == '.')
        size = rest.size;
    return size && text_starts_with(rest, text_slice(text, 0, size))
               ? start + size
               : 0;
}

void part_add(struct part_name *name, struct text content, bool raw)
{
    char start[PART_NAME_MAX + 1];
    struct text text = read_start(content, raw, start);

    for (size_t at = 0; at < name->name.size && at < PART_NAME_MAX; at++) {
        size_t end = end_of(text, name->name, at);

        if (end && end <= PART_NAME_MAX)
            name->ends[at] |= (uint64_t)1 << end;
    }
}

bool part_made_up(const struct part_name *name)
{
    uint64_t reached = 1;

    if (name->name.size > PART_NAME_MAX)
        return true;
    for (size_t at = 0; at < name->name.size; at++)
        if (reached >> at & 1)
            reached |= name->ends[at];
    return reached >> name->name.size & 1;
}

struct text part_content(const struct source *source,
                         const struct string *string)
{
    struct text text = text_slice(source->text, string->start, string->end);
    size_t quotes = 0;

    while (quotes < 3 && 2 * quotes < text.size &&
           text.bytes[quotes] == text.bytes[0])
        quotes++;
    return 2 * quotes > text.size
               ? TEXT_EMPTY
               : text_slice(text, quotes, text.size - quotes);
}

bool part_counts(const struct source *source, const struct string *string)
{
    return string->end - string->start != 3 ||
           spell_may_be_joined(source->text, string->start);
}

bool part_in_source(const struct source *source, struct text name)
{
    struct part_name parts = PART_NAME(name);

    for (size_t i = 0; i < source->strings_count; i++) {
        const struct string *string = &source->strings[i];
        struct quote quote = quote_read(source->code, string->start);

        if (part_counts(source, string))
            part_add(&parts, part_content(source, string), quote.raw);
    }
    return part_made_up(&parts);
}

bool part_is_beside(const struct source *source, const struct string *string)
{
    for (uint32_t at = string[-1].end; at < string->start; at++)
        if (!strchr(" \t\n\r\f\\rRbBuUfFtT", source->code[at]))
            return false;
    return true;
}

/* Can the name begin with what the literal says? */
static bool may_begin(struct text content, struct text name)
{
    return content.size == 0 || content.bytes[0] == '\\' ||
           (name.size && content.bytes[0] == name.bytes[0]);
}

bool part_is_literal(const struct source *source, struct text name)
{
    struct part_name parts = PART_NAME(name);
    bool begun = false;

    for (size_t i = 0; i < source->strings_count; i++) {
        const struct string *string = &source->strings[i];
        struct text text = part_content(source, string);

        if (!begun || !part_is_beside(source, string)) {
            begun = may_begin(text, name);
            parts = PART_NAME(name);
        }
        if (!begun)
            continue;
        part_add(&parts, text, quote_read(source->code, string->start).raw);
        if (part_made_up(&parts))
            return true;
    }
    return false;
}

static bool has_escape(const struct source *source, const struct string *string)
{
    const char *start = source->text.bytes, *end = start + string->end;
    const char *at = start + string->start;

    while ((at = memchr(at, '\\', (size_t)(end - at)))) {
        if (spell_is_escape(source->text, (size_t)(at - start)))
            return true;
        at++;
    }
    return false;
}

bool part_may_spell(const struct source *source, size_t first, size_t after)
{
    bool parts = false;

    for (size_t i = first; i < after && !parts; i++) {
        const struct string *string = &source->strings[i];

        parts = spell_ends_part(source->text, string->end - 1) ||
                has_escape(source, string);
    }
    return parts;
}

bool part_spells_member(const struct source *source)
{
    return part_may_spell(source, 0, source->strings_count) &&
           spell_joins(source->text);
}

/* Which target's member stands around an "mp"? */
static uint8_t target_at(struct text text, size_t at)
{
    for (int i = 0; i < TARGET_COUNT; i++) {
        struct text name = text_of(rule_target((enum target)i)->member);
        size_t before = (size_t)(strstr(name.bytes, "mp") - name.bytes);

        if (before <= at &&
            text_starts_with(text_slice(text, at - before, text.size), name))
            return (uint8_t)(1U << i);
    }
    return 0;
}

/* All names have the same two letters in them. */
uint8_t part_written_targets(struct text text)
{
    uint8_t targets = 0;
    const char *at = text.bytes, *end = text.bytes + text.size;

    while (at < end && (at = memmem(at, (size_t)(end - at), "mp", 2))) {
        targets |= target_at(text, (size_t)(at - text.bytes));
        at++;
    }
    return targets;
}

uint8_t part_targets(const struct source *source)
{
    return part_spells_member(source) ? PART_TARGETS
                                      : part_written_targets(source->text);
}

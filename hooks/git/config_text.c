#include "hooks/git/config_text.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/base/buffer.h"

#define MARK  "\xef\xbb\xbf"
#define ENDED (-1)

struct reader {
    const char *name;
    struct text rest;
    uint32_t line; /* of the next byte */
    struct buffer section, subsection, key, value;
    bool has_section, has_subsection, has_value;
    struct error *err;
};

static bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_key(int c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static int refuse(const struct reader *reader, uint32_t line, const char *words)
{
    return error_set(reader->err, ERROR_FORMAT, "%.200s:%u: %s", reader->name,
                     (unsigned)line, words);
}

/* The next byte without taking it; "\r\n" is one line end. */
static int peek(const struct reader *reader)
{
    struct text rest = reader->rest;

    if (!rest.size)
        return ENDED;
    if (text_starts_with(rest, TEXT("\r\n")))
        return '\n';
    return (unsigned char)rest.bytes[0];
}

static int take(struct reader *reader)
{
    int c = peek(reader);
    size_t size = c == '\n' && reader->rest.bytes[0] == '\r' ? 2 : 1;

    if (c == ENDED)
        return c;
    reader->rest = text_slice(reader->rest, size, reader->rest.size);
    reader->line += c == '\n';
    return c;
}

static void skip_blanks(struct reader *reader)
{
    while (is_blank(peek(reader)))
        take(reader);
}

static void skip_line(struct reader *reader)
{
    while (peek(reader) != '\n' && peek(reader) != ENDED)
        take(reader);
}

/* Empty, and a string. */
static void clear(struct buffer *buffer)
{
    buffer_clear(buffer);
    buffer_extend(buffer, 0);
}

/* ` "name"]` behind the section; a backslash takes the next byte as it is. */
static int read_subsection(struct reader *reader, uint32_t line)
{
    int c;

    if (reader->has_subsection)
        buffer_byte(&reader->subsection, '.');
    reader->has_subsection = true;
    skip_blanks(reader);
    if (take(reader) != '"')
        return refuse(reader, line, "the section has no ']'");
    while ((c = take(reader)) != '"') {
        if (c == '\\')
            c = take(reader);
        if (c == '\n' || c == ENDED)
            return refuse(reader, line, "the quote has no end");
        buffer_byte(&reader->subsection, (char)c);
    }
    if (take(reader) != ']')
        return refuse(reader, line, "the section has no ']'");
    return 0;
}

/* The old form [section.subsection] is split here, both in lower case. */
static int read_section(struct reader *reader)
{
    struct buffer *to = &reader->section;
    uint32_t line = reader->line;
    int c;

    clear(&reader->section);
    clear(&reader->subsection);
    reader->has_section = true;
    reader->has_subsection = false;
    while ((c = take(reader)) != ']') {
        if (is_blank(c))
            return read_subsection(reader, line);
        if (c == '.' && !reader->has_subsection) {
            reader->has_subsection = true;
            to = &reader->subsection;
            continue;
        }
        if (!is_key(c) && c != '.')
            return refuse(reader, line, "not the name of a section");
        buffer_byte(to, (char)lower(c));
    }
    if (!reader->section.size && !reader->has_subsection)
        return refuse(reader, line, "not the name of a section");
    return 0;
}

/* Behind a backslash: the byte that it means, or -2. */
static int escaped(int c)
{
    switch (c) {
    case 't':
        return '\t';
    case 'b':
        return '\b';
    case 'n':
        return '\n';
    case '\\':
    case '"':
        return c;
    default:
        return -2;
    }
}

static int read_escape(struct reader *reader, uint32_t line)
{
    int c = take(reader);

    if (c == '\n' || c == ENDED)
        return 0;
    c = escaped(c);
    if (c < 0)
        return refuse(reader, line, "an unknown escape behind '\\'");
    buffer_byte(&reader->value, (char)c);
    return 0;
}

/* Up to the end of the line, of which nothing is left. */
static int read_value(struct reader *reader)
{
    bool quoted = false;
    size_t kept = 0; /* what is behind this are blanks */

    skip_blanks(reader);
    for (;;) {
        uint32_t line = reader->line;
        int c = take(reader);

        if ((c == '\n' || c == ENDED) && quoted)
            return refuse(reader, line, "the quote has no end");
        if (!quoted && (c == ';' || c == '#')) {
            skip_line(reader);
            continue;
        }
        if (c == '\n' || c == ENDED)
            break;
        if (c == '"')
            quoted = !quoted;
        else if (c != '\\')
            buffer_byte(&reader->value, (char)c);
        else if (read_escape(reader, line) < 0)
            return -1;
        if (quoted || !is_blank(c))
            kept = reader->value.size;
    }
    reader->value.size = kept;
    reader->value.bytes[kept] = '\0';
    return 0;
}

static int read_setting(struct reader *reader, config_visit *visit,
                        void *payload)
{
    struct config_item item = { .line = reader->line };
    int c;

    clear(&reader->key);
    clear(&reader->value);
    while (is_key(peek(reader)))
        buffer_byte(&reader->key, (char)take(reader));
    while (peek(reader) == ' ' || peek(reader) == '\t')
        take(reader);
    c = take(reader);
    if (!reader->has_section)
        return refuse(reader, item.line, "a key before any [section]");
    if (c != '=' && c != '\n' && c != ENDED)
        return refuse(reader, item.line, "not of the form KEY = VALUE");
    if (c == '=' && read_value(reader) < 0)
        return -1;
    item.section = reader->section.bytes;
    item.subsection = reader->has_subsection ? reader->subsection.bytes : NULL;
    item.key = reader->key.bytes;
    item.value = c == '=' ? reader->value.bytes : NULL;
    return visit(&item, payload, reader->err);
}

static int read_all(struct reader *reader, config_visit *visit, void *payload)
{
    int result = 0;

    while (result == 0 && reader->rest.size) {
        int c = peek(reader);

        if (c == '\n' || is_blank(c)) {
            take(reader);
        } else if (c == '#' || c == ';') {
            skip_line(reader);
        } else if (c == '[') {
            take(reader);
            result = read_section(reader);
        } else if (is_letter(c)) {
            result = read_setting(reader, visit, payload);
        } else {
            result =
                refuse(reader, reader->line, "not of the form KEY = VALUE");
        }
    }
    return result;
}

/* The bytes before the first NUL, which are those that count. */
static struct text before_nul(struct text bytes)
{
    return text_slice(bytes, 0, text_find(bytes, '\0', 0));
}

int config_text_each(const char *name, struct text bytes, config_visit *visit,
                     void *payload, struct error *err)
{
    struct reader reader = {
        .name = name, .rest = before_nul(bytes), .line = 1, .err = err
    };
    bool cut = reader.rest.size < bytes.size;
    int result;

    if (text_starts_with(reader.rest, TEXT(MARK)))
        reader.rest = text_slice(reader.rest, 3, reader.rest.size);
    result = read_all(&reader, visit, payload);
    if (result == 0 && cut)
        result = refuse(&reader, reader.line, "a NUL byte");
    buffer_release(&reader.section);
    buffer_release(&reader.subsection);
    buffer_release(&reader.key);
    buffer_release(&reader.value);
    return result;
}

int config_text_bool(const char *value)
{
    static const char *const words[][2] = {
        { "false", "true" }, { "no", "yes" }, { "off", "on" }, { "0", "1" }
    };

    if (!value)
        return 1;
    if (!value[0])
        return 0;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        for (int j = 0; j < 2; j++)
            if (strcasecmp(value, words[i][j]) == 0)
                return j;
    return -1;
}

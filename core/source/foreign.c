#include "core/source/foreign.h"

#include <string.h>

#include "core/source/quote.h"

#define NAME_MAX 40 /* of an encoding, as it is told */

/* Code that is being read: all but plain strings, and what is between braces of
   the others. Comments are blank. */
struct reading {
    struct source *source;
    const char *letters;
    struct intern originals; /* of source.foreign, by number */
};

/* Of a name in code[from, to). False: it cannot be told from others. */
typedef bool name_visit(struct reading *reading, uint32_t from, uint32_t to);

static bool is_foreign(char byte)
{
    return (unsigned char)byte >= 0x80;
}

static bool is_name(char byte)
{
    return text_is_word(byte) || is_foreign(byte);
}

/* ---- where names stand --------------------------------------------------- */

static bool each_name(struct reading *reading, uint32_t from, uint32_t to,
                      name_visit *visit)
{
    const char *code = reading->source->code;

    while (from < to) {
        uint32_t end = from;

        while (end < to && is_name(code[end]))
            end++;
        if (end > from && !visit(reading, from, end))
            return false;
        from = end + 1;
    }
    return true;
}

/* {{ and }} outside of braces are characters, and leave nothing open. */
static bool each_in_braces(struct reading *reading, uint32_t from, uint32_t to,
                           name_visit *visit)
{
    const char *code = reading->source->code;
    uint32_t depth = 0, start = from;

    for (uint32_t at = from; at < to; at++) {
        if (code[at] == '{' && depth == 0 && code[at + 1] == '{') {
            at++;
        } else if (code[at] == '{') {
            start = depth++ == 0 ? at : start;
        } else if (code[at] == '}' && depth > 0) {
            if (--depth == 0 && !each_name(reading, start, at, visit))
                return false;
        }
    }
    return depth == 0 || each_name(reading, start, to, visit);
}

static bool each(struct reading *reading, name_visit *visit)
{
    const struct source *source = reading->source;
    uint32_t at = 0;

    for (size_t i = 0; i < source->strings_count; i++) {
        const struct string *string = &source->strings[i];

        if (!each_name(reading, at, string->start, visit))
            return false;
        if (quote_read(source->code, string->start).formatted &&
            !each_in_braces(reading, string->start, string->end, visit))
            return false;
        at = string->end;
    }
    return each_name(reading, at, (uint32_t)source->text.size, visit);
}

/* ---- names --------------------------------------------------------------- */

/* May all of its letters be forms of ASCII ones? */
static bool may_be_ascii(const struct reading *reading, uint32_t from,
                         uint32_t to)
{
    const struct source *source = reading->source;

    while (from < to) {
        char byte = source->text.bytes[from];
        size_t size = decode_pair(source->text, from, source->leads);
        bool is_alone = source->leads != LEADS_NONE && size == 1;

        if (is_foreign(byte) && !is_alone && !strchr(reading->letters, byte))
            return false;
        from += (uint32_t)size;
    }
    return true;
}

/* Letters for its bytes; the second one of a pair is '_' in the code. */
static void rewrite(struct source *source, uint32_t from, uint32_t to)
{
    while (from < to) {
        size_t size = decode_pair(source->text, from, source->leads);

        for (size_t i = 0; i < size && from + i < to; i++)
            if (size == 2 || is_foreign(source->code[from + i]))
                source->code[from + i] =
                    (char)('A' +
                           (unsigned char)source->text.bytes[from + i] % 26);
        from += (uint32_t)size;
    }
}

static bool is_keyword(struct text name)
{
    return text_equal(name, TEXT("None")) || text_equal(name, TEXT("True")) ||
           text_equal(name, TEXT("False"));
}

static bool write_name(struct reading *reading, uint32_t from, uint32_t to)
{
    struct source *source = reading->source;
    struct text name = { source->code + from, to - from };
    struct text original = text_slice(source->text, from, to);
    size_t ascii = 0;

    while (ascii < name.size && !is_foreign(name.bytes[ascii]))
        ascii++;
    if (ascii == name.size)
        return true;
    if (may_be_ascii(reading, from, to))
        return false;
    rewrite(source, from, to);
    return intern_add(&source->foreign, name) ==
               intern_add(&reading->originals, original) &&
           !is_keyword(name);
}

/* Not one that was written, or written from the same. */
static bool check_name(struct reading *reading, uint32_t from, uint32_t to)
{
    const struct source *source = reading->source;
    uint32_t number = intern_find(
        &source->foreign, (struct text){ source->code + from, to - from });

    return number == INTERN_NONE ||
           text_equal(intern_text(&reading->originals, number),
                      text_slice(source->text, from, to));
}

bool foreign_read(struct source *source, const char *letters)
{
    struct reading reading = { .source = source, .letters = letters };
    bool result =
        each(&reading, write_name) &&
        (intern_count(&source->foreign) == 0 || each(&reading, check_name));

    intern_release(&reading.originals);
    return result;
}

bool foreign_is_among(const struct source *source, const struct intern *names)
{
    if (intern_count(&source->foreign) == 0)
        return false;
    for (uint32_t i = 0; i < intern_count(names); i++) {
        struct text rest = intern_text(names, i);

        while (rest.size > 0) {
            size_t start = 0, end;

            while (start < rest.size && !text_is_word(rest.bytes[start]))
                start++;
            for (end = start; end < rest.size && text_is_word(rest.bytes[end]);)
                end++;
            if (intern_find(&source->foreign, text_slice(rest, start, end)) !=
                INTERN_NONE)
                return true;
            rest = text_slice(rest, end, rest.size);
        }
    }
    return false;
}

/* ---- what is said -------------------------------------------------------- */

static int shown(const struct source *source)
{
    return (int)(source->encoding.size < NAME_MAX ? source->encoding.size
                                                  : NAME_MAX);
}

int foreign_name(const struct source *source, struct error *err)
{
    return error_set(err, ERROR_LIMIT,
                     "names in the encoding '%.*s' are not read; save the file "
                     "as UTF-8",
                     shown(source), source->encoding.bytes);
}

int foreign_codec(const struct source *source, struct error *err)
{
    return error_set(err, ERROR_LIMIT,
                     "the encoding '%.*s' hides what the bytes say; save the "
                     "file as UTF-8",
                     shown(source), source->encoding.bytes);
}

#include "core/source/word.h"

#include <string.h>

#include "core/source/nfkc.h"
#include "core/source/quote.h"

#define WORD_TEXT(name, text) { text, sizeof(text) - 1 },

static const struct text texts[WORD_NAMES] = { { "", 0 }, WORDS(WORD_TEXT) };

/* The sizes of the words above by their first letter: a bit each. */
static const uint16_t sizes[256] = {
    ['_'] = 1 << 8 | 1 << 10,
    ['F'] = 1 << 5,
    ['N'] = 1 << 4,
    ['T'] = 1 << 4,
    ['a'] = 1 << 2 | 1 << 5 | 1 << 6,
    ['b'] = 1 << 5,
    ['c'] = 1 << 5 | 1 << 8 | 1 << 11,
    ['d'] = 1 << 3,
    ['e'] = 1 << 4 | 1 << 6,
    ['f'] = 1 << 3 | 1 << 4 | 1 << 7,
    ['g'] = 1 << 6 | 1 << 7,
    ['i'] = 1 << 2 | 1 << 6 | 1 << 13,
    ['l'] = 1 << 4 | 1 << 6,
    ['m'] = 1 << 6 | 1 << 7,
    ['n'] = 1 << 3,
    ['o'] = 1 << 2,
    ['r'] = 1 << 5 | 1 << 6,
    ['s'] = 1 << 7,
    ['t'] = 1 << 6 | 1 << 7 | 1 << 8,
    ['v'] = 1 << 4,
    ['w'] = 1 << 5,
};

#define SIZE_MAX_OF_WORDS 13

#define LETTERS_8(n, value)                                                    \
    [n] = (value), [(n) + 1] = (value), [(n) + 2] = (value),                   \
    [(n) + 3] = (value), [(n) + 4] = (value), [(n) + 5] = (value),             \
    [(n) + 6] = (value), [(n) + 7] = (value)
#define LETTERS_32(n, value)                                                   \
    LETTERS_8(n, value), LETTERS_8((n) + 8, value),                            \
        LETTERS_8((n) + 16, value), LETTERS_8((n) + 24, value)

/* 1: of a word; 2: too, and perhaps another letter in NFKC form. */
static const unsigned char letters[256] = {
    LETTERS_8('0', 1),   ['8'] = 1,           ['9'] = 1,
    LETTERS_8('a', 1),   LETTERS_8('i', 1),   LETTERS_8('q', 1),
    ['y'] = 1,           ['z'] = 1,           LETTERS_8('A', 1),
    LETTERS_8('I', 1),   LETTERS_8('Q', 1),   ['Y'] = 1,
    ['Z'] = 1,           ['_'] = 1,           LETTERS_32(0x80, 2),
    LETTERS_32(0xa0, 2), LETTERS_32(0xc0, 2), LETTERS_32(0xe0, 2),
};

const char *word_text(enum word_name name)
{
    return texts[name].bytes;
}

static unsigned char letter_at(const struct source *source, uint32_t at)
{
    return letters[(unsigned char)source->code[at]];
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' ||
           byte == '\f';
}

uint32_t word_behind(const struct source *source, uint32_t at, uint32_t end)
{
    while (at < end && is_blank(source->code[at]))
        at++;
    return at;
}

uint32_t word_before(const struct source *source, uint32_t at, uint32_t start)
{
    while (at > start + 1 && is_blank(source->code[at - 1]))
        at--;
    return at - (at > start);
}

uint32_t word_line_end(const struct source *source, size_t line)
{
    return source->logicals[line].end;
}

struct word_reader word_read(const struct source *source, size_t line)
{
    const struct logical *logical = &source->logicals[line];

    return (struct word_reader){ .source = source,
                                 .at = logical->start,
                                 .end = logical->end,
                                 .string = logical->string,
                                 .is_plain = true };
}

static enum word_name name_of(struct text text)
{
    int name = WORD_OTHER;

    if (text.size > SIZE_MAX_OF_WORDS ||
        !(sizes[(unsigned char)text.bytes[0]] >> text.size & 1))
        return WORD_OTHER;
    for (int i = WORD_OTHER + 1; i < WORD_NAMES && !name; i++)
        if (texts[i].size == text.size && texts[i].bytes[0] == text.bytes[0] &&
            memcmp(texts[i].bytes, text.bytes, text.size) == 0)
            name = i;
    return (enum word_name)name;
}

/* Go past the string that starts here, or into it if it holds code. */
static void enter_string(struct word_reader *reader)
{
    const struct string *string = &reader->source->strings[reader->string++];

    if (quote_read(reader->source->code, string->start).formatted)
        reader->at = string->start + 1;
    else
        reader->at = string->end;
}

/* To where the next word starts, or the end. */
static void skip_others(struct word_reader *reader)
{
    const struct source *source = reader->source;

    for (;;) {
        uint32_t stop = reader->string < source->strings_count
                            ? source->strings[reader->string].start
                            : reader->end;

        if (stop > reader->end)
            stop = reader->end;
        while (reader->at < stop && !letter_at(source, reader->at))
            reader->at++;
        if (reader->at < stop || stop == reader->end)
            return;
        enter_string(reader);
    }
}

static void look_at_letter(struct word_reader *reader)
{
    char form[NFKC_EXPANSION_MAX];
    size_t size = 0;
    struct text rest = { reader->source->code + reader->at,
                         reader->end - reader->at };

    if (nfkc_step(rest, form, &size) > 0)
        reader->is_plain = false;
}

bool word_next(struct word_reader *reader, struct word *word)
{
    const struct source *source = reader->source;

    skip_others(reader);
    if (reader->at >= reader->end)
        return false;
    word->start = reader->at;
    for (unsigned char letter;
         reader->at < reader->end && (letter = letter_at(source, reader->at));
         reader->at++)
        if (letter == 2)
            look_at_letter(reader);
    word->end = reader->at;
    word->name = name_of(
        (struct text){ source->code + word->start, word->end - word->start });
    return true;
}

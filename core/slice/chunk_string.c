/* The string literals of a chunk. */
#include <string.h>

#include "core/slice/chunk_parts.h"
#include "core/source/constant.h"
#include "core/source/quote.h"

/* Letters of the names, or what may stand for one. */
static const bool is_part[256] = {
    ['a'] = true, ['e'] = true, ['f'] = true,  ['i'] = true, ['k'] = true,
    ['l'] = true, ['m'] = true, ['n'] = true,  ['o'] = true, ['p'] = true,
    ['s'] = true, ['t'] = true, ['\\'] = true,
};

/* How much of a literal could be a part of one of the names. */
static size_t part_size(struct text content)
{
    size_t size = 0;

    while (size < content.size && is_part[(unsigned char)content.bytes[size]])
        size++;
    return size;
}

static void add_parts(struct chunk_says *says, struct text content, bool raw)
{
    size_t size = part_size(content);

    if (size < content.size && content.bytes[size] != '.' &&
        !memchr(content.bytes, '\\', size))
        return;
    for (size_t i = 0; i < CHUNK_NAMES; i++) {
        struct part_name part = PART_NAME(text_of(word_text(chunk_names[i])));

        part_add(&part, content, raw);
        for (size_t at = 0; at < CHUNK_NAME_MAX; at++)
            says->ends[i][at] |= (uint16_t)part.ends[at];
    }
}

/* May the escape stand for a letter, or for nothing? */
static bool may_escape(struct text content, size_t at)
{
    const struct text kinds = TEXT("01234567xuUN\n\r");

    return at + 1 < content.size &&
           text_find(kinds, content.bytes[at + 1], 0) < kinds.size;
}

/* Up to a dot: nothing but letters, escaped or not? */
static bool may_name(struct text content, bool *escaped)
{
    *escaped = false;
    for (size_t at = 0; at < content.size && content.bytes[at] != '.'; at++) {
        if (content.bytes[at] == '\\') {
            *escaped = true;
            return may_escape(content, at);
        }
        if (!text_is_word(content.bytes[at]))
            return false;
    }
    return true;
}

void chunk_read_string(struct chunk_note *note, const struct source *source,
                       size_t number, size_t first, size_t after)
{
    const struct string *string = &source->strings[number];
    struct text content = part_content(source, string);
    bool escaped, beside;

    if (constant_may_be(source, number))
        note->says.flags |= CHUNK_MATTERS;
    if (part_counts(source, string))
        add_parts(&note->says, content,
                  quote_read(source->code, string->start).raw);
    if (!may_name(content, &escaped))
        return;
    beside = (number > first && part_is_beside(source, string)) ||
             (number + 1 < after && part_is_beside(source, string + 1));
    if (escaped || beside)
        note->says.flags |= CHUNK_JOINS;
    else
        chunk_needed(note, CHUNK_SPELLS,
                     text_slice(content, 0, text_find(content, '.', 0)));
}

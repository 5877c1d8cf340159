/* What a method is sure to do: enough to put one line in its place. */
#include <string.h>

#include "core/slice/origin_parts.h"

#define JUMPS                                                                  \
    (WORD_BIT(WORD_RETURN) | WORD_BIT(WORD_RAISE) | WORD_BIT(WORD_WHILE) |     \
     WORD_BIT(WORD_BREAK) | WORD_BIT(WORD_CONTINUE) | WORD_BIT(WORD_ASSERT) |  \
     WORD_BIT(WORD_CLASS))
/* As the first word of a line, they come after what is behind them. */
#define LATE                                                                   \
    (WORD_BIT(WORD_RETURN) | WORD_BIT(WORD_RAISE) | WORD_BIT(WORD_ASSERT))
#define CONDITIONS                                                             \
    (WORD_BIT(WORD_IF) | WORD_BIT(WORD_ELIF) | WORD_BIT(WORD_NOT))
#define CONSTANTS                                                              \
    (WORD_BIT(WORD_TRUE) | WORD_BIT(WORD_FALSE) | WORD_BIT(WORD_NONE))

static bool is_constant(const struct origin *origin, const struct word *word)
{
    char first = origin->source->code[word->start];

    return (first >= '0' && first <= '9') || WORD_BIT(word->name) & CONSTANTS;
}

/* Does what stands before `end` always lead there and to the next line? */
static bool goes_on(const struct origin *origin, size_t line, uint32_t end)
{
    const struct source *source = origin->source;
    struct word_reader reader = word_read(source, line);
    uint32_t start = reader.at;
    struct word word, previous = { .name = WORD_OTHER };

    origin_spend(origin, reader.end - reader.at);
    if (origin->track->asks[line] ||
        (end < reader.end && memchr(source->code + start, ';', end - start)))
        return false;
    for (; word_next(&reader, &word) && word.start < end; previous = word) {
        bool is_late = word.start == start && end < reader.end &&
                       WORD_BIT(word.name) & LATE;

        if (WORD_BIT(word.name) & JUMPS && !is_late)
            return false;
        if (WORD_BIT(previous.name) & CONDITIONS && is_constant(origin, &word))
            return false;
    }
    return true;
}

static bool is_definition(const struct source *source, size_t line)
{
    struct word_reader reader = word_read(source, line);
    struct word word;

    return word_next(&reader, &word) &&
           word.start == source->logicals[line].start &&
           (word.name == WORD_DEF ||
            (word.name == WORD_ASYNC && word_next(&reader, &word) &&
             word.name == WORD_DEF));
}

bool origin_is_plain(const struct origin *origin, const struct track_read *read)
{
    const struct source *source = origin->source;
    const struct logical *logicals = source->logicals;
    const struct piece *method = origin_piece(origin, read->line);
    size_t line = piece_head(source, method) + 1;
    uint32_t inner = UINT32_MAX; /* the column of a function in the method */

    if (around_behind(source, read->line, read->word.end) != '(' ||
        line > read->line)
        return false;
    for (; line <= read->line; line++) {
        if (!origin_spend(origin, 1))
            return false;
        if (logicals[line].column > inner)
            continue;
        inner =
            is_definition(source, line) ? logicals[line].column : UINT32_MAX;
        if (inner == UINT32_MAX &&
            !goes_on(origin, line,
                     line == read->line ? read->word.start : UINT32_MAX))
            return false;
    }
    return inner == UINT32_MAX;
}

#include "core/source/piece.h"

#include <stdlib.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "core/source/word.h"

static enum word_name first_word(const struct source *source, size_t line)
{
    struct word_reader reader = word_read(source, line);
    struct word word;

    if (!word_next(&reader, &word) ||
        word.start != source->logicals[line].start)
        return WORD_OTHER;
    if (word.name == WORD_ASYNC && word_next(&reader, &word) &&
        word.name != WORD_DEF)
        return WORD_OTHER;
    return word.name;
}

static uint32_t column_of(const struct source *source, size_t line)
{
    return source->logicals[line].column;
}

static bool opens_block(const struct source *source, size_t line)
{
    return source->code[word_line_end(source, line) - 1] == ':';
}

/* ---- indentation --------------------------------------------------------- */

/* The columns of the blocks around a line, from the outside in. */
struct blocks {
    uint32_t columns[SOURCE_INDENT_MAX + 1];
    size_t count;
};

/* Does the line fit behind one that opens a block, or that does not? */
static bool enter_line(struct blocks *blocks, uint32_t column, bool opened)
{
    uint32_t inner = blocks->columns[blocks->count - 1];

    if (opened) {
        if (column <= inner || blocks->count > SOURCE_INDENT_MAX)
            return false;
        blocks->columns[blocks->count++] = column;
        return true;
    }
    while (blocks->columns[blocks->count - 1] > column)
        blocks->count--;
    return blocks->columns[blocks->count - 1] == column;
}

bool piece_is_regular(const struct source *source)
{
    struct blocks blocks = { .count = 1 };
    bool opened = false;

    if (source->is_odd)
        return false;
    for (size_t line = 0; line < source->logicals_count; line++) {
        if (!enter_line(&blocks, column_of(source, line), opened))
            return false;
        opened = opens_block(source, line);
    }
    return !opened;
}

/* ---- statements ---------------------------------------------------------- */

static bool continues(enum word_name word)
{
    return word == WORD_ELSE || word == WORD_ELIF || word == WORD_EXCEPT ||
           word == WORD_FINALLY;
}

static bool is_decorator(const struct source *source, size_t line)
{
    return source->code[source->logicals[line].start] == '@';
}

/* Behind the statement that starts with `first`, decorators included. */
static size_t statement_end(const struct source *source, size_t first,
                            size_t after)
{
    uint32_t column = column_of(source, first);
    bool decorated = is_decorator(source, first);
    size_t line = first + 1;

    for (; line < after; line++) {
        if (column_of(source, line) > column)
            continue;
        if (!decorated && !continues(first_word(source, line)))
            break;
        decorated = decorated && is_decorator(source, line);
    }
    return line;
}

static size_t skip_decorators(const struct source *source, size_t first,
                              size_t after)
{
    while (first < after && is_decorator(source, first))
        first++;
    return first;
}

static struct piece *add_piece(struct pieces *pieces,
                               const struct source *source, size_t first,
                               size_t after)
{
    struct piece *piece = ARRAY_PUSH(pieces->items);
    size_t head = skip_decorators(source, first, after);

    piece->first = first;
    piece->after = after;
    if (head < after && first_word(source, head) == WORD_DEF)
        piece->kind = PIECE_FUNCTION;
    return piece;
}

/* A class whose body stands on lines of its own, as a head and its members. */
static bool add_class(struct pieces *pieces, const struct source *source,
                      size_t first, size_t after)
{
    size_t head = skip_decorators(source, first, after), line = head + 1;
    size_t at = pieces->items_count;

    if (line >= after || first_word(source, head) != WORD_CLASS)
        return false;
    add_piece(pieces, source, first, line)->kind = PIECE_CLASS;
    for (size_t end; line < after; line = end) {
        end = statement_end(source, line, after);
        add_piece(pieces, source, line, end)->owner = at + 1;
    }
    pieces->items[at].members = pieces->items_count - at - 1;
    return true;
}

bool piece_cut(struct pieces *pieces, const struct source *source)
{
    size_t count = source->logicals_count;

    *pieces = PIECES_EMPTY;
    if (!piece_is_regular(source))
        return false;
    for (size_t line = 0, end; line < count; line = end) {
        end = statement_end(source, line, count);
        if (!add_class(pieces, source, line, end))
            add_piece(pieces, source, line, end);
    }
    return true;
}

size_t piece_at(const struct pieces *pieces, size_t line)
{
    struct bound found = bound_in(0, pieces->items_count);

    while (bound_open(&found))
        bound_step(&found, pieces->items[found.middle].first <= line);
    return bound_before(&found);
}

size_t piece_head(const struct source *source, const struct piece *piece)
{
    return skip_decorators(source, piece->first, piece->after);
}

void piece_release(struct pieces *pieces)
{
    free(pieces->items);
    *pieces = PIECES_EMPTY;
}

#include "core/source/indent.h"

#include <limits.h>
#include <string.h>

#define TAB 8
/* Columns from here on count as different each time they come up. */
#define COLUMNS 1024

/* The size of a joined line's end at `code`: a backslash and what follows. */
static size_t joint(const char *code)
{
    if (code[0] != '\\')
        return 0;
    if (code[1] == '\r')
        return code[2] == '\n' ? 3 : 0;
    return code[1] == '\n' ? 2 : 0;
}

static bool is_control(char byte)
{
    return (byte > 0 && byte < ' ' && byte != '\n' && byte != '\r') ||
           byte == 0x7f;
}

struct indent_blanks indent_measure(const char *code)
{
    struct indent_blanks blanks = { .plain = true };
    uint32_t joined = 0; /* the first joined line decides */

    for (;;) {
        char byte = code[blanks.size];
        size_t size = 1;

        if (byte == ' ') {
            blanks.column++;
        } else if (byte == '\t') {
            blanks.plain = blanks.plain && blanks.column % TAB == 0;
            blanks.column = (blanks.column / TAB + 1) * TAB;
        } else if (is_control(byte)) {
            blanks.plain = false;
            blanks.column = byte == '\f' ? 0 : blanks.column;
        } else if ((size = joint(code + blanks.size)) > 0) {
            blanks.plain = false;
            joined = joined ? joined : blanks.column;
        } else {
            break;
        }
        blanks.size += size;
    }
    blanks.column = joined ? joined : blanks.column;
    return blanks;
}

void indent_rewrite(char *code, const struct indent_blanks *blanks)
{
    size_t tabs = blanks->column / TAB, spaces = blanks->column % TAB;
    size_t nothing = blanks->size - tabs - spaces;

    /* A form feed starts the count anew in the grammar, too. */
    memset(code, '\f', nothing);
    memset(code + nothing, '\t', tabs);
    memset(code + nothing + tabs, ' ', spaces);
}

bool indent_line(struct indent *indent, uint32_t column)
{
    uint32_t *columns = indent->columns;
    uint32_t deepest = indent->count ? columns[indent->count - 1] : 0;

    if (column > deepest) {
        if (indent->count == SOURCE_INDENT_MAX)
            return false;
        columns[indent->count++] = column;
    }
    while (indent->count > 0 && columns[indent->count - 1] > column)
        indent->count--;
    return true;
}

/* What starts a line for the grammar: how many columns, all told or more. */
struct start {
    uint32_t column;
    bool all;    /* a break precedes them: what was joined does not count */
    bool joined; /* the next line's count, too */
    bool blank;  /* no start at all */
};

static struct start measure_start(const char *code)
{
    struct start start = { 0 };

    for (;; code++) {
        if (*code == ' ') {
            start.column++;
        } else if (*code == '\t') {
            start.column += TAB;
        } else if (*code == '\f' || *code == '\r') {
            start.column = 0;
            start.all = true;
        } else {
            start.joined = joint(code) > 0;
            start.blank = *code == '\n' || *code == '\0';
            return start;
        }
    }
}

/* Columns so far, each once. */
struct columns {
    unsigned char seen[COLUMNS / CHAR_BIT];
    uint32_t count;
};

static void count_column(struct columns *columns, uint32_t column)
{
    unsigned char bit = (unsigned char)(1u << column % CHAR_BIT);

    if (column < COLUMNS && (columns->seen[column / CHAR_BIT] & bit))
        return;
    if (column < COLUMNS)
        columns->seen[column / CHAR_BIT] |= bit;
    columns->count++;
}

static struct columns columns_of(const struct source *source)
{
    struct columns columns = { 0 };
    struct start next = { 0 };

    for (size_t i = source->lines_count; i-- > 0;) {
        const char *code = source->code + source->lines[i];
        struct start start;

        /* Joined to the line before, and blank by now. */
        if (i > 0 && code[-1] != '\n')
            continue;
        start = measure_start(code);
        if (start.joined) {
            start.column = next.all ? next.column : start.column + next.column;
            start.all = start.all || next.all;
        }
        if (!start.blank)
            count_column(&columns, start.column);
        next = start;
    }
    return columns;
}

bool indent_is_wild(const struct source *source)
{
    return columns_of(source).count > SOURCE_INDENTATIONS_MAX;
}

/* ---- of a file in parts -------------------------------------------------- */

void indent_add_columns(struct indent_columns *to, const struct source *source)
{
    struct columns columns = columns_of(source);
    unsigned char near[sizeof(to->near)];

    memcpy(near, columns.seen, sizeof(near));
    to->far += columns.count;
    for (size_t i = 0; i < sizeof(near); i++) {
        to->far -= (uint32_t)__builtin_popcount(near[i]);
        to->near[i] |= near[i];
    }
}

void indent_join_columns(struct indent_columns *to,
                         const struct indent_columns *from)
{
    for (size_t i = 0; i < sizeof(to->near); i++)
        to->near[i] |= from->near[i];
    to->far += from->far;
}

bool indent_may_be_wild(const struct indent_columns *columns)
{
    uint32_t count = columns->far;

    for (size_t i = 0; i < sizeof(columns->near); i++)
        count += (uint32_t)__builtin_popcount(columns->near[i]);
    return count > SOURCE_INDENTATIONS_MAX;
}

#include "core/source/constant.h"

#include <string.h>

#include "core/base/buffer.h"
#include "core/source/nest.h"
#include "core/source/part.h"
#include "core/source/piece.h"
#include "core/source/word.h"

#define READERS " __dict__ getattr vars"

static bool is_member(struct text content)
{
    for (int i = 0; i < TARGET_COUNT; i++)
        if (text_equal(content, text_of(rule_target((enum target)i)->member)))
            return true;
    return false;
}

/* Where the '=' stands before the literal, or 0. */
static uint32_t sign_before(const struct source *source, size_t string)
{
    const char *code = source->code;
    uint32_t at = source->strings[string].start;

    while (at > 0 && strchr("bBrRuU", code[at - 1]))
        at--;
    at = word_before(source, at, 0);
    return code[at] == '=' && at > 0 && !strchr("=!<>", code[at - 1]) ? at : 0;
}

/* Where the literal's statement may end: the first byte behind that is no
   blank, or a line end. */
static uint32_t end_behind(const struct source *source, size_t string)
{
    uint32_t at = source->strings[string].end;

    while (source->code[at] == ' ' || source->code[at] == '\t')
        at++;
    return at;
}

bool constant_may_be(const struct source *source, size_t string)
{
    return is_member(part_content(source, &source->strings[string])) &&
           sign_before(source, string) &&
           strchr(";\r\n", source->code[end_behind(source, string)]);
}

static void add(const struct source *source, const struct word *word,
                struct intern *exports)
{
    struct buffer export = BUFFER_EMPTY;

    buffer_append(&export, source->code + word->start, word->end - word->start);
    buffer_string(&export, READERS);
    intern_add(exports, buffer_view(&export));
    buffer_release(&export);
}

/* `name = "mktemp"`, `name: type = "mktemp"`, `a = b = "mktemp"`: each name
   before an '=', and what the line starts with. */
static void add_names(const struct source *source, size_t line, uint32_t before,
                      struct intern *exports)
{
    struct word_reader reader = word_read(source, line);
    uint32_t end = word_line_end(source, line);
    struct word word;
    bool is_first = true;

    while (word_next(&reader, &word) && word.start < before) {
        if (is_first || source->code[word_behind(source, word.end, end)] == '=')
            add(source, &word, exports);
        is_first = false;
    }
}

static void read_line(const struct source *source, size_t line,
                      struct intern *exports)
{
    const struct logical *logical = &source->logicals[line];
    uint32_t last = 0;

    for (size_t i = logical->string;
         i < source->strings_count && source->strings[i].start < logical->end;
         i++)
        if (constant_may_be(source, i) &&
            (end_behind(source, i) >= logical->end ||
             source->code[end_behind(source, i)] == ';'))
            last = source->strings[i].start;
    if (last)
        add_names(source, line, last, exports);
}

/* Go through the lines of modules and classes; where it is not told which they
   are, through all. */
static void read_lines(const struct source *source, struct intern *exports)
{
    struct nest nest = { .count = 0 };
    bool is_regular = piece_is_regular(source);

    for (size_t line = 0; line < source->logicals_count; line++) {
        uint32_t column = source->logicals[line].column;
        struct word_reader reader = word_read(source, line);
        struct word word = { .name = WORD_OTHER };

        if (nest_enter(&nest, column) != IN_FUNCTION)
            read_line(source, line, exports);
        if (!is_regular)
            continue;
        if (word_next(&reader, &word) && word.name == WORD_ASYNC)
            word_next(&reader, &word);
        if (word.name == WORD_CLASS || word.name == WORD_DEF)
            nest_define(&nest, column,
                        word.name == WORD_CLASS ? IN_CLASS : IN_FUNCTION);
    }
}

void constant_exports(const struct source *source, struct intern *exports)
{
    size_t i = 0;

    while (i < source->strings_count && !constant_may_be(source, i))
        i++;
    if (i < source->strings_count)
        read_lines(source, exports);
}

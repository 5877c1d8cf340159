#include "core/source/around.h"

static uint32_t line_start(const struct source *source, size_t line)
{
    return source->logicals[line].start;
}

char around_before(const struct source *source, size_t line, uint32_t at)
{
    uint32_t start = line_start(source, line);

    return at == start ? '\0' : source->code[word_before(source, at, start)];
}

char around_behind(const struct source *source, size_t line, uint32_t at)
{
    uint32_t end = word_line_end(source, line);

    at = word_behind(source, at, end);
    return at < end ? source->code[at] : '\0';
}

bool around_is_attribute(const struct source *source,
                         const struct mention *mention)
{
    return around_before(source, mention->line, mention->start) == '.';
}

/* ---- words and brackets -------------------------------------------------- */

static bool may_bind(enum word_name name)
{
    return name == WORD_FOR || name == WORD_LAMBDA || name == WORD_AS ||
           name == WORD_GLOBAL || name == WORD_DEL || name == WORD_DEF ||
           name == WORD_CLASS;
}

static void read_words(const struct source *source,
                       const struct mention *mention,
                       struct around_word *around)
{
    const char *code = source->code;
    struct word_reader reader = word_read(source, mention->line);
    struct word word = { .name = WORD_OTHER };
    uint32_t end = line_start(source, mention->line);
    bool is_before = true;

    around->first = around->previous = WORD_OTHER;
    for (size_t i = 0; word_next(&reader, &word); end = word.end, i++) {
        is_before = word.start < mention->start;
        if (word.start == mention->start)
            continue;
        for (; is_before && end < word.start; end++)
            around->in_import &= code[end] != ';';
        if (i == 0 || (i == 1 && around->first == WORD_ASYNC))
            around->first = word.name;
        around->has_binder |= may_bind(word.name);
        if (!is_before)
            continue;
        around->in_import |= word.name == WORD_IMPORT;
        around->previous = word.name;
    }
}

/* Is the '=' at `at` that of an assignment? */
static bool assigns(const char *code, uint32_t at)
{
    return code[at] == '=' && code[at + 1] != '=' && code[at - 1] != '=' &&
           code[at - 1] != '!' && code[at - 1] != '<' && code[at - 1] != '>';
}

uint32_t around_assignment(const struct source *source, size_t line)
{
    uint32_t at = line_start(source, line), depth = 0, last = 0;
    uint32_t end = word_line_end(source, line);
    size_t string = word_read(source, line).string;

    for (; at < end; at++) {
        char byte = source->code[at];

        if (string < source->strings_count &&
            source->strings[string].start == at)
            at = source->strings[string++].end - 1;
        else if (byte == '(' || byte == '[' || byte == '{')
            depth++;
        else if (byte == ')' || byte == ']' || byte == '}')
            depth--;
        else if (depth == 0 && at > 0 && assigns(source->code, at))
            last = at;
    }
    return last;
}

struct around_word around_of(const struct source *source,
                             const struct mention *mention)
{
    struct around_word around = { .in_import = false };

    read_words(source, mention, &around);
    around.assigned = around_assignment(source, mention->line) >= mention->end;
    return around;
}

bool around_binds(const struct source *source, const struct mention *mention,
                  const struct around_word *around)
{
    uint32_t end = word_line_end(source, mention->line);
    uint32_t at = word_behind(source, mention->end, end);
    const char *code = source->code;

    if (at < end && (code[at] == '.' || code[at] == '(' || code[at] == '['))
        return around->previous == WORD_DEF || around->previous == WORD_GLOBAL;
    return around->has_binder || around->assigned ||
           (at + 1 < end && code[at] == ':' && code[at + 1] == '=');
}

/* ---- a.b.c --------------------------------------------------------------- */

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' ||
           (unsigned char)byte >= 0x80;
}

struct around_chain around_chain(const struct source *source, size_t line,
                                 uint32_t at)
{
    uint32_t first = line_start(source, line), start = at, end = 0;
    struct around_chain chain = { .is_long = false };

    do {
        uint32_t dot = word_before(source, start, first);

        chain.is_long = end != 0;
        end = dot > first ? word_before(source, dot, first) + 1 : dot;
        for (start = end; start > first && is_letter(source->code[start - 1]);)
            start--;
    } while (start < end && around_before(source, line, start) == '.');
    chain.name = (struct text){ source->code + start, end - start };
    return chain;
}

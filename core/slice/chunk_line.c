/* The words of a chunk. */
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/slice/chunk_parts.h"
#include "core/source/around.h"
#include "core/source/nest.h"

#define BIT(name) WORD_BIT(name)
#define TARGETS   (BIT(WORD_MKTEMP) | BIT(WORD_TEMPNAM) | BIT(WORD_TMPNAM))
#define ENDS                                                                   \
    (BIT(WORD_RAISE) | BIT(WORD_WHILE) | BIT(WORD_ASSERT) | BIT(WORD_RETURN))
#define BINDERS                                                                \
    (BIT(WORD_FOR) | BIT(WORD_LAMBDA) | BIT(WORD_AS) | BIT(WORD_GLOBAL) |      \
     BIT(WORD_DEL) | BIT(WORD_DEF))
#define DEFINERS  (BIT(WORD_DEF) | BIT(WORD_CLASS) | BIT(WORD_GLOBAL))
#define IMPORTERS (BIT(WORD_DYNAMIC_IMPORT) | BIT(WORD_IMPORT_MODULE))
#define READERS   (BIT(WORD_DICT) | BIT(WORD_GETATTR) | BIT(WORD_VARS))
#define RECORDED  (BIT(WORD_SETATTR) | BIT(WORD_CLASSMETHOD))

struct reading {
    struct chunk_note *note;
    const struct source *source;
    struct nest nest;
    struct word *words; /* of the line at hand, */
    size_t words_count, words_room;
    size_t line;
    uint64_t names; /* those that it has, */
    enum word_name first;
    uint32_t assignment; /* and where its last '=' stands, or 0 */
    enum line_scope scope;
};

static void collect(struct reading *reading, size_t line)
{
    struct word_reader reader = word_read(reading->source, line);
    struct word word;

    reading->line = line;
    reading->names = 0;
    reading->words_count = 0;
    while (word_next(&reader, &word)) {
        *ARRAY_PUSH(reading->words) = word;
        reading->names |= BIT(word.name);
    }
    reading->first = reading->words_count ? reading->words[0].name : WORD_OTHER;
    if (reading->first == WORD_ASYNC && reading->words_count > 1)
        reading->first = reading->words[1].name;
    if (!reader.is_plain)
        reading->note->says.flags |= CHUNK_MATTERS;
}

static char before(const struct reading *reading, const struct word *word)
{
    return around_before(reading->source, reading->line, word->start);
}

static char behind(const struct reading *reading, const struct word *word)
{
    return around_behind(reading->source, reading->line, word->end);
}

/* ---- flags --------------------------------------------------------------- */

/* `import name` of the module: its truth may be asked for elsewhere. */
static bool imports_modules(const struct reading *reading)
{
    const struct logical *logical = &reading->source->logicals[reading->line];
    const char *code = reading->source->code + logical->start;

    return reading->scope == IN_MODULE &&
           (!(reading->names & BIT(WORD_FROM)) ||
            memchr(code, ';', logical->end - logical->start));
}

static bool imports_all(const struct reading *reading)
{
    for (size_t i = 0; i < reading->words_count; i++)
        if (reading->words[i].name == WORD_IMPORT &&
            behind(reading, &reading->words[i]) == '*')
            return true;
    return false;
}

/* sys.modules, or the name imported. */
static bool reads_modules(const struct reading *reading)
{
    if (reading->names & BIT(WORD_FROM) && reading->names & BIT(WORD_IMPORT))
        return true;
    for (size_t i = 0; i < reading->words_count; i++)
        if (reading->words[i].name == WORD_MODULES &&
            before(reading, &reading->words[i]) == '.')
            return true;
    return false;
}

/* All of them are read from something. */
static bool reads_targets(const struct reading *reading)
{
    for (size_t i = 0; i < reading->words_count; i++)
        if (BIT(reading->words[i].name) & TARGETS &&
            before(reading, &reading->words[i]) != '.')
            return false;
    return true;
}

static void set_flags(struct reading *reading)
{
    uint64_t names = reading->names;
    unsigned *flags = &reading->note->says.flags;

    if (names & TARGETS)
        *flags |= reads_targets(reading) ? CHUNK_FOREIGN : CHUNK_MATTERS;
    if (names & BIT(WORD_TEMPFILE))
        *flags |= CHUNK_MATTERS;
    if (names & ENDS && reading->scope != IN_FUNCTION &&
        reading->first != WORD_DEF)
        *flags |= CHUNK_MATTERS;
    if (names & BIT(WORD_IMPORT) &&
        (imports_modules(reading) || imports_all(reading)))
        *flags |= CHUNK_MATTERS;
    if (names & BIT(WORD_OS))
        *flags |= CHUNK_OS;
    if (names & IMPORTERS ||
        (names & BIT(WORD_MODULES) && reads_modules(reading)))
        *flags |= CHUNK_IMPORTS;
    if (names & READERS)
        *flags |= CHUNK_READS;
}

/* ---- names --------------------------------------------------------------- */

/* As around_binds has it, and `import`. The bases of a class are not bound by
   its head. */
static bool may_bind(const struct reading *reading, size_t number)
{
    const struct word *word = &reading->words[number];
    enum word_name previous = number ? word[-1].name : WORD_OTHER;
    uint32_t end = word_line_end(reading->source, reading->line);
    uint32_t at = word_behind(reading->source, word->end, end);
    const char *code = reading->source->code;

    if (BIT(previous) & DEFINERS || reading->first == WORD_GLOBAL ||
        reading->names & BIT(WORD_IMPORT))
        return true;
    if (at < end && (code[at] == '.' || code[at] == '(' || code[at] == '['))
        return false;
    return reading->names & BINDERS || reading->assignment >= word->end ||
           (at + 1 < end && code[at] == ':' && code[at + 1] == '=');
}

/* Not called without arguments, nor of `self`. */
static bool may_pass(const struct reading *reading, const struct word *word)
{
    const struct source *source = reading->source;
    uint32_t end = word_line_end(source, reading->line);
    uint32_t open = word_behind(source, word->end, end);
    struct around_chain chain;

    if (open < end && source->code[open] == '(' &&
        around_behind(source, reading->line, open + 1) == ')')
        return false;
    chain = around_chain(source, reading->line, word->start);
    return chain.is_long || !text_equal(chain.name, TEXT("self"));
}

static bool has_default(const struct reading *reading)
{
    const struct logical *logical = &reading->source->logicals[reading->line];

    return memchr(reading->source->code + logical->start, '=',
                  logical->end - logical->start);
}

/* `other(name)` in a class: what is no parameter may be one of its functions.
 */
static bool may_hand_on(const struct reading *reading, size_t number)
{
    const struct word *word = &reading->words[number];

    if (reading->scope != IN_CLASS || word->name != WORD_OTHER ||
        (number && BIT(word[-1].name) & DEFINERS) ||
        behind(reading, word) == '.')
        return false;
    return reading->first == WORD_DEF ? has_default(reading)
                                      : reading->assignment < word->end;
}

static void add_name(struct reading *reading, size_t number)
{
    const struct word *word = &reading->words[number];
    struct chunk_note *note = reading->note;
    struct text name = { reading->source->code + word->start,
                         word->end - word->start };

    if (BIT(word->name) & RECORDED)
        chunk_needed(note, CHUNK_MENTIONS, name);
    if (before(reading, word) != '.') {
        if (may_bind(reading, number))
            chunk_needed(note, CHUNK_BINDS, name);
        if (may_hand_on(reading, number))
            chunk_needed(note, CHUNK_CALLS, name);
        return;
    }
    if (may_pass(reading, word))
        chunk_needed(note, CHUNK_CALLS, name);
    if (reading->assignment >= word->end)
        chunk_needed(note, CHUNK_ASSIGNS, name);
}

static void read_line(struct reading *reading, size_t line)
{
    const struct logical *logical = &reading->source->logicals[line];
    const char *code = reading->source->code + logical->start;

    collect(reading, line);
    reading->scope = nest_enter(&reading->nest, logical->column);
    reading->assignment = memchr(code, '=', logical->end - logical->start)
                              ? around_assignment(reading->source, line)
                              : 0;
    set_flags(reading);
    for (size_t i = 0; i < reading->words_count; i++)
        add_name(reading, i);
    if (reading->first == WORD_CLASS || reading->first == WORD_DEF)
        nest_define(&reading->nest, logical->column,
                    reading->first == WORD_CLASS ? IN_CLASS : IN_FUNCTION);
}

void chunk_read_lines(struct chunk_note *note, const struct source *source,
                      size_t first, size_t after, enum line_scope scope)
{
    struct reading reading = { .note = note, .source = source };

    if (scope != IN_MODULE)
        nest_define(&reading.nest, 0, scope);
    for (size_t line = first; line < after; line++)
        read_line(&reading, line);
    free(reading.words);
}

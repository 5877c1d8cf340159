#include "core/slice/track.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/intern.h"
#include "core/base/memory.h"
#include "core/source/part.h"
#include "core/source/word.h"

#define BIT(name) WORD_BIT(name)
#define SEEDS     (BIT(WORD_MKTEMP) | BIT(WORD_TEMPNAM) | BIT(WORD_TMPNAM))
#define TRUTH_ASKED                                                            \
    (BIT(WORD_IF) | BIT(WORD_ELIF) | BIT(WORD_WHILE) | BIT(WORD_ASSERT) |      \
     BIT(WORD_NOT))

/* What a word is a part of. */
enum statement { OTHERWISE, AFTER_IMPORT, AFTER_FROM, AFTER_FROM_IMPORT };

/* A name whose truth is asked for. */
struct asked {
    uint32_t start, end;
    size_t line;
};

struct tracking {
    const struct source *source;
    struct track *track;
    bool *lines;
    uint64_t members;      /* targets that the file mentions, BITs, */
    uint64_t modules;      /* and their modules */
    uint64_t bound, other; /* names bound to targets, and to something else */
    bool reads; /* a member of a target's name, or imports all members */
    bool imports_dynamic, reads_dynamic, unsure;
    struct intern imported; /* names that import statements bind */
    struct asked *asked;
    size_t asked_count, asked_room;
    struct nest nest;

    /* of the line at hand */
    size_t line;
    uint32_t start, end;
    enum line_scope scope;
    enum word_name first, previous; /* words */
    uint32_t previous_end;
    enum statement statement;
    bool from_target;    /* from a target's module import … */
    uint32_t known_read; /* where a member of a target's module stands */
};

static char before(const struct tracking *tracking, const struct word *word)
{
    return word->start == tracking->start
               ? '\0'
               : tracking->source->code[word_before(
                     tracking->source, word->start, tracking->start)];
}

static uint32_t behind(const struct tracking *tracking, uint32_t at)
{
    return word_behind(tracking->source, at, tracking->end);
}

/* The byte behind a word, blanks left out; NUL behind the last one. */
static char after(const struct tracking *tracking, const struct word *word)
{
    uint32_t at = behind(tracking, word->end);

    return at < tracking->end ? tracking->source->code[at] : '\0';
}

static bool is_renamed(const struct tracking *tracking,
                       const struct word_reader *reader,
                       const struct word *word)
{
    struct word_reader ahead = *reader;
    struct word next;

    return word_next(&ahead, &next) && next.name == WORD_AS &&
           behind(tracking, word->end) == next.start;
}

/* ---- what binds a name --------------------------------------------------- */

static void bind_target(struct tracking *tracking, uint64_t names)
{
    tracking->bound |= names;
    if (tracking->scope == IN_CLASS || tracking->first == WORD_CLASS)
        tracking->unsure = true;
}

/* What a class binds is its own. */
static void bind_other(struct tracking *tracking, enum word_name name)
{
    if (tracking->scope != IN_CLASS)
        tracking->other |= BIT(name);
}

/* ---- names of modules ---------------------------------------------------- */

/* `module.member`: all is well if a target is called. */
static void see_member(struct tracking *tracking,
                       const struct word_reader *reader,
                       const struct word *module)
{
    struct word_reader ahead = *reader;
    uint32_t dot = behind(tracking, module->end);
    struct word member;
    const char *code;

    if (!word_next(&ahead, &member) ||
        member.start != behind(tracking, dot + 1)) {
        tracking->unsure = true;
        return;
    }
    code = tracking->source->code + member.start;
    tracking->known_read = member.start;
    if (BIT(member.name) & SEEDS && after(tracking, &member) == '(')
        tracking->reads = true;
    else if (BIT(member.name) & SEEDS || (code[0] == '_' && code[1] == '_'))
        tracking->unsure = true;
}

static void see_imported_module(struct tracking *tracking,
                                const struct word_reader *reader,
                                const struct word *word)
{
    if (tracking->previous == WORD_AS) {
        bind_other(tracking, word->name);
        return;
    }
    bind_target(tracking, BIT(word->name));
    if (is_renamed(tracking, reader, word))
        tracking->unsure = true;
    if (after(tracking, word) != '.')
        return;
    if (word->name == WORD_TEMPFILE)
        tracking->unsure = true;
    see_member(tracking, reader, word);
}

static void see_module(struct tracking *tracking,
                       const struct word_reader *reader,
                       const struct word *word)
{
    if (!(tracking->modules & BIT(word->name)) || before(tracking, word) == '.')
        return;
    tracking->lines[tracking->line] = true;
    switch (tracking->statement) {
    case AFTER_IMPORT:
        see_imported_module(tracking, reader, word);
        break;
    case AFTER_FROM:
        tracking->from_target = after(tracking, word) != '.';
        break;
    case AFTER_FROM_IMPORT:
        if (!is_renamed(tracking, reader, word))
            bind_other(tracking, word->name);
        break;
    case OTHERWISE:
        if (tracking->previous == WORD_DEF || tracking->previous == WORD_CLASS)
            bind_other(tracking, word->name);
        else if (after(tracking, word) == '.')
            see_member(tracking, reader, word);
        else
            tracking->unsure = true;
    }
}

/* ---- names of targets ---------------------------------------------------- */

static void see_imported_target(struct tracking *tracking,
                                const struct word_reader *reader,
                                const struct word *word)
{
    bool renamed = is_renamed(tracking, reader, word);

    tracking->reads |= tracking->previous != WORD_AS;
    if (tracking->previous == WORD_AS || (!renamed && !tracking->from_target))
        bind_other(tracking, word->name);
    else if (!renamed)
        bind_target(tracking, BIT(word->name));
    else if (tracking->from_target)
        tracking->unsure = true;
}

static void see_target(struct tracking *tracking,
                       const struct word_reader *reader,
                       const struct word *word)
{
    if (before(tracking, word) == '.') {
        /* Of something else, it can be another file's. */
        if (tracking->statement == OTHERWISE &&
            tracking->known_read != word->start)
            *ARRAY_PUSH(tracking->track->reads) =
                (struct track_read){ *word, tracking->line };
        return;
    }
    tracking->lines[tracking->line] = true;
    switch (tracking->statement) {
    case AFTER_IMPORT:
        bind_other(tracking, word->name);
        break;
    case AFTER_FROM:
        break;
    case AFTER_FROM_IMPORT:
        see_imported_target(tracking, reader, word);
        break;
    case OTHERWISE:
        if (tracking->previous == WORD_DEF || tracking->previous == WORD_CLASS)
            bind_other(tracking, word->name);
        else if (after(tracking, word) != '(')
            tracking->unsure = true;
    }
}

/* ---- words --------------------------------------------------------------- */

static bool starts_statement(const struct tracking *tracking,
                             const struct word *word)
{
    char byte = before(tracking, word);

    return byte == '\0' || byte == ';' || byte == ':' ||
           tracking->previous == WORD_LAZY;
}

static void see_import(struct tracking *tracking,
                       const struct word_reader *reader,
                       const struct word *word)
{
    (void)reader;
    if (tracking->statement != AFTER_FROM) {
        tracking->statement = AFTER_IMPORT;
        return;
    }
    tracking->statement = AFTER_FROM_IMPORT;
    if (after(tracking, word) != '*')
        return;
    tracking->lines[tracking->line] = tracking->reads = true;
    if (tracking->from_target)
        bind_target(tracking, SEEDS);
}

/* `import numpy`, and then `if numpy:`, which is always true. */
static void see_name(struct tracking *tracking, const struct word *word)
{
    const char *code = tracking->source->code;
    char next;

    if (tracking->statement == AFTER_IMPORT && tracking->scope == IN_MODULE)
        intern_add(
            &tracking->imported,
            (struct text){ code + word->start, word->end - word->start });
    if (!(BIT(tracking->previous) & TRUTH_ASKED))
        return;
    for (uint32_t at = tracking->previous_end; at < word->start; at++)
        if (code[at] != '(' && code[at] != ' ')
            return;
    next = after(tracking, word);
    if (next != '.' && next != '(' && next != '[')
        *ARRAY_PUSH(tracking->asked) =
            (struct asked){ word->start, word->end, tracking->line };
}

static void see_from(struct tracking *tracking,
                     const struct word_reader *reader, const struct word *word)
{
    (void)reader;
    if (starts_statement(tracking, word))
        tracking->statement = AFTER_FROM;
    tracking->from_target = false;
}

static void see_modules(struct tracking *tracking,
                        const struct word_reader *reader,
                        const struct word *word)
{
    (void)reader;
    tracking->imports_dynamic |= before(tracking, word) == '.' ||
                                 tracking->statement == AFTER_FROM_IMPORT;
}

static void see_dynamic_import(struct tracking *tracking,
                               const struct word_reader *reader,
                               const struct word *word)
{
    (void)reader;
    (void)word;
    tracking->imports_dynamic = true;
}

static void see_dynamic_read(struct tracking *tracking,
                             const struct word_reader *reader,
                             const struct word *word)
{
    (void)reader;
    (void)word;
    tracking->reads_dynamic = true;
}

/* A module may end here; what a function does is its own affair. */
static void see_end(struct tracking *tracking, const struct word_reader *reader,
                    const struct word *word)
{
    (void)reader;
    (void)word;
    if (tracking->scope != IN_FUNCTION && tracking->first != WORD_DEF)
        tracking->lines[tracking->line] = true;
}

typedef void word_handler(struct tracking *tracking,
                          const struct word_reader *reader,
                          const struct word *word);

static word_handler *const handlers[WORD_NAMES] = {
    [WORD_TEMPFILE] = see_module,
    [WORD_OS] = see_module,
    [WORD_MKTEMP] = see_target,
    [WORD_TEMPNAM] = see_target,
    [WORD_TMPNAM] = see_target,
    [WORD_IMPORT] = see_import,
    [WORD_FROM] = see_from,
    [WORD_MODULES] = see_modules,
    [WORD_DYNAMIC_IMPORT] = see_dynamic_import,
    [WORD_IMPORT_MODULE] = see_dynamic_import,
    [WORD_DICT] = see_dynamic_read,
    [WORD_GETATTR] = see_dynamic_read,
    [WORD_VARS] = see_dynamic_read,
    [WORD_RAISE] = see_end,
    [WORD_WHILE] = see_end,
    [WORD_ASSERT] = see_end,
    [WORD_RETURN] = see_end,
};

/* ---- lines --------------------------------------------------------------- */

static void enter_line(struct tracking *tracking, size_t line)
{
    const struct logical *logical = &tracking->source->logicals[line];

    tracking->line = line;
    tracking->start = logical->start;
    tracking->end = word_line_end(tracking->source, line);
    tracking->scope = nest_enter(&tracking->nest, logical->column);
    tracking->track->scopes[line] = tracking->scope;
    tracking->first = tracking->previous = WORD_OTHER;
    tracking->previous_end = logical->start;
    tracking->statement = OTHERWISE;
}

static void enter_definition(struct tracking *tracking)
{
    bool is_class = tracking->first == WORD_CLASS;

    if (is_class || tracking->first == WORD_DEF)
        nest_define(&tracking->nest,
                    tracking->source->logicals[tracking->line].column,
                    is_class ? IN_CLASS : IN_FUNCTION);
}

static void read_line(struct tracking *tracking, size_t line)
{
    const char *code = tracking->source->code;
    struct word_reader reader = word_read(tracking->source, line);
    struct word word;

    enter_line(tracking, line);
    while (word_next(&reader, &word)) {
        if (word.start == tracking->start ||
            (word.name == WORD_DEF && tracking->previous == WORD_ASYNC))
            tracking->first = word.name;
        if (tracking->statement != OTHERWISE &&
            memchr(code + tracking->previous_end, ';',
                   word.start - tracking->previous_end))
            tracking->statement = OTHERWISE;
        if (handlers[word.name])
            handlers[word.name](tracking, &reader, &word);
        see_name(tracking, &word);
        tracking->previous = word.name;
        tracking->previous_end = word.end;
    }
    tracking->unsure |= !reader.is_plain;
    enter_definition(tracking);
}

/* ---- strings ------------------------------------------------------------- */

/* What is imported, or read from something, by a string. */
static bool reads_by_string(const struct tracking *tracking)
{
    static const enum word_name modules[] = { WORD_TEMPFILE, WORD_OS };
    static const enum word_name members[] = { WORD_MKTEMP, WORD_TEMPNAM,
                                              WORD_TMPNAM };

    if (tracking->track->elsewhere)
        return tracking->track->elsewhere->names_target;
    for (size_t i = 0; tracking->imports_dynamic && i < 2; i++)
        if (tracking->modules & BIT(modules[i]) &&
            part_in_source(tracking->source, text_of(word_text(modules[i]))))
            return true;
    for (size_t i = 0; tracking->reads_dynamic && i < 3; i++)
        if (tracking->members & BIT(members[i]) &&
            part_in_source(tracking->source, text_of(word_text(members[i]))))
            return true;
    return false;
}

/* ---- the whole ----------------------------------------------------------- */

/* Targets and their modules as words. */
static const struct {
    enum word_name member, module;
} words[TARGET_COUNT] = {
    [TARGET_OS_TEMPNAM] = { WORD_TEMPNAM, WORD_OS },
    [TARGET_OS_TMPNAM] = { WORD_TMPNAM, WORD_OS },
    [TARGET_TEMPFILE_MKTEMP] = { WORD_MKTEMP, WORD_TEMPFILE },
};

uint64_t track_members(uint8_t targets)
{
    uint64_t members = 0;

    for (int i = 0; i < TARGET_COUNT; i++)
        if (targets >> i & 1)
            members |= BIT(words[i].member);
    return members;
}

uint64_t track_modules(uint8_t targets)
{
    uint64_t modules = 0;

    for (int i = 0; i < TARGET_COUNT; i++)
        if (targets >> i & 1)
            modules |= BIT(words[i].module);
    return modules;
}

/* Which lines ask for the truth of a name that an import binds? */
static void mark_asking(struct tracking *tracking, bool *asks)
{
    for (size_t i = 0; i < tracking->asked_count; i++) {
        const struct asked *asked = &tracking->asked[i];
        struct text name = { tracking->source->code + asked->start,
                             asked->end - asked->start };

        if (intern_find(&tracking->imported, name) != INTERN_NONE)
            asks[asked->line] = true;
    }
}

static enum track_verdict verdict_of(const struct tracking *tracking)
{
    if (tracking->unsure || tracking->bound & tracking->other ||
        reads_by_string(tracking))
        return TRACK_ALL;
    return tracking->reads || tracking->track->reads_count ? TRACK_LINES
                                                           : TRACK_NOTHING;
}

enum track_verdict track_words(struct track *track, const struct source *source)
{
    struct tracking tracking = { .source = source, .track = track };
    size_t count = source->logicals_count + 1;
    uint8_t targets =
        track->elsewhere ? track->elsewhere->targets : part_targets(source);
    enum track_verdict verdict;

    track->matters = tracking.lines = memory_new(count, sizeof(bool));
    track->asks = memory_new(count, sizeof(bool));
    track->brief = memory_new(count, sizeof(*track->brief));
    track->scopes = memory_new(count, sizeof(*track->scopes));
    tracking.members = track_members(targets);
    tracking.modules = track_modules(targets);
    for (size_t line = 0; line < source->logicals_count; line++)
        read_line(&tracking, line);
    track->reads_by_string =
        track->elsewhere ? track->elsewhere->reads : tracking.reads_dynamic;
    if (track->elsewhere && track->elsewhere->alone)
        track->reads_count = 0;
    verdict = verdict_of(&tracking);
    if (verdict == TRACK_LINES)
        mark_asking(&tracking, track->asks);
    intern_release(&tracking.imported);
    free(tracking.asked);
    return verdict;
}

void track_release(struct track *track)
{
    free(track->matters);
    free(track->asks);
    free(track->brief);
    free(track->scopes);
    free(track->reads);
    *track = TRACK_EMPTY;
}

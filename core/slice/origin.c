/*
 * Names are traced until no new one comes up. A name may be bound by imports
 * and by classes, whose bases are traced in turn; anything else that could
 * bind it, or give an attribute on the way another value, is not for words.
 */
#include "core/slice/origin.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/slice/origin_parts.h"
#include "core/source/part.h"

/* ---- mentions ------------------------------------------------------------ */

/* What looking at a line costs at least. */
#define LINE_LOOK 8

bool origin_spend(const struct origin *origin, uint64_t bytes)
{
    *origin->budget = *origin->budget > bytes ? *origin->budget - bytes : 0;
    return *origin->budget > 0;
}

static const struct mention *mention_at(const struct origin *origin,
                                        uint32_t number)
{
    return number == MENTION_NONE || !origin_spend(origin, 1)
               ? NULL
               : &origin->mentions.items[number];
}

struct around_word origin_around(const struct origin *origin,
                                 const struct mention *mention)
{
    const struct source *source = origin->source;

    origin_spend(origin, word_line_end(source, mention->line) -
                             source->logicals[mention->line].start);
    if (*origin->budget == 0)
        return (struct around_word){ .assigned = true };
    return around_of(source, mention);
}

const struct mention *origin_first(const struct origin *origin,
                                   enum chunk_ask ask, struct text name)
{
    elsewhere_ask(origin->track->elsewhere, ask, name);
    return mention_at(origin, mention_find(&origin->mentions, name));
}

bool origin_is_literal(const struct origin *origin, struct text name)
{
    elsewhere_ask(origin->track->elsewhere, CHUNK_SPELLS, name);
    return part_is_literal(origin->source, name);
}

const struct mention *origin_next(const struct origin *origin,
                                  const struct mention *mention)
{
    return mention_at(origin, mention->next);
}

const struct piece *origin_piece(const struct origin *origin, size_t line)
{
    return &origin->pieces->items[piece_at(origin->pieces, line)];
}

struct text origin_text(const struct origin *origin, const struct word *word)
{
    return (struct text){ origin->source->code + word->start,
                          word->end - word->start };
}

bool origin_is_foreign(const struct origin *origin, struct text name)
{
    const struct mention *at = origin_first(origin, CHUNK_BINDS, name);
    bool imported = false;

    for (; at; at = origin_next(origin, at)) {
        struct around_word around;

        if (around_is_attribute(origin->source, at))
            continue;
        around = origin_around(origin, at);
        if (around.in_import)
            imported = true;
        else if (around.previous == WORD_CLASS ||
                 around_binds(origin->source, at, &around))
            return false;
    }
    return imported;
}

bool origin_add(struct intern *set, size_t number, struct text name)
{
    uint32_t count = intern_count(set);
    struct buffer key = BUFFER_EMPTY;
    bool added;

    buffer_append(&key, (const char *)&number, sizeof(number));
    buffer_text(&key, name);
    added = intern_add(set, buffer_view(&key)) == count;
    buffer_release(&key);
    return added;
}

/* Parameters of functions within the piece do not count: see
   origin_is_shadowed. */
bool origin_is_local(const struct origin *origin, const struct piece *piece,
                     struct text name)
{
    size_t at = mention_from(&origin->mentions, piece->first);
    const struct mention *items = origin->mentions.items;

    for (; at < origin->mentions.items_count && items[at].line < piece->after;
         at++) {
        const struct mention *mention = &items[at];
        struct around_word around;

        origin_spend(origin, mention->end - mention->start);
        if (!text_equal(name,
                        (struct text){ origin->source->code + mention->start,
                                       mention->end - mention->start }) ||
            around_is_attribute(origin->source, mention))
            continue;
        around = origin_around(origin, mention);
        if (!around.in_import && around.first != WORD_DEF &&
            around_binds(origin->source, mention, &around))
            return true;
    }
    return false;
}

/* Is there such a name in the line? */
bool origin_mentions(const struct origin *origin, size_t line, struct text name)
{
    struct word_reader reader = word_read(origin->source, line);
    struct word word;

    origin_spend(origin, reader.end - reader.at);
    while (word_next(&reader, &word))
        if (text_equal(name, origin_text(origin, &word)))
            return true;
    return false;
}

bool origin_is_shadowed(const struct origin *origin, const struct piece *piece,
                        size_t line, struct text name)
{
    const struct logical *logicals = origin->source->logicals;
    size_t head = piece_head(origin->source, piece);
    uint32_t column = logicals[line].column;

    /* In the block of the function itself nothing else is around. */
    while (line-- > head + 1 && column > logicals[head + 1].column) {
        struct word_reader reader;
        struct word word;

        if (!origin_spend(origin, LINE_LOOK))
            return true;
        if (logicals[line].column >= column)
            continue;
        column = logicals[line].column;
        reader = word_read(origin->source, line);
        if (word_next(&reader, &word) &&
            (word.name == WORD_DEF || word.name == WORD_ASYNC) &&
            origin_mentions(origin, line, name))
            return true;
    }
    return false;
}

/* ---- classes and names --------------------------------------------------- */

bool origin_has_foreign_decorators(const struct origin *origin,
                                   const struct piece *piece)
{
    size_t head = piece_head(origin->source, piece);

    for (size_t line = piece->first; line < head; line++) {
        struct word_reader reader = word_read(origin->source, line);
        struct word word;

        if (!word_next(&reader, &word) ||
            !origin_is_foreign(origin, origin_text(origin, &word)))
            return false;
    }
    return true;
}

/* The bases of a class: all names in the brackets, and their attributes. */
bool origin_class(struct origin *origin, size_t number)
{
    const struct piece *class = &origin->pieces->items[number];
    size_t head = piece_head(origin->source, class);
    struct word_reader reader;
    struct word word;

    if (class->kind != PIECE_CLASS ||
        !origin_has_foreign_decorators(origin, class))
        return false;
    if (origin->classes[number])
        return true;
    origin->classes[number] = origin->track->matters[head] = true;
    reader = word_read(origin->source, head);
    word_next(&reader, &word);
    word_next(&reader, &word);
    while (word_next(&reader, &word))
        if (around_before(origin->source, head, word.start) == '.')
            intern_add(&origin->attributes, origin_text(origin, &word));
        else if (around_behind(origin->source, head, word.end) != '=')
            intern_add(&origin->names, origin_text(origin, &word));
    return true;
}

/* A mention in the module's own code, or in that of a class. */
static bool trace_mention(struct origin *origin, const struct mention *mention)
{
    const struct source *source = origin->source;
    struct around_word around = origin_around(origin, mention);

    if (around.in_import) {
        origin->track->matters[mention->line] = true;
        return true;
    }
    if (origin->track->scopes[mention->line] == IN_CLASS ||
        source->code[source->logicals[mention->line].start] == '@')
        return true;
    if (around.previous == WORD_CLASS)
        return origin_class(origin, piece_at(origin->pieces, mention->line));
    if (around.first == WORD_CLASS ||
        (around.first == WORD_DEF && around.previous != WORD_DEF))
        return true;
    return !around_binds(source, mention, &around);
}

static bool trace_name(struct origin *origin, struct text name)
{
    const struct mention *at = origin_first(origin, CHUNK_BINDS, name);

    for (; at; at = origin_next(origin, at)) {
        if (around_is_attribute(origin->source, at))
            continue;
        if (origin->track->scopes[at->line] == IN_FUNCTION) {
            if (origin_around(origin, at).first == WORD_GLOBAL)
                return false;
        } else if (!trace_mention(origin, at)) {
            return false;
        }
    }
    return true;
}

/* Is something of that name defined or assigned here? */
static bool is_defined(const struct origin *origin, struct text name)
{
    const struct mention *at = origin_first(origin, CHUNK_MENTIONS, name);

    for (; at; at = origin_next(origin, at)) {
        struct around_word around = origin_around(origin, at);

        if (around.previous == WORD_DEF || around.assigned)
            return true;
    }
    return false;
}

/* `self.other(setattr, …)`, of a method that is not in this file: what it does
   with it does not count. */
static bool hands_setattr_out(const struct origin *origin,
                              const struct mention *mention)
{
    const struct source *source = origin->source;
    uint32_t start = source->logicals[mention->line].start, open;
    struct around_chain chain;
    struct word_reader reader = word_read(source, mention->line);
    struct word word, callee = { .name = WORD_OTHER };

    if (around_before(source, mention->line, mention->start) != '(' ||
        around_behind(source, mention->line, mention->end) != ',')
        return false;
    while (word_next(&reader, &word) && word.start < mention->start)
        callee = word;
    open = word_before(source, mention->start, start);
    chain = around_chain(source, mention->line, callee.start);
    return callee.end && word_behind(source, callee.end, open) == open &&
           around_before(source, mention->line, callee.start) == '.' &&
           !chain.is_long && text_equal(chain.name, TEXT("self")) &&
           !is_defined(origin, origin_text(origin, &callee));
}

/* Nobody sets an attribute whose name is a string here. */
static bool trace_setattr(const struct origin *origin, struct text name)
{
    const struct mention *at =
        origin_first(origin, CHUNK_MENTIONS, TEXT("setattr"));

    while (at && (around_is_attribute(origin->source, at) ||
                  hands_setattr_out(origin, at)))
        at = origin_next(origin, at);
    return !at || !origin_is_literal(origin, name);
}

/* Nobody stores something else under that name. */
static bool trace_attribute(const struct origin *origin, struct text name)
{
    const struct mention *at = origin_first(origin, CHUNK_ASSIGNS, name);

    for (; at; at = origin_next(origin, at)) {
        char behind = around_behind(origin->source, at->line, at->end);

        if (around_is_attribute(origin->source, at) && behind != '.' &&
            behind != '(' && behind != '[' &&
            origin_around(origin, at).assigned)
            return false;
    }
    return trace_setattr(origin, name);
}

static bool trace_all(struct origin *origin)
{
    for (uint32_t i = 0; i < intern_count(&origin->names); i++) {
        /* A new name moves the others. */
        struct text name = intern_text(&origin->names, i);
        char *copy = memory_copy(name.bytes, name.size);
        bool known = trace_name(origin, (struct text){ copy, name.size });

        free(copy);
        if (!known)
            return false;
    }
    for (uint32_t i = 0; i < intern_count(&origin->attributes); i++)
        if (!trace_attribute(origin, intern_text(&origin->attributes, i)))
            return false;
    return true;
}

/* ---- reads --------------------------------------------------------------- */

/* Methods that do no more than reading are told in brief. */
static bool trace_self(struct origin *origin, const struct track_read *read)
{
    const struct piece *method = origin_piece(origin, read->line);
    size_t head = piece_head(origin->source, method);
    uint64_t *brief = &origin->track->brief[head];
    uint64_t bit = WORD_BIT(read->word.name);

    if (!origin_self(origin, read->line))
        return false;
    if (!(*brief & bit) && origin_is_plain(origin, read))
        *brief |= bit;
    if (!(*brief & bit))
        origin->track->matters[head] = true;
    return true;
}

static bool trace_reads(struct origin *origin)
{
    for (size_t i = 0; i < origin->track->reads_count; i++) {
        const struct track_read *read = &origin->track->reads[i];
        struct around_chain chain =
            around_chain(origin->source, read->line, read->word.start);
        bool is_self = text_equal(chain.name, TEXT("self"));

        if (chain.name.size == 0 || chain.is_long || *origin->budget == 0 ||
            !(is_self ? trace_self(origin, read)
                      : origin_name(origin, read->line, chain.name)))
            return false;
    }
    return trace_all(origin);
}

bool origin_trace(const struct source *source, const struct pieces *pieces,
                  struct track *track)
{
    uint64_t budget = ORIGIN_LOOKS_MAX * ((uint64_t)source->text.size + 1024);
    struct origin origin = {
        .source = source, .pieces = pieces, .track = track, .budget = &budget
    };
    bool known;

    if (track->reads_count == 0)
        return true;
    mention_open(&origin.mentions, source);
    origin.classes = memory_new(pieces->items_count, sizeof(bool));
    known = trace_reads(&origin) && budget > 0;
    mention_close(&origin.mentions);
    intern_release(&origin.names);
    intern_release(&origin.attributes);
    intern_release(&origin.methods);
    intern_release(&origin.parameters);
    intern_release(&origin.decorators);
    free(origin.classes);
    return known;
}

/* What `self` and other parameters can be. */
#include <string.h>

#include "core/rule/rule.h"
#include "core/slice/origin_parts.h"

bool origin_head(const struct origin *origin, size_t line, struct word *name,
                 struct word *first)
{
    struct word_reader reader = word_read(origin->source, line);

    do
        if (!word_next(&reader, name))
            return false;
    while (name->name == WORD_DEF || name->name == WORD_ASYNC);
    return word_next(&reader, first);
}

static bool is_self(struct text text)
{
    return text_equal(text, TEXT("self"));
}

/* ---- self ---------------------------------------------------------------- */

/*
 * `self` is an object of the method's class, unless some call through a class
 * passes another one: `class.method(other)`. Is this mention such a call, if
 * what is before the dot is a class?
 */
static bool may_pass_self(const struct origin *origin,
                          const struct mention *mention)
{
    const struct source *source = origin->source;
    uint32_t end = word_line_end(source, mention->line);
    uint32_t open = word_behind(source, mention->end, end);
    struct around_chain chain;

    if (!around_is_attribute(source, mention))
        return false;
    if (open < end && source->code[open] == '(' &&
        around_behind(source, mention->line, open + 1) == ')')
        return false;
    chain = around_chain(source, mention->line, mention->start);
    if (!chain.is_long && is_self(chain.name))
        return false;
    return chain.name.size == 0 || !origin_is_foreign(origin, chain.name);
}

/* `class.method(self, …)` at the word: that `self` is one of the method's. */
static bool trace_explicit(struct origin *origin, size_t line,
                           const struct word_reader *behind,
                           const struct word *method)
{
    const struct source *source = origin->source;
    struct word_reader reader = *behind;
    uint32_t open = word_behind(source, method->end, reader.end);
    struct word first;
    char end;

    if (open >= reader.end || source->code[open] != '(' ||
        !word_next(&reader, &first) ||
        first.start != word_behind(source, open + 1, reader.end) ||
        !is_self(origin_text(origin, &first)))
        return false;
    end = around_behind(source, line, first.end);
    if ((end != ',' && end != ')') || origin->depth == ORIGIN_DEPTH_MAX)
        return false;
    origin->depth++;
    origin->track->matters[line] = origin_self(origin, line);
    origin->depth--;
    origin->track->passes_self = true;
    return origin->track->matters[line];
}

/* Is the class got by that name here, but for an object or for its bases? */
static bool hands_on(struct origin *origin, const struct mention *mention,
                     struct text method)
{
    const struct source *source = origin->source;
    struct around_word around = origin_around(origin, mention);
    uint32_t end = word_line_end(source, mention->line);
    uint32_t at = word_behind(source, mention->end, end);
    struct word_reader reader;
    struct word word;

    if (around.first == WORD_CLASS || around.in_import)
        return false;
    if (at >= end || (source->code[at] != '(' && source->code[at] != '.'))
        return true;
    reader = word_read(source, mention->line);
    while (word_next(&reader, &word) && word.start < at)
        continue;
    return source->code[at] == '.' &&
           text_equal(origin_text(origin, &word), method) &&
           !trace_explicit(origin, mention->line, &reader, &word);
}

static void add_heir(const struct origin *origin, size_t line,
                     struct intern *family)
{
    struct word_reader reader = word_read(origin->source, line);
    struct word word;

    if (word_next(&reader, &word) && word.name == WORD_CLASS &&
        word_next(&reader, &word))
        intern_add(family, origin_text(origin, &word));
}

/* The class, and those derived from it, are got for objects and bases only. */
static bool is_kept(struct origin *origin, struct intern *family,
                    struct text method)
{
    for (uint32_t i = 0; i < intern_count(family); i++) {
        const struct mention *at =
            origin_first(origin, CHUNK_MENTIONS, intern_text(family, i));

        for (; at; at = origin_next(origin, at)) {
            if (around_is_attribute(origin->source, at))
                continue;
            if (hands_on(origin, at, method))
                return false;
            add_heir(origin, at->line, family);
        }
    }
    return true;
}

/* Is nothing in the line, but for the method, of this file? */
static bool is_outside(const struct origin *origin, size_t line,
                       struct text method)
{
    struct word_reader reader = word_read(origin->source, line);
    struct word word;

    while (word_next(&reader, &word))
        if (!text_equal(origin_text(origin, &word), method) &&
            around_before(origin->source, line, word.start) != '.' &&
            !origin_is_foreign(origin, origin_text(origin, &word)))
            return false;
    return true;
}

/* `other(method)` in a class: the other one may call it with any `self`. */
static bool is_handed_on(const struct origin *origin, struct text method)
{
    const struct mention *at = origin_first(origin, CHUNK_CALLS, method);

    for (; at; at = origin_next(origin, at)) {
        struct around_word around;

        if (around_is_attribute(origin->source, at) ||
            origin->track->scopes[at->line] != IN_CLASS ||
            around_behind(origin->source, at->line, at->end) == '.')
            continue;
        around = origin_around(origin, at);
        if (around.previous != WORD_DEF && !around.assigned &&
            !is_outside(origin, at->line, method))
            return true;
    }
    return false;
}

static bool passes_self(struct origin *origin, size_t class, struct text method)
{
    const struct mention *at = origin_first(origin, CHUNK_CALLS, method);
    struct intern family = INTERN_EMPTY;
    struct word_reader reader;
    struct word word;
    bool kept;

    if (origin->track->reads_by_string && origin_is_literal(origin, method))
        return true;
    while (at && !may_pass_self(origin, at))
        at = origin_next(origin, at);
    if (!at)
        return false;
    if (origin_first(origin, CHUNK_MENTIONS, TEXT("classmethod")))
        return true;
    reader =
        word_read(origin->source,
                  piece_head(origin->source, &origin->pieces->items[class]));
    word_next(&reader, &word);
    word_next(&reader, &word);
    intern_add(&family, origin_text(origin, &word));
    kept = is_kept(origin, &family, method);
    intern_release(&family);
    return !kept;
}

static bool trace_method(struct origin *origin, const struct piece *method)
{
    size_t head = piece_head(origin->source, method);
    struct word name, self;

    if (!origin_head(origin, head, &name, &self) ||
        !is_self(origin_text(origin, &self)) ||
        around_before(origin->source, head, self.start) != '(' ||
        origin_is_local(origin, method, TEXT("self")) ||
        !origin_decorators(origin, method))
        return false;
    if (origin_add(&origin->methods, method->owner,
                   origin_text(origin, &name)) &&
        (is_handed_on(origin, origin_text(origin, &name)) ||
         passes_self(origin, method->owner - 1, origin_text(origin, &name))))
        return false;
    return origin_class(origin, method->owner - 1);
}

bool origin_self(struct origin *origin, size_t line)
{
    const struct piece *method = origin_piece(origin, line);
    size_t head = piece_head(origin->source, method);

    if (method->kind != PIECE_FUNCTION || !method->owner ||
        origin_is_shadowed(origin, method, line, TEXT("self")))
        return false;
    return !origin_add(&origin->parameters, head, TEXT("self")) ||
           trace_method(origin, method);
}

/* ---- parameters ---------------------------------------------------------- */

/* Which of the function's parameters it is, without a default, or -1. */
static int position_of(const struct origin *origin, const struct piece *piece,
                       struct text name)
{
    const struct source *source = origin->source;
    size_t head = piece_head(source, piece);
    struct word_reader reader = word_read(source, head);
    uint32_t start = source->logicals[head].start;
    const char *code = source->code + start;
    struct word word;
    int position = -1;

    while (word_next(&reader, &word)) {
        char before = around_before(source, head, word.start);
        char behind = around_behind(source, head, word.end);

        if (before == '(' && position < 0)
            position = 0;
        else if (before == ',')
            position++;
        else if (position >= 0)
            return -1;
        if (position >= 0 && behind != ',' && behind != ')')
            return -1;
        if (position >= 0 && text_equal(origin_text(origin, &word), name))
            return memchr(code, '*', word.start - start) ? -1 : position;
    }
    return -1;
}

static bool trace_parameter(struct origin *origin, const struct piece *piece,
                            struct text parameter, int position);

/* The name that the call whose bracket is at `at` passes in that position, and
   nothing else; empty if it passes none. False: anything else. */
static bool read_argument(const struct origin *origin, size_t line, uint32_t at,
                          int position, struct text *name)
{
    const struct source *source = origin->source;
    struct word_reader reader = word_read(source, line);
    struct word word;
    int count = 0;

    *name = TEXT_EMPTY;
    if (around_behind(source, line, at + 1) == ')')
        return true;
    do
        if (!word_next(&reader, &word))
            return false;
    while (word.start < at);
    for (;; count++) {
        char behind = around_behind(source, line, word.end);

        /* Names alone up to there. */
        if (around_before(source, line, word.start) != (count ? ',' : '(') ||
            (behind != ',' && behind != ')'))
            return false;
        *name = origin_text(origin, &word);
        if (count == position)
            return true;
        *name = TEXT_EMPTY;
        if (behind == ')')
            return true;
        if (!word_next(&reader, &word))
            return false;
    }
}

static bool trace_call(struct origin *origin, const struct mention *mention,
                       int position)
{
    uint32_t end = word_line_end(origin->source, mention->line);
    uint32_t at = word_behind(origin->source, mention->end, end);
    struct text name;

    if (at >= end || origin->source->code[at] != '(' ||
        !read_argument(origin, mention->line, at, position, &name))
        return false;
    if (name.size == 0)
        return true;
    origin->track->matters[mention->line] = origin->passes = true;
    return origin_name(origin, mention->line, name);
}

/* Another function of the name takes its place in the module. */
static void see_other(struct origin *origin, const struct mention *mention)
{
    if (origin->track->scopes[mention->line] == IN_MODULE)
        origin->track->matters[mention->line] = true;
}

/* What all calls of the function pass. Other functions may have parameters of
   its name, as tests have of a fixture's. */
static bool trace_calls(struct origin *origin, const struct piece *piece,
                        struct text name, int position)
{
    const struct mention *at = origin_first(origin, CHUNK_MENTIONS, name);

    for (; at; at = origin_next(origin, at)) {
        const struct piece *user = origin_piece(origin, at->line);
        bool is_attribute = around_is_attribute(origin->source, at);
        enum word_name previous = origin_around(origin, at).previous;

        if (is_attribute ? !piece->owner : previous == WORD_DEF) {
            if (user != piece)
                see_other(origin, at);
            continue;
        }
        if (piece->owner || previous == WORD_CLASS)
            return false;
        if (user->kind == PIECE_FUNCTION &&
            (position_of(origin, user, name) >= 0 ||
             origin_is_local(origin, user, name)))
            continue;
        if (!trace_call(origin, at, position))
            return false;
    }
    return true;
}

/* Python calls it, whoever mentions its name. */
static bool is_special(const struct origin *origin, const struct piece *piece,
                       const struct word *name)
{
    struct text text = origin_text(origin, name);

    return text_starts_with(text, piece->owner ? TEXT("_") : TEXT("__"));
}

/* Others may pass something where it is not pytest that does: then a function
   is an export of the file, which its own lines say. */
static bool trace_parameter(struct origin *origin, const struct piece *piece,
                            struct text parameter, int position)
{
    bool is_fixture = rule_is_fixture(parameter);
    size_t head = piece_head(origin->source, piece);
    struct word name, first;
    bool known, passes;

    if (!origin_add(&origin->parameters, head, parameter))
        return true;
    if (!origin_head(origin, head, &name, &first) ||
        is_special(origin, piece, &name) ||
        (piece->owner && (position == 0 || !is_fixture)) ||
        origin->depth == ORIGIN_DEPTH_MAX ||
        !origin_has_foreign_decorators(origin, piece) ||
        origin_is_local(origin, piece, parameter))
        return false;
    if (piece->owner && origin->track->reads_by_string &&
        origin_is_literal(origin, origin_text(origin, &name)))
        return false;
    passes = origin->passes;
    origin->passes = false;
    origin->depth++;
    known = trace_calls(origin, piece, origin_text(origin, &name), position);
    origin->depth--;
    origin->track->matters[head] |= origin->passes || !is_fixture;
    origin->passes |= passes;
    return known;
}

/* In a statement that is no function it may be a parameter of one within, or of
   one around a class within. */
static bool may_be_in_function(const struct origin *origin,
                               const struct piece *piece, size_t line)
{
    const enum line_scope *scopes = origin->track->scopes;
    size_t at = line;

    if (scopes[line] == IN_MODULE)
        return false;
    while (at > piece->first && scopes[at] != IN_FUNCTION)
        at--;
    return scopes[at] == IN_FUNCTION || !origin_spend(origin, line - at);
}

bool origin_name(struct origin *origin, size_t line, struct text name)
{
    const struct piece *piece = origin_piece(origin, line);
    int position;

    if (is_self(name))
        return origin_self(origin, line);
    if (piece->kind == PIECE_FUNCTION) {
        if (origin_is_shadowed(origin, piece, line, name))
            return false;
        position = position_of(origin, piece, name);
        if (position >= 0)
            return trace_parameter(origin, piece, name, position);
        if (origin_is_local(origin, piece, name) ||
            origin_mentions(origin, piece_head(origin->source, piece), name))
            return false;
    } else if (may_be_in_function(origin, piece, line)) {
        return false;
    }
    origin->track->matters[line] = true;
    intern_add(&origin->names, name);
    return true;
}

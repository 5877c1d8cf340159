/* Decorators that are functions of the file itself. */
#include "core/slice/origin_parts.h"

/* Words that say nothing of what a name in the function is. */
#define PLAIN                                                                  \
    (WORD_BIT(WORD_AS) | WORD_BIT(WORD_ASSERT) | WORD_BIT(WORD_ASYNC) |        \
     WORD_BIT(WORD_BREAK) | WORD_BIT(WORD_CONTINUE) | WORD_BIT(WORD_DEF) |     \
     WORD_BIT(WORD_ELIF) | WORD_BIT(WORD_ELSE) | WORD_BIT(WORD_EXCEPT) |       \
     WORD_BIT(WORD_FALSE) | WORD_BIT(WORD_FINALLY) | WORD_BIT(WORD_FOR) |      \
     WORD_BIT(WORD_IF) | WORD_BIT(WORD_LAMBDA) | WORD_BIT(WORD_NONE) |         \
     WORD_BIT(WORD_NOT) | WORD_BIT(WORD_RAISE) | WORD_BIT(WORD_RETURN) |       \
     WORD_BIT(WORD_TRUE) | WORD_BIT(WORD_WHILE))

static bool is_keyword(struct text word)
{
    static const struct text keywords[] = { { "and", 3 },  { "await", 5 },
                                            { "in", 2 },   { "is", 2 },
                                            { "or", 2 },   { "pass", 4 },
                                            { "try", 3 },  { "with", 4 },
                                            { "yield", 5 } };

    for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++)
        if (text_equal(word, keywords[i]))
            return true;
    return false;
}

static bool is_decorator(const struct origin *origin, size_t line)
{
    const struct source *source = origin->source;

    return source->code[source->logicals[line].start] == '@';
}

/* Outside of its class, a member's name alone is something else. */
static bool gets_member(const struct origin *origin,
                        const struct mention *mention)
{
    return around_is_attribute(origin->source, mention) ||
           (origin->track->scopes[mention->line] == IN_CLASS &&
            origin_around(origin, mention).previous != WORD_DEF);
}

/* `@name`, of a member that nobody here calls: what it calls is what somebody
   else passes. */
static bool is_idle(struct origin *origin, const struct mention *decorator)
{
    const struct source *source = origin->source;
    const struct piece *piece = origin_piece(origin, decorator->line);
    const struct mention *at;
    struct word name, first;
    struct text text;

    if (around_behind(source, decorator->line, decorator->end) != '\0' ||
        !piece->owner || piece->kind != PIECE_FUNCTION ||
        !origin_head(origin, piece_head(source, piece), &name, &first))
        return false;
    text = origin_text(origin, &name);
    if (text.bytes[0] == '_' ||
        (origin->track->reads_by_string && origin_is_literal(origin, text)))
        return false;
    at = origin_first(origin, CHUNK_MENTIONS, text);
    while (at && !gets_member(origin, at))
        at = origin_next(origin, at);
    return !at;
}

/* The other decorators of who has this one are not of this file. */
static bool is_alone(const struct origin *origin, const struct piece *piece,
                     struct text name)
{
    size_t head = piece_head(origin->source, piece);

    for (size_t line = piece->first; line < head; line++) {
        struct word_reader reader = word_read(origin->source, line);
        struct word word;

        if (!word_next(&reader, &word) ||
            (!text_equal(origin_text(origin, &word), name) &&
             !origin_is_foreign(origin, origin_text(origin, &word))))
            return false;
    }
    return true;
}

/* The function of that name, if it is that and nothing but a decorator. */
static const struct piece *find_function(struct origin *origin,
                                         struct text name)
{
    const struct mention *at = origin_first(origin, CHUNK_MENTIONS, name);
    const struct piece *found = NULL;

    for (; at; at = origin_next(origin, at)) {
        const struct piece *piece = origin_piece(origin, at->line);

        if (around_is_attribute(origin->source, at))
            continue;
        if (is_decorator(origin, at->line)) {
            if (!is_idle(origin, at) || !is_alone(origin, piece, name))
                return NULL;
            continue;
        }
        if (found || piece->kind != PIECE_FUNCTION || piece->owner ||
            piece->first != at->line ||
            origin_around(origin, at).previous != WORD_DEF)
            return NULL;
        found = piece;
    }
    return found;
}

/* All names in the function matter. */
static bool add_names(struct origin *origin, const struct piece *function,
                      struct text name)
{
    for (size_t line = function->first; line < function->after; line++) {
        struct word_reader reader = word_read(origin->source, line);
        struct word word;

        while (word_next(&reader, &word)) {
            struct text text = origin_text(origin, &word);

            if (WORD_BIT(word.name) & PLAIN || is_keyword(text) ||
                text_equal(text, name) ||
                around_before(origin->source, line, word.start) == '.')
                continue;
            if (word.name != WORD_OTHER)
                return false;
            intern_add(&origin->names, text);
        }
    }
    return true;
}

static bool trace_function(struct origin *origin, struct text name)
{
    const struct piece *function;

    if (!origin_add(&origin->decorators, 0, name))
        return true;
    function = find_function(origin, name);
    if (!function || !add_names(origin, function, name))
        return false;
    origin->track->matters[function->first] = true;
    return true;
}

bool origin_decorators(struct origin *origin, const struct piece *method)
{
    size_t head = piece_head(origin->source, method);

    for (size_t line = method->first; line < head; line++) {
        struct word_reader reader = word_read(origin->source, line);
        struct word word;
        struct text name;

        if (!word_next(&reader, &word))
            return false;
        name = origin_text(origin, &word);
        if (origin_is_foreign(origin, name))
            continue;
        if (!trace_function(origin, name))
            return false;
        origin->track->matters[line] = true;
    }
    return true;
}

#include "core/source/suppress.h"

#include <stdlib.h>

#include "core/base/bound.h"
#include "core/base/memory.h"

/* A source's comments on their way in. */
struct reader {
    struct suppress *suppress;
    struct suppress_comment at;
};

/* One a line is enough: a comment ends its line. */
static void add(void *payload, const struct directive *directive)
{
    const struct reader *reader = payload;
    struct suppress_form *to = &reader->suppress->forms[directive->form];

    if (!directive_excuses(directive))
        return;
    if (to->comments_count == 0 ||
        to->comments[to->comments_count - 1].line != reader->at.line)
        *ARRAY_PUSH(to->comments) = reader->at;
    to->comments[to->comments_count - 1].reasoned |= directive->reasoned;
}

bool suppress_stands_alone(const struct source *source, uint32_t line_start,
                           const struct comment *comment)
{
    const char *bytes = source->text.bytes;
    uint32_t at = line_start;

    if (at == 0 && text_starts_with(source->text, DECODE_MARK))
        at = (uint32_t)DECODE_MARK.size;
    while (at < comment->start &&
           (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\f'))
        at++;
    return at == comment->start;
}

void suppress_open(struct suppress *suppress, const struct source *source)
{
    struct reader reader = { .suppress = suppress };
    size_t line = 0;

    *suppress = (struct suppress){ .forms = { { .comments = NULL } } };
    for (size_t i = 0; i < source->comments_count; i++) {
        const struct comment *comment = &source->comments[i];

        while (line + 1 < source->lines_count &&
               source->lines[line + 1] <= comment->start)
            line++;
        reader.at.line = (uint32_t)line + 1;
        reader.at.alone =
            suppress_stands_alone(source, source->lines[line], comment);
        directive_each(text_slice(source->text, comment->start, comment->end),
                       add, &reader);
    }
}

enum stand { BEHIND, ALONE, ANYHOW };

struct wanted {
    enum stand stand;
    bool reasoned;
};

static bool is_wanted(const struct suppress_comment *comment,
                      struct wanted wanted)
{
    if (wanted.reasoned && !comment->reasoned)
        return false;
    return wanted.stand == ANYHOW || comment->alone == (wanted.stand == ALONE);
}

/* Is there such a comment on the lines `first` to `last`? */
static bool has(const struct suppress_form *form, uint32_t first, uint32_t last,
                struct wanted wanted)
{
    struct bound found = bound_in(0, form->comments_count);

    while (bound_open(&found))
        bound_step(&found, form->comments[found.middle].line < first);
    for (size_t i = found.low; i < form->comments_count; i++) {
        const struct suppress_comment *comment = &form->comments[i];

        if (comment->line > last)
            return false;
        if (is_wanted(comment, wanted))
            return true;
    }
    return false;
}

struct suppress_places suppress_places(const struct suppress_lines *lines)
{
    const struct suppress_place statement = { lines->statement_first,
                                              lines->statement_last, true,
                                              true };
    const struct suppress_place start = { lines->call_first, lines->call_first,
                                          false, true };
    const struct suppress_place call = { lines->call_first, lines->call_last,
                                         false, false };

    return (struct suppress_places){ .of = {
                                         [SUPPRESSION_TMPGUARD] = statement,
                                         [SUPPRESSION_LGTM] = start,
                                         [SUPPRESSION_CODEQL] = start,
                                         [SUPPRESSION_NOQA] = call,
                                         [SUPPRESSION_NOSEC] = call,
                                         [SUPPRESSION_NOSONAR] = call,
                                     } };
}

static bool has_at(const struct suppress_form *form,
                   const struct suppress_place *place, bool reasoned)
{
    const struct wanted here = { place->anyhow ? ANYHOW : BEHIND, reasoned };
    const struct wanted above = { ALONE, reasoned };

    if (has(form, place->first, place->last, here))
        return true;
    return place->above && has(form, place->first - 1, place->first - 1, above);
}

enum suppression suppress_find(const struct suppress *suppress,
                               const struct suppress_lines *lines)
{
    const struct suppress_places places = suppress_places(lines);

    for (int i = SUPPRESSION_NONE + 1; i < SUPPRESSION_COUNT; i++)
        if (has_at(&suppress->forms[i], &places.of[i], false))
            return (enum suppression)i;
    return SUPPRESSION_NONE;
}

bool suppress_reasoned(const struct suppress *suppress,
                       const struct suppress_lines *lines)
{
    const struct suppress_places places = suppress_places(lines);

    return has_at(&suppress->forms[SUPPRESSION_TMPGUARD],
                  &places.of[SUPPRESSION_TMPGUARD], true);
}

void suppress_close(struct suppress *suppress)
{
    for (int i = 0; i < SUPPRESSION_COUNT; i++)
        free(suppress->forms[i].comments);
    *suppress = (struct suppress){ .forms = { { .comments = NULL } } };
}

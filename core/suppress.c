#include "core/suppress.h"

#include <stdlib.h>

#include "core/memory.h"

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

    if (directive_excuses(directive) &&
        (to->comments_count == 0 ||
         to->comments[to->comments_count - 1].line != reader->at.line))
        *ARRAY_PUSH(to->comments) = reader->at;
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

/* Is there such a comment on the lines `first` to `last`? */
static bool has(const struct suppress_form *form, uint32_t first, uint32_t last,
                enum stand stand)
{
    size_t low = 0, high = form->comments_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (form->comments[middle].line < first)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < form->comments_count; low++) {
        const struct suppress_comment *comment = &form->comments[low];

        if (comment->line > last)
            return false;
        if (stand == ANYHOW || comment->alone == (stand == ALONE))
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

enum suppression suppress_find(const struct suppress *suppress,
                               const struct suppress_lines *lines)
{
    const struct suppress_places places = suppress_places(lines);

    for (int i = SUPPRESSION_NONE + 1; i < SUPPRESSION_COUNT; i++) {
        const struct suppress_form *form = &suppress->forms[i];
        const struct suppress_place *place = &places.of[i];

        if (has(form, place->first, place->last,
                place->anyhow ? ANYHOW : BEHIND))
            return (enum suppression)i;
        if (place->above &&
            has(form, place->first - 1, place->first - 1, ALONE))
            return (enum suppression)i;
    }
    return SUPPRESSION_NONE;
}

void suppress_close(struct suppress *suppress)
{
    for (int i = 0; i < SUPPRESSION_COUNT; i++)
        free(suppress->forms[i].comments);
    *suppress = (struct suppress){ .forms = { { .comments = NULL } } };
}

#include "core/fix/edits.h"

#include <stdlib.h>

#include "core/base/memory.h"

void edits_replace(struct edits *edits, uint32_t start, uint32_t end,
                   struct text with)
{
    *ARRAY_PUSH(edits->items) =
        (struct edit){ start, end, edits->pool.size, with.size };
    buffer_text(&edits->pool, with);
}

void edits_insert(struct edits *edits, uint32_t at, struct text what)
{
    edits_replace(edits, at, at, what);
}

struct text edits_text(const struct edits *edits, const struct edit *edit)
{
    return text_slice(buffer_view(&edits->pool), edit->at,
                      edit->at + edit->size);
}

void edits_cut(struct edits *edits, size_t count)
{
    edits->items_count = count;
}

/* The pool grows with each edit: its places tell who came first. */
static int by_place(const void *left, const void *right)
{
    const struct edit *a = left, *b = right;

    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

bool edits_settle(struct edits *edits)
{
    if (edits->items_count == 0)
        return true;
    qsort(edits->items, edits->items_count, sizeof(*edits->items), by_place);
    for (size_t i = 1; i < edits->items_count; i++)
        if (edits->items[i].start < edits->items[i - 1].end)
            return false;
    return true;
}

void edits_apply(const struct edits *edits, struct text text,
                 struct buffer *out)
{
    size_t from = 0;

    for (size_t i = 0; i < edits->items_count; i++) {
        const struct edit *edit = &edits->items[i];

        buffer_text(out, text_slice(text, from, edit->start));
        buffer_text(out, edits_text(edits, edit));
        from = edit->end;
    }
    buffer_text(out, text_slice(text, from, text.size));
}

void edits_release(struct edits *edits)
{
    free(edits->items);
    buffer_release(&edits->pool);
    *edits = EDITS_EMPTY;
}

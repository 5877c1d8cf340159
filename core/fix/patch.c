#include "core/fix/patch.h"

#include <stdlib.h>

#include "core/base/bound.h"
#include "core/base/memory.h"

/* Lines of a text: where each starts, and its end behind the last one. */
struct lines {
    struct text text;
    size_t *starts, starts_count, starts_room;
};

/* Old lines [first, last) that change, and what they become. */
struct change {
    size_t first, last;
    struct buffer after;
};

struct patch {
    struct lines lines;
    struct change *changes;
    size_t changes_count, changes_room;
};

static struct lines lines_of(struct text text)
{
    struct lines lines = { .text = text };

    for (size_t at = 0; at < text.size; at = text_find(text, '\n', at) + 1)
        *ARRAY_PUSH(lines.starts) = at;
    *ARRAY_PUSH(lines.starts) = text.size;
    return lines;
}

static size_t lines_count(const struct lines *lines)
{
    return lines->starts_count - 1;
}

static struct text line_at(const struct lines *lines, size_t number)
{
    return text_slice(lines->text, lines->starts[number],
                      lines->starts[number + 1]);
}

/* The line that a byte, or the end, is in. */
static size_t line_of(const struct lines *lines, size_t at)
{
    struct bound found = bound_in(0, lines_count(lines));

    if (at == lines->text.size && !text_ends_with(lines->text, TEXT("\n")))
        return found.high - (found.high > 0);
    while (bound_open(&found))
        bound_step(&found, lines->starts[found.middle + 1] <= at);
    return found.low;
}

/* ---- changes ------------------------------------------------------------- */

/* Lines that stay the same at both ends of a change are none of it. */
static void trim(struct patch *patch, struct change *change)
{
    struct lines after = lines_of(buffer_view(&change->after));
    size_t from = 0, to = lines_count(&after);
    struct buffer kept = BUFFER_EMPTY;

    while (from < to && change->first < change->last &&
           text_equal(line_at(&after, from),
                      line_at(&patch->lines, change->first))) {
        from++;
        change->first++;
    }
    while (from < to && change->first < change->last &&
           text_equal(line_at(&after, to - 1),
                      line_at(&patch->lines, change->last - 1))) {
        to--;
        change->last--;
    }
    buffer_text(&kept,
                text_slice(after.text, after.starts[from], after.starts[to]));
    buffer_release(&change->after);
    change->after = kept;
    free(after.starts);
}

/* The edits from `from` on whose lines touch become one change. */
static size_t add_change(struct patch *patch, const struct edits *edits,
                         size_t from)
{
    const struct edit *first = &edits->items[from];
    struct change *change = ARRAY_PUSH(patch->changes);
    size_t count = lines_count(&patch->lines), to = from, at;

    change->first = line_of(&patch->lines, first->start);
    at = change->first < count ? patch->lines.starts[change->first]
                               : patch->lines.text.size;
    do {
        const struct edit *edit = &edits->items[to];

        buffer_text(&change->after,
                    text_slice(patch->lines.text, at, edit->start));
        buffer_text(&change->after, edits_text(edits, edit));
        at = edit->end;
        change->last = line_of(&patch->lines, at);
        to++;
    } while (to < edits->items_count &&
             line_of(&patch->lines, edits->items[to].start) <=
                 change->last + 1);
    if (change->last < count)
        change->last++;
    buffer_text(&change->after, text_slice(patch->lines.text, at,
                                           patch->lines.starts[change->last]));
    trim(patch, change);
    return to;
}

/* ---- the diff ------------------------------------------------------------ */

static void add_line(struct buffer *out, char sign, struct text line)
{
    buffer_byte(out, sign);
    buffer_text(out, line);
    if (!text_ends_with(line, TEXT("\n")))
        buffer_string(out, "\n\\ No newline at end of file\n");
}

static void add_old(struct buffer *out, const struct patch *patch, char sign,
                    size_t first, size_t last)
{
    for (size_t i = first; i < last; i++)
        add_line(out, sign, line_at(&patch->lines, i));
}

static size_t add_new(struct buffer *out, const struct change *change)
{
    struct lines after = lines_of(buffer_view(&change->after));
    size_t count = lines_count(&after);

    for (size_t i = 0; i < count; i++)
        add_line(out, '+', line_at(&after, i));
    free(after.starts);
    return count;
}

/* The head of a hunk counts lines from 1; none are counted from before it. */
static void add_head(struct buffer *out, size_t old_first, size_t old_count,
                     size_t new_first, size_t new_count)
{
    buffer_format(out, "@@ -%zu,%zu +%zu,%zu @@\n", old_first + (old_count > 0),
                  old_count, new_first + (new_count > 0), new_count);
}

/* A hunk of changes [from, to): returns by how much the file grew so far. */
static size_t add_hunk(struct buffer *out, const struct patch *patch,
                       size_t from, size_t to, size_t shift)
{
    const struct change *changes = patch->changes;
    struct buffer body = BUFFER_EMPTY;
    size_t count = lines_count(&patch->lines), at, first, last, grown = shift;

    first = changes[from].first > PATCH_CONTEXT
                ? changes[from].first - PATCH_CONTEXT
                : 0;
    last = changes[to - 1].last + PATCH_CONTEXT < count
               ? changes[to - 1].last + PATCH_CONTEXT
               : count;
    at = first;
    for (size_t i = from; i < to; i++) {
        add_old(&body, patch, ' ', at, changes[i].first);
        add_old(&body, patch, '-', changes[i].first, changes[i].last);
        grown += add_new(&body, &changes[i]);
        grown -= changes[i].last - changes[i].first;
        at = changes[i].last;
    }
    add_old(&body, patch, ' ', at, last);
    add_head(out, first, last - first, first + shift,
             last - first + (grown - shift));
    buffer_text(out, buffer_view(&body));
    buffer_release(&body);
    return grown;
}

/* As git quotes names that hold what a line of a patch must not. */
static void add_name(struct buffer *out, const char *before, struct text path)
{
    bool quoted = false;

    for (size_t i = 0; i < path.size; i++)
        quoted |= (unsigned char)path.bytes[i] < ' ' || path.bytes[i] == '"' ||
                  path.bytes[i] == '\\' || (unsigned char)path.bytes[i] >= 127;
    buffer_string(out, quoted ? "\"" : "");
    buffer_string(out, before);
    for (size_t i = 0; i < path.size; i++) {
        unsigned char byte = (unsigned char)path.bytes[i];

        if (byte < ' ' || byte >= 127)
            buffer_format(out, "\\%03o", byte);
        else if (byte == '"' || byte == '\\')
            buffer_format(out, "\\%c", byte);
        else
            buffer_byte(out, (char)byte);
    }
    buffer_string(out, quoted ? "\"" : "");
    /* A name ends at a tab where it has blanks. */
    buffer_string(out, text_find(path, ' ', 0) < path.size ? "\t\n" : "\n");
}

void patch_append(struct buffer *out, struct text path, struct text text,
                  const struct edits *edits)
{
    struct patch patch = { .lines = lines_of(text) };
    size_t shift = 0;

    for (size_t i = 0; i < edits->items_count;)
        i = add_change(&patch, edits, i);
    if (patch.changes_count) {
        buffer_string(out, "--- ");
        add_name(out, "a/", path);
        buffer_string(out, "+++ ");
        add_name(out, "b/", path);
    }
    for (size_t from = 0, to; from < patch.changes_count; from = to) {
        to = from + 1;
        while (to < patch.changes_count &&
               patch.changes[to].first <=
                   patch.changes[to - 1].last + 2 * (size_t)PATCH_CONTEXT)
            to++;
        shift = add_hunk(out, &patch, from, to, shift);
    }
    for (size_t i = 0; i < patch.changes_count; i++)
        buffer_release(&patch.changes[i].after);
    free(patch.changes);
    free(patch.lines.starts);
}

#include "core/slice/slice.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bound.h"
#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "core/slice/origin.h"
#include "core/slice/track.h"
#include "core/source/piece.h"
#include "core/source/word.h"

struct slicing {
    struct slice *slice;
    const struct source *source;
    const struct pieces *pieces;
    const struct track *track;
    struct buffer code;
    bool asks;
};

static bool any_matters(const struct slicing *slicing,
                        const struct piece *piece)
{
    for (size_t line = piece->first; line < piece->after; line++)
        if (slicing->track->matters[line])
            return true;
    return false;
}

/* Where the blanks before a logical line start. */
static uint32_t line_start(const struct source *source, size_t line)
{
    uint32_t start = source->logicals[line].start;

    while (start > 0 &&
           (source->code[start - 1] == ' ' || source->code[start - 1] == '\t'))
        start--;
    return start;
}

static void add(struct slicing *slicing, uint32_t from, uint32_t to)
{
    *ARRAY_PUSH(slicing->slice->runs) =
        (struct slice_run){ (uint32_t)slicing->code.size, from };
    buffer_append(&slicing->code, slicing->source->code + from, to - from);
}

static void add_piece(struct slicing *slicing, const struct piece *piece)
{
    for (size_t line = piece->first; line < piece->after; line++) {
        slicing->asks |= slicing->track->asks[line];
        add(slicing, line_start(slicing->source, line),
            word_line_end(slicing->source, line));
        buffer_byte(&slicing->code, '\n');
    }
}

/* A body that nothing is left of. */
static void add_pass(struct slicing *slicing, const struct piece *member)
{
    const struct source *source = slicing->source;

    add(slicing, line_start(source, member->first),
        source->logicals[member->first].start);
    buffer_string(&slicing->code, "pass\n");
}

/* `def name(self): self.target()` in place of a method, for each target that no
   method of the class told yet. */
static void add_brief(struct slicing *slicing, const struct piece *member,
                      uint64_t *told)
{
    const struct source *source = slicing->source;
    size_t head = piece_head(source, member);
    uint32_t start = line_start(source, head);
    struct word_reader reader = word_read(source, head);
    struct word name;

    do
        word_next(&reader, &name);
    while (name.name == WORD_ASYNC || name.name == WORD_DEF);
    for (int i = 0; i < WORD_NAMES; i++) {
        if (!(slicing->track->brief[head] & ~*told & WORD_BIT(i)))
            continue;
        add(slicing, start, source->logicals[head].start);
        buffer_format(&slicing->code, "def %.*s(self): self.%s()\n",
                      (int)(name.end - name.start), source->code + name.start,
                      word_text((enum word_name)i));
    }
    if (!slicing->track->passes_self)
        *told |= slicing->track->brief[head];
}

static bool add_members(struct slicing *slicing, const struct piece *head)
{
    const struct piece *end = head + 1 + head->members;
    size_t before = slicing->code.size;
    uint64_t told = 0;

    for (const struct piece *at = head + 1; at < end; at++)
        if (any_matters(slicing, at))
            add_piece(slicing, at);
        else if (slicing->track->brief[piece_head(slicing->source, at)])
            add_brief(slicing, at, &told);
    return slicing->code.size > before;
}

static bool any_member_matters(const struct slicing *slicing,
                               const struct piece *head)
{
    const struct piece *end = head + 1 + head->members;

    for (const struct piece *at = head + 1; at < end; at++)
        if (any_matters(slicing, at) ||
            slicing->track->brief[piece_head(slicing->source, at)])
            return true;
    return false;
}

static void add_class(struct slicing *slicing, const struct piece *head)
{
    if (!any_matters(slicing, head) && !any_member_matters(slicing, head))
        return;
    add_piece(slicing, head);
    if (!add_members(slicing, head))
        add_pass(slicing, head + 1);
}

static void add_pieces(struct slicing *slicing)
{
    const struct piece *piece = slicing->pieces->items;
    const struct piece *end = piece + slicing->pieces->items_count;

    for (; piece < end; piece += 1 + piece->members)
        if (piece->kind == PIECE_CLASS)
            add_class(slicing, piece);
        else if (any_matters(slicing, piece))
            add_piece(slicing, piece);
}

static void glue(struct slice *slice, const struct source *source,
                 const struct pieces *pieces, const struct track *track)
{
    struct slicing slicing = {
        slice, source, pieces, track, BUFFER_EMPTY, false
    };

    add_pieces(&slicing);
    slice->kind = slicing.asks ? SLICE_WHOLE : SLICE_PART;
    slice->part.text.size = slicing.code.size;
    slice->part.code = buffer_detach(&slicing.code);
    slice->part.text.bytes = slice->part.code;
    if (slicing.asks)
        slice->runs_count = 0;
}

void slice_open(struct slice *slice, const struct source *source)
{
    slice_open_part(slice, source, NULL);
}

void slice_open_part(struct slice *slice, const struct source *source,
                     struct elsewhere *elsewhere)
{
    struct pieces pieces;
    struct track track = { .elsewhere = elsewhere };

    *slice = (struct slice){ .kind = SLICE_WHOLE };
    if (piece_cut(&pieces, source))
        switch (track_words(&track, source)) {
        case TRACK_ALL:
            break;
        case TRACK_NOTHING:
            slice->kind = SLICE_NOTHING;
            break;
        case TRACK_LINES:
            if (origin_trace(source, &pieces, &track))
                glue(slice, source, &pieces, &track);
        }
    piece_release(&pieces);
    track_release(&track);
}

uint32_t slice_offset(const struct slice *slice, uint32_t at)
{
    struct bound found = bound_in(0, slice->runs_count);
    const struct slice_run *run;

    while (bound_open(&found))
        bound_step(&found, slice->runs[found.middle].at <= at);
    if (!slice->runs_count)
        return at;
    run = &slice->runs[bound_before(&found)];
    return run->from + (at - run->at);
}

uint32_t slice_end(const struct slice *slice, uint32_t end)
{
    return end ? slice_offset(slice, end - 1) + 1 : 0;
}

void slice_close(struct slice *slice)
{
    free(slice->part.code);
    free(slice->runs);
    *slice = (struct slice){ .kind = SLICE_NOTHING };
}

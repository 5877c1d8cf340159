#include "core/slice/chunk.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "core/slice/chunk_parts.h"
#include "core/source/cut.h"
#include "core/source/piece.h"

const enum word_name chunk_names[CHUNK_NAMES] = {
    WORD_TEMPFILE, WORD_OS, WORD_MKTEMP, WORD_TEMPNAM, WORD_TMPNAM,
};

static const struct encoding utf8 = { .unit = 1 };

/* ---- where it ends ------------------------------------------------------- */

static bool is_decorator(const struct source *source, size_t line)
{
    return source->code[source->logicals[line].start] == '@';
}

/* From `at` on up to the line there is a comment and nothing else. */
static bool is_comment(const struct source *source, size_t at, size_t line)
{
    struct bound found = bound_in(0, source->comments_count);

    if (at == line)
        return true;
    while (bound_open(&found))
        bound_step(&found, source->comments[found.middle].start < at);
    return found.low < source->comments_count &&
           source->comments[found.low].start < line;
}

/* Where the first statement is over that is in the source, or 0. */
static size_t find_end(const struct source *source)
{
    struct text text = source->text;

    for (size_t i = 1; i < source->logicals_count; i++) {
        size_t line = source->logicals[i].start, end;

        if (is_decorator(source, i - 1) || !cut_is_line(text, line))
            continue;
        end = cut_before(text, 0, line);
        if (end > 0 && is_comment(source, end, line))
            return end;
    }
    return 0;
}

/* Does the whole text end between two statements? */
static bool is_over(const struct source *source)
{
    size_t count = source->logicals_count;

    return !source->is_odd && !(count && is_decorator(source, count - 1));
}

size_t chunk_end(struct text text, size_t from)
{
    size_t line = cut_next(text, from), end = text.size;

    /* Not between a comment that it starts with and what that is about. */
    while (line < text.size && (end = cut_before(text, 0, line)) == 0)
        line = cut_next(text, line);
    return line < text.size ? end : text.size;
}

/* The `count`th place where the text may be cut. */
static size_t look_ahead(struct text text, size_t count)
{
    size_t line = 0;

    while (--count && line < text.size)
        line = cut_next(text, line);
    return chunk_end(text, line);
}

/* Open as much of the text as the chunk has. False if it has no end. */
static bool open_chunk(struct source *source, struct text text)
{
    struct error err;

    for (size_t count = 1;; count *= 2) {
        size_t size = look_ahead(text, count), end;

        if (source_open_as(source, text_slice(text, 0, size), utf8, &err) < 0)
            return false;
        end = count > 1 ? find_end(source) : 0;
        if (end == 0 && is_over(source))
            return true;
        source_close(source);
        if (end > 0)
            return source_open_as(source, text_slice(text, 0, end), utf8,
                                  &err) == 0;
        if (size == text.size)
            return false;
    }
}

/* ---- what it says -------------------------------------------------------- */

size_t chunk_part_end(const struct chunk *chunk, size_t part)
{
    return part + 1 < chunk->parts_count ? chunk->parts[part + 1].start
                                         : chunk->size;
}

static uint32_t hash_of(enum chunk_ask ask, struct text name)
{
    uint32_t hash = 2166136261u + (uint32_t)ask;

    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.bytes[i]) * 16777619;
    return hash ^ hash >> 15;
}

static uint64_t filter_bit(uint32_t hash)
{
    return UINT64_C(1) << (hash & 63);
}

void chunk_needed(struct chunk_note *note, enum chunk_ask ask, struct text name)
{
    *ARRAY_PUSH(note->asks) = hash_of(ask, name);
}

static int compare(const void *one, const void *two)
{
    const uint32_t *a = one, *b = two;

    return (*a > *b) - (*a < *b);
}

/* Each once, sorted. */
static void settle_asks(struct chunk_note *note)
{
    size_t kept = 0;

    if (note->asks_count)
        qsort(note->asks, note->asks_count, sizeof(*note->asks), compare);
    for (size_t i = 0; i < note->asks_count; i++)
        if (kept == 0 || note->asks[kept - 1] != note->asks[i])
            note->asks[kept++] = note->asks[i];
    note->asks_count = note->asks_room = kept;
    if (kept)
        note->asks = memory_resize(note->asks, kept, sizeof(*note->asks));
}

void chunk_join(struct chunk_says *to, const struct chunk_says *from)
{
    to->flags |= from->flags;
    to->targets |= from->targets;
    for (size_t i = 0; i < TARGET_COUNT; i++)
        for (size_t at = 0; at <= SPELL_NAME_MAX; at++)
            to->spelled.ends[i][at] |= from->spelled.ends[i][at];
    for (size_t i = 0; i < CHUNK_NAMES; i++)
        for (size_t at = 0; at < CHUNK_NAME_MAX; at++)
            to->ends[i][at] |= from->ends[i][at];
}

/* ---- parts --------------------------------------------------------------- */

static void release_note(void *value)
{
    struct chunk_note *note = value;

    free(note->asks);
    free(note);
}

struct stash *chunk_stash(size_t size_max)
{
    return stash_open(size_max, release_note);
}

/* What a piece and the bytes of its part say. */
static struct chunk_note *read_note(const struct source *source,
                                    const struct piece *piece,
                                    struct text bytes)
{
    struct chunk_note *note = memory_new(1, sizeof(*note));
    size_t first = source->logicals[piece->first].string;
    size_t after = piece->after < source->logicals_count
                       ? source->logicals[piece->after].string
                       : source->strings_count;

    chunk_read_lines(note, source, piece->first, piece->after,
                     piece->owner ? IN_CLASS : IN_MODULE);
    for (size_t i = first; i < after; i++)
        chunk_read_string(note, source, i, first, after);
    if (part_may_spell(source, first, after))
        note->says.flags |= CHUNK_PARTS;
    note->says.targets = part_written_targets(bytes);
    spell_collect(&note->says.spelled, bytes);
    settle_asks(note);
    return note;
}

static void add_note(struct chunk *chunk, struct chunk_part *part,
                     const struct chunk_note *note)
{
    part->flags = note->says.flags;
    part->asks = (uint32_t)chunk->asks_count;
    for (size_t i = 0; i < note->asks_count; i++) {
        uint32_t hash = note->asks[i];

        part->filter |= filter_bit(hash >> 8);
        chunk->filter[hash >> 6 & 3] |= filter_bit(hash);
        *ARRAY_PUSH(chunk->asks) = hash;
    }
    chunk_join(&chunk->says, &note->says);
}

static void read_part(struct chunk *chunk, size_t number,
                      const struct source *source, const struct piece *piece,
                      struct stash *stash)
{
    struct chunk_part *part = &chunk->parts[number];
    struct text bytes =
        text_slice(source->text, part->start, chunk_part_end(chunk, number));
    uint64_t hash = stash_hash(bytes) + (piece->owner ? 1 : 0);
    struct chunk_note *note = stash ? stash_get(stash, hash, bytes) : NULL;

    if (note) {
        add_note(chunk, part, note);
        return;
    }
    note = read_note(source, piece, bytes);
    add_note(chunk, part, note);
    if (stash)
        stash_put(stash, hash, bytes, note,
                  sizeof(*note) + note->asks_count * sizeof(*note->asks));
    else
        release_note(note);
}

/* From where the comment above a logical line starts, if there is one. */
static void set_start(struct chunk_part *part, const struct source *source,
                      uint32_t code, uint32_t line)
{
    size_t start;

    while (line + 1 < source->lines_count && source->lines[line + 1] <= code)
        line++;
    part->code = code;
    part->start = source->lines[line];
    part->line = line;
    start = part->start ? cut_before(source->text, 0, part->start) : 0;
    if (start < part->start && is_comment(source, start, part->start)) {
        part->start = (uint32_t)start;
        while (source->lines[part->line] > start)
            part->line--;
    }
}

static void add_part(struct chunk *chunk, const struct source *source,
                     const struct piece *piece)
{
    struct chunk_part *part = ARRAY_PUSH(chunk->parts);

    if (chunk->parts_count > 1)
        set_start(part, source, source->logicals[piece->first].start,
                  part[-1].line);
    else
        part->code = source->logicals[piece->first].start;
    part->members = (uint32_t)piece->members;
}

static void fill(struct chunk *chunk, const struct source *source,
                 const struct pieces *pieces, struct stash *stash)
{
    chunk->size = source->text.size;
    chunk->lines = (uint32_t)source->lines_count - 1;
    indent_add_columns(&chunk->columns, source);
    for (size_t i = 0; i < pieces->items_count; i++)
        add_part(chunk, source, &pieces->items[i]);
    for (size_t i = 0; i < pieces->items_count; i++)
        read_part(chunk, i, source, &pieces->items[i], stash);
    if (pieces->items_count == 0) {
        chunk->says.targets = part_written_targets(source->text);
        spell_collect(&chunk->says.spelled, source->text);
    }
    if (chunk->asks_count)
        chunk->asks =
            memory_resize(chunk->asks, chunk->asks_count, sizeof(*chunk->asks));
    chunk->asks_room = chunk->asks_count;
}

bool chunk_read(struct chunk *chunk, struct text text, struct stash *stash)
{
    struct source source;
    struct pieces pieces;
    bool regular;

    if (!open_chunk(&source, text))
        return false;
    regular = piece_cut(&pieces, &source);
    if (regular)
        fill(chunk, &source, &pieces, stash);
    piece_release(&pieces);
    source_close(&source);
    return regular;
}

/* ---- what it is asked ---------------------------------------------------- */

/* Mentions of these are noted; of others the bytes are searched. */
static bool is_noted(struct text name)
{
    return text_equal(name, TEXT("setattr")) ||
           text_equal(name, TEXT("classmethod"));
}

static bool has_bytes(struct text text, struct text name)
{
    return memmem(text.bytes, text.size, name.bytes, name.size) != NULL;
}

static bool may_join(unsigned flags, enum chunk_ask ask, struct text name)
{
    return ask == CHUNK_SPELLS &&
           (flags & CHUNK_JOINS || name.size > PART_NAME_MAX);
}

bool chunk_answers(const struct chunk *chunk, struct text text,
                   enum chunk_ask ask, struct text name)
{
    uint32_t hash = hash_of(ask, name);

    if (ask == CHUNK_MENTIONS && !is_noted(name))
        return has_bytes(text_slice(text, 0, chunk->size), name);
    return may_join(chunk->says.flags, ask, name) ||
           chunk->filter[hash >> 6 & 3] & filter_bit(hash);
}

bool chunk_part_answers(const struct chunk *chunk, size_t number,
                        struct text text, enum chunk_ask ask, struct text name)
{
    const struct chunk_part *part = &chunk->parts[number];
    size_t after =
        number + 1 < chunk->parts_count ? part[1].asks : chunk->asks_count;
    uint32_t hash = hash_of(ask, name);

    if (ask == CHUNK_MENTIONS && !is_noted(name))
        return has_bytes(
            text_slice(text, part->start, chunk_part_end(chunk, number)), name);
    return may_join(part->flags, ask, name) ||
           (part->filter & filter_bit(hash >> 8) &&
            bsearch(&hash, chunk->asks + part->asks, after - part->asks,
                    sizeof(hash), compare) != NULL);
}

bool chunk_makes_up(const struct chunk_says *says, uint64_t words)
{
    for (size_t i = 0; i < CHUNK_NAMES; i++) {
        struct part_name part = PART_NAME(text_of(word_text(chunk_names[i])));

        if (!(words & WORD_BIT(chunk_names[i])))
            continue;
        for (size_t at = 0; at < CHUNK_NAME_MAX; at++)
            part.ends[at] = says->ends[i][at];
        if (part_made_up(&part))
            return true;
    }
    return false;
}

size_t chunk_size(const struct chunk *chunk)
{
    return sizeof(*chunk) + chunk->asks_count * sizeof(*chunk->asks) +
           chunk->parts_count * sizeof(*chunk->parts);
}

void chunk_release(struct chunk *chunk)
{
    free(chunk->asks);
    free(chunk->parts);
    *chunk = (struct chunk){ .size = 0 };
}

#include "core/slice/condense.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "core/slice/track.h"

/* ---- chunks -------------------------------------------------------------- */

static void release_chunk(void *chunk)
{
    chunk_release(chunk);
    free(chunk);
}

struct stash *condense_stash(size_t size_max)
{
    return stash_open(size_max, release_chunk);
}

/* The chunk that the text starts with, or NULL if it is none. */
static const struct chunk *chunk_of(struct stash *stash, struct stash *parts,
                                    struct text text)
{
    uint64_t hash = stash_hash(text_slice(text, 0, chunk_end(text, 0)));
    struct chunk *chunk = stash_get_start(stash, hash, text);

    if (chunk && (chunk->size == text.size ||
                  chunk_end(text, chunk->size - 1) == chunk->size))
        return chunk;
    chunk = memory_new(1, sizeof(*chunk));
    if (!chunk_read(chunk, text, parts)) {
        release_chunk(chunk);
        return NULL;
    }
    stash_put(stash, hash, text_slice(text, 0, chunk->size), chunk,
              chunk_size(chunk));
    return chunk;
}

static bool cut(struct condensed *condensed, struct stash *stash,
                struct stash *parts)
{
    struct text rest = condensed->bytes;
    uint32_t line = 0;

    while (rest.size) {
        const struct chunk *chunk = chunk_of(stash, parts, rest);
        uint32_t start = (uint32_t)(condensed->bytes.size - rest.size);

        if (!chunk)
            return false;
        *ARRAY_PUSH(condensed->chunks) =
            (struct condense_chunk){ chunk, start, line,
                                     condensed->parts_count };
        condensed->parts_count += chunk->parts_count;
        line += chunk->lines;
        rest = text_slice(rest, chunk->size, rest.size);
    }
    return true;
}

/* ---- what all of them say ------------------------------------------------ */

static void say(struct elsewhere *elsewhere, const struct chunk_says *all)
{
    uint8_t targets =
        all->flags & CHUNK_PARTS && spell_parts_join(&all->spelled)
            ? PART_TARGETS
            : all->targets;

    elsewhere->targets = targets;
    elsewhere->reads = all->flags & CHUNK_READS;
    elsewhere->names_target = (all->flags & CHUNK_IMPORTS &&
                               chunk_makes_up(all, track_modules(targets))) ||
                              (all->flags & CHUNK_READS &&
                               chunk_makes_up(all, track_members(targets)));
}

static bool choose(struct condensed *condensed)
{
    struct chunk_says all = { .flags = 0 };
    struct indent_columns columns = { .far = 0 };
    unsigned flags =
        CHUNK_MATTERS | (condensed->elsewhere.alone ? 0 : CHUNK_FOREIGN);
    bool *kept = memory_new(condensed->parts_count, sizeof(*kept));

    condensed->kept = kept;
    for (size_t i = 0; i < condensed->chunks_count; i++) {
        chunk_join(&all, &condensed->chunks[i].chunk->says);
        indent_join_columns(&columns, &condensed->chunks[i].chunk->columns);
    }
    if (indent_may_be_wild(&columns))
        return false;
    say(&condensed->elsewhere, &all);
    if (track_modules(condensed->elsewhere.targets) & WORD_BIT(WORD_OS))
        flags |= CHUNK_OS;
    for (size_t i = 0; i < condensed->chunks_count; i++) {
        const struct chunk *chunk = condensed->chunks[i].chunk;

        for (size_t part = 0; part < chunk->parts_count; part++)
            *kept++ = chunk->parts[part].flags & flags;
    }
    return true;
}

/* ---- what is kept -------------------------------------------------------- */

/* Where what is kept goes. */
struct writing {
    struct condensed *condensed;
    const struct condense_chunk *chunk; /* at hand */
    const bool *kept;                   /* by its parts */
    uint32_t line;                      /* line ends so far */
};

static struct text part_text(const struct condensed *condensed,
                             const struct condense_chunk *chunk, size_t part)
{
    return text_slice(condensed->bytes,
                      chunk->start + chunk->chunk->parts[part].start,
                      chunk->start + chunk_part_end(chunk->chunk, part));
}

static uint32_t part_lines(const struct chunk *chunk, size_t part)
{
    uint32_t end = part + 1 < chunk->parts_count ? chunk->parts[part + 1].line
                                                 : chunk->lines;

    return end - chunk->parts[part].line;
}

static void write_part(struct writing *writing, size_t number)
{
    struct condensed *condensed = writing->condensed;
    const struct condense_chunk *chunk = writing->chunk;
    const struct chunk_part *part = &chunk->chunk->parts[number];

    *ARRAY_PUSH(condensed->runs) = (struct condense_run){
        (uint32_t)condensed->key.size,
        chunk->start + part->start,
        writing->line,
        chunk->line + part->line,
    };
    buffer_text(&condensed->key, part_text(condensed, chunk, number));
    writing->line += part_lines(chunk->chunk, number);
}

/* A body that nothing is left of, as far to the right as it was. */
static void write_pass(struct writing *writing, size_t member)
{
    const struct condense_chunk *chunk = writing->chunk;
    const char *bytes = writing->condensed->bytes.bytes + chunk->start;
    uint32_t code = chunk->chunk->parts[member].code, start = code;

    while (start > 0 && (bytes[start - 1] == ' ' || bytes[start - 1] == '\t'))
        start--;
    buffer_append(&writing->condensed->key, bytes + start, code - start);
    buffer_string(&writing->condensed->key, "pass\n");
    writing->line++;
}

static bool keeps_member(const struct writing *writing, size_t class)
{
    size_t members = writing->chunk->chunk->parts[class].members;

    return members && memchr(writing->kept + class + 1, true, members);
}

static void write_chunk(struct writing *writing)
{
    const struct chunk *chunk = writing->chunk->chunk;

    for (size_t part = 0; part < chunk->parts_count; part++) {
        bool keeps = keeps_member(writing, part);

        if (!writing->kept[part] && !keeps)
            continue;
        write_part(writing, part);
        if (chunk->parts[part].members && !keeps)
            write_pass(writing, part + 1);
    }
}

static void write(struct condensed *condensed)
{
    const struct elsewhere *elsewhere = &condensed->elsewhere;
    struct writing writing = { .condensed = condensed };

    condensed->runs_count = 0;
    buffer_clear(&condensed->key);
    for (size_t i = 0; i < condensed->chunks_count; i++) {
        writing.chunk = &condensed->chunks[i];
        writing.kept = condensed->kept + writing.chunk->part;
        write_chunk(&writing);
    }
    buffer_byte(&condensed->key, (char)elsewhere->targets);
    buffer_byte(&condensed->key,
                (char)(elsewhere->reads | elsewhere->names_target << 1 |
                       elsewhere->alone << 2));
}

bool condense_open(struct condensed *condensed, struct stash *chunks,
                   struct stash *parts, struct text bytes, bool alone)
{
    struct encoding encoding = decode_encoding(bytes);

    *condensed = (struct condensed){ .bytes = bytes,
                                     .elsewhere = { .alone = alone },
                                     .looks = CONDENSE_LOOKS_MAX *
                                              ((uint64_t)bytes.size + 4096) };
    if (encoding.unit == 1 && !encoding.single_byte &&
        encoding.leads == LEADS_NONE && cut(condensed, chunks, parts) &&
        choose(condensed)) {
        write(condensed);
        return true;
    }
    condense_close(condensed);
    return false;
}

struct text condense_text(const struct condensed *condensed)
{
    struct text key = buffer_view(&condensed->key);

    return text_slice(key, 0, key.size - 2);
}

/* What asking a chunk or a part costs, in bytes to look at. */
#define LOOK 8

static bool spend(struct condensed *condensed, uint64_t looks)
{
    condensed->looks -= looks < condensed->looks ? looks : condensed->looks;
    return condensed->looks > 0;
}

static bool keep_answers(struct condensed *condensed,
                         const struct condense_chunk *chunk, enum chunk_ask ask,
                         struct text name)
{
    struct text text = text_slice(condensed->bytes, chunk->start,
                                  chunk->start + chunk->chunk->size);
    size_t parts = chunk->chunk->parts_count;
    bool *kept = condensed->kept + chunk->part;
    bool widened = false;

    if (!spend(condensed, LOOK + (ask == CHUNK_MENTIONS ? text.size / 8 : 0)) ||
        !chunk_answers(chunk->chunk, text, ask, name) ||
        !spend(condensed, LOOK * parts))
        return false;
    for (size_t part = 0; part < parts; part++)
        if (!kept[part] &&
            chunk_part_answers(chunk->chunk, part, text, ask, name))
            kept[part] = widened = true;
    return widened;
}

int condense_widen(struct condensed *condensed, const struct intern *asked)
{
    bool widened = false;

    for (uint32_t i = 0; i < intern_count(asked) && condensed->looks; i++) {
        enum chunk_ask ask;
        struct text name = elsewhere_asked(asked, i, &ask);

        for (size_t at = 0; at < condensed->chunks_count; at++)
            widened |=
                keep_answers(condensed, &condensed->chunks[at], ask, name);
    }
    if (!condensed->looks)
        return -1;
    if (widened)
        write(condensed);
    return widened;
}

void condense_place(const struct condensed *condensed, struct finding *finding)
{
    struct bound found = bound_in(0, condensed->runs_count);
    const struct condense_run *run;
    uint32_t lines;

    while (bound_open(&found))
        bound_step(&found, condensed->runs[found.middle].at <= finding->offset);
    run = &condensed->runs[bound_before(&found)];
    lines = run->from_line - run->line;
    finding->offset += run->from - run->at;
    finding->range.start.line += lines;
    finding->range.end.line += lines;
    finding->statement_first += lines;
    finding->statement_last += lines;
}

void condense_close(struct condensed *condensed)
{
    free(condensed->chunks);
    free(condensed->kept);
    free(condensed->runs);
    elsewhere_release(&condensed->elsewhere);
    buffer_release(&condensed->key);
    *condensed = (struct condensed){ .bytes = TEXT_EMPTY };
}

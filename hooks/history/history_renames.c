#include "hooks/history/history_renames.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"

#define CHUNK_MAX   64 /* bytes: a line, or a part of a long one */
#define SIMILAR_MIN 50 /* percent of the bytes */

/* A blob as its chunks: equal ones together. */
struct chunk {
    uint64_t hash;
    uint32_t size;
};

struct lines {
    bool read;
    size_t size; /* of the blob */
    struct chunk *chunks;
    size_t chunks_count, chunks_room;
};

struct pair {
    uint32_t before, after;
    uint64_t score; /* percent */
};

struct search {
    struct history_trees *trees;
    const struct rename_side *before, *after;
    struct lines *old_lines, *new_lines;
    unsigned char *gone;  /* of before: a candidate that is not used yet */
    unsigned char *fresh; /* of after, likewise */
    uint32_t *from;
    struct pair *pairs;
    size_t pairs_count, pairs_room;
};

static int compare_chunks(const void *one, const void *two)
{
    const struct chunk *a = one, *b = two;

    return (a->hash > b->hash) - (a->hash < b->hash);
}

static void split(struct lines *lines, struct text bytes)
{
    struct chunk chunk = { 0xcbf29ce484222325, 0 };

    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char byte = (unsigned char)bytes.bytes[i];

        chunk.hash = (chunk.hash ^ byte) * 0x100000001b3;
        chunk.size++;
        if (byte != '\n' && chunk.size < CHUNK_MAX && i + 1 < bytes.size)
            continue;
        *ARRAY_PUSH(lines->chunks) = chunk;
        chunk = (struct chunk){ 0xcbf29ce484222325, 0 };
    }
    lines->size = bytes.size;
    if (lines->chunks_count)
        qsort(lines->chunks, lines->chunks_count, sizeof(*lines->chunks),
              compare_chunks);
}

/* What cannot be read has no lines, so it is like nothing. */
static const struct lines *lines_of(struct search *search, struct lines *lines,
                                    uint32_t blob)
{
    struct history_blobs *blobs = search->trees->blobs;
    struct object_id id = blobs_id(blobs, blob);
    struct object object = OBJECT_EMPTY;
    struct error err;

    if (lines->read)
        return lines;
    lines->read = true;
    if (object_read(&object, blobs->repo, &id, SCAN_SIZE_MAX, &err) == 1)
        split(lines, object.bytes);
    object_release(&object);
    return lines;
}

/* The bytes from one hash on that are the same hash, and move past them. */
static size_t take_equal(const struct lines *lines, size_t *at, uint64_t hash)
{
    size_t bytes = 0;

    for (; *at < lines->chunks_count && lines->chunks[*at].hash == hash;
         (*at)++)
        bytes += lines->chunks[*at].size;
    return bytes;
}

/* Percent of the larger one that is in the other too. */
static uint64_t similarity(const struct lines *a, const struct lines *b)
{
    size_t i = 0, j = 0;
    uint64_t same = 0;
    size_t larger = a->size > b->size ? a->size : b->size;

    while (i < a->chunks_count && j < b->chunks_count) {
        uint64_t one = a->chunks[i].hash, two = b->chunks[j].hash;
        size_t in_a = one <= two ? take_equal(a, &i, one) : 0;
        size_t in_b = two <= one ? take_equal(b, &j, two) : 0;

        same += in_a < in_b ? in_a : in_b;
    }
    return larger ? same * 100 / larger : 0;
}

static bool share_a_key(const struct history_blobs *blobs, uint32_t a,
                        uint32_t b)
{
    const struct occurrence *one = blobs_occurrences(blobs, a);
    const struct occurrence *two = blobs_occurrences(blobs, b);
    size_t i = 0, j = 0;

    while (i < blobs->blobs[a].count && j < blobs->blobs[b].count) {
        if (one[i].key == two[j].key)
            return true;
        if (one[i].key < two[j].key)
            i++;
        else
            j++;
    }
    return false;
}

static struct text name_of(const struct search *search, uint32_t path)
{
    struct text text = intern_text(&search->trees->paths, path);
    size_t start = text.size;

    while (start > 0 && text.bytes[start - 1] != '/')
        start--;
    return text_slice(text, start, text.size);
}

static void use(struct search *search, uint32_t before, uint32_t after)
{
    search->from[after] = before;
    search->gone[before] = 0;
    search->fresh[after] = 0;
}

/* The same blob; with the same name in another folder first. */
static void find_exact(struct search *search, bool same_name)
{
    for (uint32_t a = 0; a < search->after->count; a++)
        for (uint32_t b = 0; search->fresh[a] && b < search->before->count;
             b++) {
            const struct tree_file *new = &search->after->files[a];
            const struct tree_file *old = &search->before->files[b];

            if (search->gone[b] && new->blob == old->blob &&
                (!same_name || text_equal(name_of(search, new->path),
                                          name_of(search, old->path))))
                use(search, b, a);
        }
}

static void score(struct search *search, uint32_t before, uint32_t after)
{
    uint32_t old = search->before->files[before].blob;
    uint32_t new = search->after->files[after].blob;
    uint64_t score;

    if (!share_a_key(search->trees->blobs, old, new) ||
        search->pairs_count >= RENAMES_PAIRS_MAX)
        return;
    score = similarity(lines_of(search, &search->old_lines[before], old),
                       lines_of(search, &search->new_lines[after], new));
    *ARRAY_PUSH(search->pairs) = (struct pair){ before, after, score };
}

/* Best first; the order of the files decides between equals. */
static int compare_pairs(const void *one, const void *two)
{
    const struct pair *a = one, *b = two;

    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->after != b->after)
        return a->after < b->after ? -1 : 1;
    return (a->before > b->before) - (a->before < b->before);
}

static void find_similar(struct search *search)
{
    for (uint32_t a = 0; a < search->after->count; a++)
        for (uint32_t b = 0; search->fresh[a] && b < search->before->count; b++)
            if (search->gone[b])
                score(search, b, a);
    if (search->pairs_count)
        qsort(search->pairs, search->pairs_count, sizeof(*search->pairs),
              compare_pairs);
    for (size_t i = 0; i < search->pairs_count; i++) {
        const struct pair *pair = &search->pairs[i];

        if (pair->score >= SIMILAR_MIN && search->gone[pair->before] &&
            search->fresh[pair->after])
            use(search, pair->before, pair->after);
    }
}

/* Mark the files of one side whose path the other side does not have. */
static size_t mark(struct search *search, const struct rename_side *side,
                   const struct rename_side *other, unsigned char *marks)
{
    size_t count = 0;

    for (size_t i = 0; i < side->count; i++) {
        marks[i] =
            !trees_has_path(search->trees, other->tree, side->files[i].path);
        count += marks[i];
    }
    return count;
}

static void release_lines(struct lines *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(lines[i].chunks);
    free(lines);
}

void renames_find(struct history_trees *trees, const struct rename_side *before,
                  const struct rename_side *after, uint32_t *from)
{
    struct search search = {
        .trees = trees,
        .before = before,
        .after = after,
        .old_lines = memory_new(before->count, sizeof(struct lines)),
        .new_lines = memory_new(after->count, sizeof(struct lines)),
        .gone = memory_new(before->count, 1),
        .fresh = memory_new(after->count, 1),
        .from = from,
    };

    for (size_t i = 0; i < after->count; i++)
        from[i] = RENAMES_NONE;
    if (mark(&search, before, after, search.gone) &&
        mark(&search, after, before, search.fresh)) {
        find_exact(&search, true);
        find_exact(&search, false);
        find_similar(&search);
    }
    release_lines(search.old_lines, before->count);
    release_lines(search.new_lines, after->count);
    free(search.gone);
    free(search.fresh);
    free(search.pairs);
}

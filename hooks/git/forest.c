/*
 * From the index to nodes in the order of the walk, without recursion: places
 * (entries in the order of offsets) get their base, then the list of what is
 * made of each. They are listed such that each comes behind its base, level by
 * level if they do not lie so: backwards this adds up sizes, forwards it gives
 * each branch its range within that of its base. What no root leads to is in a
 * cycle.
 *
 * Trees have nothing to do with each other: once roots have their nodes, each
 * thread sorts the branches of its part of the trees, and sets their nodes. Of
 * the places of others it reads nothing but whose they are. The trees of a part
 * begin side by side: threads that write side by side wait for each other.
 */
#include "hooks/git/forest.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/git/forest_parts.h"
#include "hooks/git/offsets.h"
#include "hooks/system/pool.h"

#define NONE      OFFSETS_NONE
#define BATCH     4096u /* places whose heads are read in one go */
#define PARTS_MAX 4u    /* of the trees: each thread looks at all places */

struct build {
    const struct pack *pack;
    struct offsets offsets;
    struct place *places;
    uint32_t *order; /* places, bases first */
    uint32_t order_count;
    unsigned parts;
    atomic_uint next; /* batch to be read, then part to be set */
    struct forest *forest;
};

struct place {
    uint32_t base;  /* NONE: a root */
    uint32_t first; /* made of it; NONE: nothing */
    uint32_t next;  /* made of the same base */
    uint32_t size;  /* as in forest_node */
    uint32_t node;
    unsigned char type, reason, part;
    bool base_elsewhere;
};

static void read_head(struct build *build, uint32_t place)
{
    struct place *at = &build->places[place];
    struct pack_entry entry;
    uint64_t offset;
    uint32_t found;

    *at = (struct place){ .base = NONE, .first = NONE, .next = NONE };
    if (!pack_entry_read(&entry, build->pack, build->offsets.offsets[place])) {
        at->reason = FOREST_DAMAGED;
    } else if (entry.base == PACK_WHOLE) {
        at->type = (unsigned char)entry.type;
    } else if (entry.base == PACK_OFFSET) {
        at->base = offsets_find(&build->offsets, entry.base_offset);
        if (at->base == NONE)
            at->reason = FOREST_NO_BASE;
    } else if (pack_index_find(&build->pack->index, entry.base_id, &found)) {
        if (pack_index_offset(&build->pack->index, found, &offset))
            at->base = offsets_find(&build->offsets, offset);
        if (at->base == NONE)
            at->reason = FOREST_NO_BASE;
    } else {
        at->base_elsewhere = true;
    }
}

static void read_heads(void *job)
{
    struct build *build = job;
    uint32_t count = build->offsets.count;

    for (;;) {
        uint32_t batch = atomic_fetch_add(&build->next, 1);

        if (batch > (count - 1) / BATCH)
            return;
        for (uint32_t i = batch * BATCH; i < count && i / BATCH == batch; i++)
            read_head(build, i);
    }
}

/* Work that takes from build->next what is left. */
static void in_threads(struct build *build, unsigned threads, pool_work *work)
{
    struct pool *pool = pool_open(threads, work);

    atomic_store(&build->next, 0);
    for (unsigned i = pool_threads(threads); i > 0; i--)
        pool_give(pool, build, 0, SIZE_MAX);
    pool_close(pool);
}

/* Lists end with the first: so the first in the pack are the first. */
static void link_places(struct build *build)
{
    for (uint32_t i = build->offsets.count; i-- > 0;) {
        struct place *at = &build->places[i];

        if (at->base == NONE)
            continue;
        at->next = build->places[at->base].first;
        build->places[at->base].first = i;
    }
}

/* As git writes them, but for bases that are named by id. */
static bool is_in_order(const struct build *build)
{
    for (uint32_t i = 0; i < build->offsets.count; i++)
        if (build->places[i].base != NONE && build->places[i].base >= i)
            return false;
    return true;
}

static void list(struct build *build, uint32_t place)
{
    struct place *at = &build->places[place];

    if (at->base == NONE) {
        at->part = (unsigned char)((uint64_t)place * build->parts /
                                   build->offsets.count);
    } else {
        at->type = build->places[at->base].type;
        at->part = build->places[at->base].part;
    }
    build->order[build->order_count++] = place;
}

static void list_bases_first(struct build *build)
{
    const struct place *places = build->places;
    bool in_order = is_in_order(build);

    for (uint32_t i = 0; i < build->offsets.count; i++)
        if (in_order || places[i].base == NONE)
            list(build, i);
    for (uint32_t i = 0; i < build->order_count && !in_order; i++)
        for (uint32_t at = places[build->order[i]].first; at != NONE;
             at = places[at].next)
            list(build, at);
}

static void add_sizes(struct build *build)
{
    for (uint32_t i = build->order_count; i-- > 0;) {
        struct place *at = &build->places[build->order[i]];

        at->size++;
        if (at->base != NONE)
            build->places[at->base].size += at->size;
    }
}

/* Two sorted lists as one. */
static uint32_t merge(struct place *places, uint32_t one, uint32_t other)
{
    uint32_t first = NONE, *end = &first;

    while (one != NONE && other != NONE) {
        uint32_t *least = places[other].size < places[one].size ? &other : &one;

        *end = *least;
        end = &places[*least].next;
        *least = *end;
    }
    *end = one != NONE ? one : other;
    return first;
}

/* Sort a list by size. Of runs[i], 2^i long or empty, the later ones come
 * first in the list. */
static uint32_t sort_list(struct place *places, uint32_t first)
{
    uint32_t runs[33], sorted = NONE;
    size_t count = 0;

    while (first != NONE) {
        uint32_t run = first;
        size_t i = 0;

        first = places[run].next;
        places[run].next = NONE;
        for (; i < count && runs[i] != NONE; i++) {
            run = merge(places, runs[i], run);
            runs[i] = NONE;
        }
        if (i == count)
            count++;
        runs[i] = run;
    }
    for (size_t i = 0; i < count; i++)
        sorted = merge(places, runs[i], sorted);
    return sorted;
}

static void set_node(const struct build *build, uint32_t place, uint32_t node)
{
    struct place *at = &build->places[place];

    at->node = node;
    build->forest->nodes[node] = (struct forest_node){
        .offset = build->offsets.offsets[place],
        .entry = build->offsets.entries[place],
        .size = at->size,
        .type = at->type,
        .reason = at->reason,
        .base_elsewhere = at->base_elsewhere,
    };
}

/* Returns how many nodes the trees have. */
static uint32_t set_roots(const struct build *build)
{
    const struct place *places = build->places;
    uint32_t end = 0;

    for (uint32_t i = 0; i < build->order_count; i++) {
        uint32_t place = build->order[i];

        build->forest->types[places[place].type]++;
        if (places[place].base == NONE) {
            set_node(build, place, end);
            end += places[place].size;
        }
    }
    return end;
}

static void set_branches(const struct build *build, uint32_t place)
{
    struct place *places = build->places;
    uint32_t node = places[place].node + 1;

    places[place].first = sort_list(places, places[place].first);
    for (uint32_t at = places[place].first; at != NONE; at = places[at].next) {
        set_node(build, at, node);
        node += places[at].size;
    }
}

static void set_parts(void *job)
{
    struct build *build = job;

    for (;;) {
        unsigned part = atomic_fetch_add(&build->next, 1);

        if (part >= build->parts)
            return;
        for (uint32_t i = 0; i < build->order_count; i++)
            if (build->places[build->order[i]].part == part)
                set_branches(build, build->order[i]);
    }
}

/* add_sizes did not come to them. */
static void set_cycles(const struct build *build, uint32_t end)
{
    for (uint32_t i = 0; i < build->offsets.count; i++)
        if (build->places[i].size == 0) {
            build->places[i].size = 1;
            build->places[i].reason = FOREST_CYCLE;
            set_node(build, i, end++);
        }
}

struct forest *forest_open(const struct pack *pack, unsigned threads)
{
    struct forest *forest = memory_new(1, sizeof(*forest));
    struct build build = { .pack = pack,
                           .offsets = OFFSETS_EMPTY,
                           .parts = pool_threads(threads),
                           .forest = forest };

    forest->pack = pack;
    forest->count = pack->index.count;
    if (forest->count == 0)
        return forest;
    offsets_open(&build.offsets, &pack->index);
    build.places = memory_new(forest->count, sizeof(*build.places));
    build.order = memory_new(forest->count, sizeof(*build.order));
    forest->nodes = memory_new(forest->count, sizeof(*forest->nodes));
    if (build.parts > PARTS_MAX)
        build.parts = PARTS_MAX;
    in_threads(&build, threads, read_heads);
    link_places(&build);
    list_bases_first(&build);
    add_sizes(&build);
    set_cycles(&build, set_roots(&build));
    in_threads(&build, build.parts, set_parts);
    free(build.places);
    free(build.order);
    offsets_close(&build.offsets);
    return forest;
}

void forest_close(struct forest *forest)
{
    if (!forest)
        return;
    free(forest->nodes);
    free(forest);
}

uint32_t forest_count(const struct forest *forest, enum object_type type)
{
    return forest->types[type];
}

const char *forest_reason_text(enum forest_reason reason)
{
    switch (reason) {
    case FOREST_TOO_LARGE:
        return "is over the limit of size";
    case FOREST_NO_BASE:
        return "is made of an object that is missing";
    case FOREST_CYCLE:
        return "is made of itself";
    case FOREST_DAMAGED:
    default:
        return "is damaged";
    }
}

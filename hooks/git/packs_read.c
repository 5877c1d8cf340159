/*
 * An object's chain is followed from delta to base until one is whole, or was
 * read before; then the deltas are applied in the other order. What is read on
 * the way is kept for the next ones, each at the slot of its place.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/forest_resolve.h"
#include "hooks/git/packs_parts.h"

#define CHAIN_MAX ((size_t)1 << 16) /* git makes none over 4,095 */
#define SLOTS     256
#define KEPT_MAX  ((size_t)256 << 10) /* bytes: larger objects are not kept */

/* Where an object is: in a pack, at an offset; or loose, under its number. */
struct spot {
    const struct packs_list *list;
    uint64_t at;
};

struct slot {
    struct spot spot;
    struct held *held; /* NULL: empty */
};

struct packs_reader {
    const struct packs *packs;
    struct resolver resolver;
    struct slot slots[SLOTS];
    struct spot *chain; /* from delta to base */
    size_t chain_count, chain_room;
};

struct packs_reader *packs_reader_open(const struct packs *packs)
{
    struct packs_reader *reader = memory_new(1, sizeof(*reader));

    reader->packs = packs;
    reader->resolver.inflater = inflater_open();
    return reader;
}

static void give_back(struct packs_reader *reader, struct held *held)
{
    if (held && held_is_last(held))
        held_give_back(&reader->resolver.shelf, held);
}

void packs_reader_close(struct packs_reader *reader)
{
    if (!reader)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        give_back(reader, reader->slots[i].held);
    resolver_release(&reader->resolver);
    free(reader->chain);
    free(reader);
}

static struct slot *slot_of(struct packs_reader *reader,
                            const struct spot *spot)
{
    uint64_t mixed = (spot->at + (uintptr_t)spot->list) * 0x9e3779b97f4a7c15u;

    return &reader->slots[mixed >> 56];
}

/* One more user of what is kept, or NULL. */
static struct held *recall(struct packs_reader *reader, const struct spot *spot)
{
    struct slot *slot = slot_of(reader, spot);

    return slot->held && slot->spot.list == spot->list &&
                   slot->spot.at == spot->at
               ? held_share(slot->held)
               : NULL;
}

static void keep(struct packs_reader *reader, const struct spot *spot,
                 struct held *held)
{
    struct slot *slot = slot_of(reader, spot);

    if (held->object.bytes.size > KEPT_MAX)
        return;
    give_back(reader, slot->held);
    *slot = (struct slot){ *spot, held_share(held) };
}

/* False if its offset is in no table. */
static bool find_spot(struct spot *spot, const struct packs *packs,
                      uint32_t number)
{
    const struct id_place *place = &packs->table.places[number];

    spot->list = &packs->lists[place->list];
    spot->at = number;
    return spot->list->loose ||
           pack_index_offset(&spot->list->pack.index, place->entry, &spot->at);
}

/* The same by id. */
static bool find_id(struct spot *spot, const struct packs *packs,
                    const unsigned char *id)
{
    uint32_t found;

    if (packs->numbered) {
        found = id_table_find(&packs->table, id);
        return found != ID_TABLE_NONE && find_spot(spot, packs, found);
    }
    for (size_t i = 0; i < packs->lists_count; i++) {
        const struct pack_index *index = &packs->lists[i].pack.index;

        spot->list = &packs->lists[i];
        if (pack_index_find(index, id, &found) &&
            pack_index_offset(index, found, &spot->at))
            return true;
    }
    return false;
}

static struct held *fail(enum forest_reason *reason, enum forest_reason why)
{
    *reason = why;
    return NULL;
}

static struct held *read_loose(struct packs_reader *reader,
                               const struct spot *spot,
                               enum forest_reason *reason)
{
    struct object object;
    struct object_id id;
    struct error err;
    struct held *held;

    packs_id(reader->packs, (uint32_t)spot->at, &id);
    if (loose_read(&object, reader->resolver.inflater, spot->list->folder, &id,
                   reader->resolver.size_max, &err) != 1)
        return fail(reason, err.code == ERROR_LIMIT ? FOREST_TOO_LARGE
                                                    : FOREST_DAMAGED);
    held = held_take(&reader->resolver.shelf, object.bytes.size);
    if (held) {
        memcpy(held->bytes, object.bytes.bytes, object.bytes.size);
        held->object.type = object.type;
    }
    object_release(&object);
    return held ? held : fail(reason, FOREST_TOO_LARGE);
}

/* What the entry at a spot is a delta on: in the same pack if it is there. */
static bool base_spot(struct spot *base, const struct packs *packs,
                      const struct spot *spot, const struct pack_entry *entry)
{
    const struct pack_index *index = &spot->list->pack.index;
    uint32_t found;

    *base = (struct spot){ spot->list, entry->base_offset };
    if (entry->base == PACK_OFFSET)
        return true;
    if (pack_index_find(index, entry->base_id, &found))
        return pack_index_offset(index, found, &base->at);
    return find_id(base, packs, entry->base_id);
}

/*
 * Follow the chain to what ends it, which is not in it: read before, or loose.
 * What is whole in a pack is in it; then there is no object, and no reason.
 */
static struct held *follow(struct packs_reader *reader, struct spot spot,
                           enum forest_reason *reason)
{
    struct pack_entry entry;
    struct held *held;

    *reason = 0;
    reader->chain_count = 0;
    for (;;) {
        held = recall(reader, &spot);
        if (held)
            return held;
        if (spot.list->loose)
            return read_loose(reader, &spot, reason);
        if (reader->chain_count == CHAIN_MAX)
            return fail(reason, FOREST_CYCLE);
        if (!pack_entry_read(&entry, &spot.list->pack, spot.at))
            return fail(reason, FOREST_DAMAGED);
        *ARRAY_PUSH(reader->chain) = spot;
        if (entry.base == PACK_WHOLE)
            return NULL;
        if (!base_spot(&spot, reader->packs, &spot, &entry))
            return fail(reason, FOREST_NO_BASE);
    }
}

static struct held *read_spot(struct packs_reader *reader,
                              const struct spot *spot,
                              enum forest_reason *reason)
{
    struct held *held = follow(reader, *spot, reason);

    if (*reason)
        return NULL;
    while (reader->chain_count) {
        const struct spot *next = &reader->chain[--reader->chain_count];
        struct held *base = held;

        held = resolve(&reader->resolver, &next->list->pack,
                       &(struct resolve_entry){ next->at, RESOLVE_UNKNOWN },
                       base ? &base->object : NULL, reason);
        give_back(reader, base);
        if (!held)
            return NULL;
        keep(reader, next, held);
    }
    return held;
}

static int refuse(struct error *err, enum forest_reason reason)
{
    return error_set(
        err, reason == FOREST_TOO_LARGE ? ERROR_LIMIT : ERROR_GIT,
        "the object, or one that it is made of, %s (git fsck tells more)",
        forest_reason_text(reason));
}

/* `spot` is NULL if the object's place is in no table. */
static int read(struct object *object, struct packs_reader *reader,
                const struct spot *spot, size_t size_max, struct error *err)
{
    struct held *held = NULL;
    enum forest_reason reason = FOREST_DAMAGED;

    reader->resolver.size_max = size_max;
    if (spot)
        held = read_spot(reader, spot, &reason);
    if (held && held->object.bytes.size > size_max) {
        reason = FOREST_TOO_LARGE;
        give_back(reader, held);
        held = NULL;
    }
    if (!held)
        return refuse(err, reason);
    object->type = held->object.type;
    object->owner = memory_copy(held->bytes, held->object.bytes.size);
    object->give_back = free;
    object->bytes = (struct text){ object->owner, held->object.bytes.size };
    give_back(reader, held);
    return 1;
}

int packs_read(struct object *object, struct packs_reader *reader,
               uint32_t number, size_t size_max, struct error *err)
{
    struct spot spot;
    bool found = find_spot(&spot, reader->packs, number);

    *object = OBJECT_EMPTY;
    return read(object, reader, found ? &spot : NULL, size_max, err);
}

int packs_read_id(struct object *object, struct packs_reader *reader,
                  const struct object_id *id, size_t size_max,
                  struct error *err)
{
    struct spot spot;

    *object = OBJECT_EMPTY;
    return find_id(&spot, reader->packs, id->bytes)
               ? read(object, reader, &spot, size_max, err)
               : 0;
}

bool packs_has(const struct packs *packs, const struct object_id *id)
{
    struct spot spot;

    return find_id(&spot, packs, id->bytes);
}

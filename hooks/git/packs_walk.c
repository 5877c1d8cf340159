#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/git/packs_parts.h"
#include "hooks/system/pool.h"

#define BATCH 64u /* loose objects that one thread takes at a time */

/* A walk over packs, for the forests' visitor and the threads over what is
 * loose. Each worker has its reader, opened by the first use. */
struct tour {
    struct packs *packs;
    const struct forest_walk *walk;
    const struct forest_visitor *visitor;
    struct packs_reader **readers;
    size_t list;      /* that is walked */
    uint64_t *wanted; /* of that, by entry */
    atomic_uint next, workers;
};

static bool is_set(const uint64_t *bits, uint32_t number)
{
    return !bits || bits[number / 64] >> number % 64 & 1;
}

static uint32_t list_count(const struct packs_list *list)
{
    return list->loose ? list->ids.count : list->pack.index.count;
}

/* Each object in the first list that has it. Returns whether any is. */
static bool choose(struct tour *tour)
{
    const struct id_table *table = &tour->packs->table;
    const uint32_t *numbers = table->numbers[tour->list];
    uint32_t count = list_count(&tour->packs->lists[tour->list]);
    bool any = false;

    for (uint32_t entry = 0; entry < count; entry++) {
        const struct id_place *place = &table->places[numbers[entry]];

        if (place->list != tour->list || place->entry != entry ||
            !is_set(tour->walk->wanted, numbers[entry]))
            continue;
        tour->wanted[entry / 64] |= (uint64_t)1 << entry % 64;
        any = true;
    }
    return any;
}

static struct packs_reader *reader_of(struct tour *tour, unsigned worker)
{
    if (!tour->readers[worker])
        tour->readers[worker] = packs_reader_open(tour->packs);
    return tour->readers[worker];
}

static void *enter(void *payload, unsigned worker,
                   const struct forest_object *object,
                   const struct forest_object *base, void *base_data)
{
    const struct forest_visitor *visitor = ((struct tour *)payload)->visitor;

    return visitor->enter(visitor->payload, worker, object, base, base_data);
}

static void leave(void *payload, unsigned worker, void *data)
{
    const struct forest_visitor *visitor = ((struct tour *)payload)->visitor;

    if (visitor->leave)
        visitor->leave(visitor->payload, worker, data);
}

static void skip(void *payload, unsigned worker, uint32_t number,
                 enum forest_reason reason)
{
    const struct forest_visitor *visitor = ((struct tour *)payload)->visitor;

    visitor->skip(visitor->payload, worker, number, reason);
}

static bool is_stopped(const struct tour *tour)
{
    return tour->walk->stop && atomic_load(tour->walk->stop);
}

static void count_done(const struct tour *tour)
{
    if (tour->walk->done)
        atomic_fetch_add(tour->walk->done, 1);
}

static void enter_loose(struct tour *tour, unsigned worker, uint32_t number,
                        const struct object *object)
{
    const struct forest_visitor *visitor = tour->visitor;
    struct forest_object seen = { .number = number,
                                  .type = object->type,
                                  .bytes = object->bytes,
                                  .delta = TEXT_EMPTY };
    void *data = visitor->enter(visitor->payload, worker, &seen, NULL, NULL);

    if (data && visitor->leave)
        visitor->leave(visitor->payload, worker, data);
    count_done(tour);
}

/* A file may have been put in the place of another one. */
static bool is_itself(const struct packs *packs, uint32_t number,
                      const struct object *object)
{
    struct object_id named, real;

    packs_id(packs, number, &named);
    object_id_of(&real, object->type, object->bytes, named.size);
    return object_id_compare(&named, &real) == 0;
}

/* A base that is in another pack, or loose. */
static int find(void *payload, unsigned worker, const struct object_id *id,
                struct object *object)
{
    struct tour *tour = payload;
    uint32_t number = packs_find(tour->packs, id);
    struct error err;

    if (number == PACKS_NONE ||
        packs_read(object, reader_of(tour, worker), number,
                   tour->walk->size_max, &err) != 1)
        return 0;
    if (is_itself(tour->packs, number, object))
        return 1;
    object_release(object);
    return 0;
}

static void skip_loose(struct tour *tour, unsigned worker, uint32_t number,
                       enum forest_reason reason)
{
    skip(tour, worker, number, reason);
    count_done(tour);
}

static void look_at_loose(struct tour *tour, unsigned worker, uint32_t entry)
{
    uint32_t number = tour->packs->table.numbers[tour->list][entry];
    unsigned char *type = &tour->packs->lists[tour->list].types[entry];
    struct object object;
    struct error err;

    if (*type && !(tour->walk->types & FOREST_TYPE(*type)))
        return;
    if (packs_read(&object, reader_of(tour, worker), number,
                   tour->walk->size_max, &err) < 0) {
        skip_loose(tour, worker, number,
                   err.code == ERROR_LIMIT ? FOREST_TOO_LARGE : FOREST_DAMAGED);
        return;
    }
    if (!is_itself(tour->packs, number, &object)) {
        object_release(&object);
        skip_loose(tour, worker, number, FOREST_DAMAGED);
        return;
    }
    *type = (unsigned char)object.type;
    if (tour->walk->types & FOREST_TYPE(object.type))
        enter_loose(tour, worker, number, &object);
    object_release(&object);
}

static void work_on_loose(void *job)
{
    struct tour *tour = job;
    uint32_t count = tour->packs->lists[tour->list].ids.count;
    unsigned worker = atomic_fetch_add(&tour->workers, 1);

    while (!is_stopped(tour)) {
        uint32_t entry = atomic_fetch_add(&tour->next, BATCH);
        uint32_t end = entry + BATCH < count ? entry + BATCH : count;

        if (entry >= count)
            return;
        for (; entry < end; entry++)
            if (is_set(tour->wanted, entry))
                look_at_loose(tour, worker, entry);
    }
}

static void walk_loose(struct tour *tour)
{
    struct pool *pool = pool_open(tour->walk->threads, work_on_loose);

    atomic_store(&tour->next, 0);
    atomic_store(&tour->workers, 0);
    for (unsigned i = pool_threads(tour->walk->threads); i > 0; i--)
        pool_give(pool, tour, 0, SIZE_MAX);
    pool_close(pool);
}

void packs_list_forest(struct packs_list *list, unsigned threads)
{
    if (!list->forest)
        list->forest = forest_open(&list->pack, threads);
}

static void walk_pack(struct tour *tour)
{
    struct packs_list *list = &tour->packs->lists[tour->list];
    struct forest_walk walk = *tour->walk;
    struct forest_visitor visitor = { enter, leave, skip, find, tour };

    packs_list_forest(list, walk.threads);
    walk.wanted = tour->wanted;
    walk.numbers = tour->packs->table.numbers[tour->list];
    forest_walk(list->forest, &walk, &visitor);
}

static void walk_list(struct tour *tour)
{
    const struct packs_list *list = &tour->packs->lists[tour->list];
    uint32_t count = list_count(list);

    tour->wanted = memory_new((size_t)count / 64 + 1, sizeof(*tour->wanted));
    if (!choose(tour))
        ;
    else if (list->loose)
        walk_loose(tour);
    else
        walk_pack(tour);
    free(tour->wanted);
}

uint64_t packs_expect(struct packs *packs, unsigned types, unsigned threads)
{
    uint64_t count = 0;

    for (size_t i = 0; i < packs->lists_count; i++) {
        struct packs_list *list = &packs->lists[i];

        if (list->loose) {
            count += list_count(list);
            continue;
        }
        packs_list_forest(list, threads);
        for (int type = OBJECT_COMMIT; type <= OBJECT_TAG; type++)
            if (types & FOREST_TYPE(type))
                count += forest_count(list->forest, (enum object_type)type);
    }
    return count;
}

void packs_walk(struct packs *packs, const struct forest_walk *walk,
                const struct forest_visitor *visitor)
{
    unsigned workers = pool_threads(walk->threads);
    struct tour tour = {
        .packs = packs,
        .walk = walk,
        .visitor = visitor,
        .readers = memory_new(workers, sizeof(*tour.readers)),
    };

    for (; tour.list < packs->lists_count; tour.list++)
        walk_list(&tour);
    for (unsigned i = 0; i < workers; i++)
        packs_reader_close(tour.readers[i]);
    free(tour.readers);
}

/*
 * Down each tree in the order of the nodes, with a stack of the bases that
 * have branches left. Where the last branch that is needed begins, its base
 * leaves the stack. Each branch is at most half as heavy as what is left of
 * its base, so the stack has at most 32 bases that are still held.
 */
#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/git/forest.h"
#include "hooks/git/forest_parts.h"
#include "hooks/git/forest_resolve.h"
#include "hooks/git/forest_share.h"
#include "hooks/system/pool.h"

#define DONE_BATCH 64 /* objects, until others see them */
#define HELD_MAX   8  /* times size_max: more is not held by one thread */

struct crew {
    const struct forest *forest;
    const struct forest_walk *walk;
    const struct forest_visitor *visitor;
    struct shares shares;
    uint32_t *before; /* by node: how many nodes before it are wanted */
    atomic_uint workers;
};

/* A base with branches up to node `end`. */
struct frame {
    struct held *held;
    uint32_t end;
};

struct worker {
    struct crew *crew;
    unsigned number;
    struct resolver resolver;
    struct frame *frames;
    size_t frames_count, frames_room;
    size_t held_size; /* bytes, of all on the stack */
    size_t done;      /* not told yet */
};

/* Is an object among the nodes from `start` up to `end` wanted? */
static bool is_wanted(const struct crew *crew, uint32_t start, uint32_t end)
{
    return crew->before[start] != crew->before[end];
}

static bool node_wanted(const struct forest_walk *walk,
                        const struct forest_node *node)
{
    if (node->type && !(walk->types & FOREST_TYPE(node->type)))
        return false;
    return !walk->wanted ||
           walk->wanted[node->entry / 64] >> node->entry % 64 & 1;
}

static uint32_t *count_wanted(const struct forest *forest,
                              const struct forest_walk *walk)
{
    uint32_t *before = memory_new((size_t)forest->count + 1, sizeof(*before));

    for (uint32_t i = 0; i < forest->count; i++)
        before[i + 1] = before[i] + node_wanted(walk, &forest->nodes[i]);
    return before;
}

static bool is_stopped(const struct crew *crew)
{
    return crew->walk->stop &&
           atomic_load_explicit(crew->walk->stop, memory_order_relaxed);
}

static void tell_done(struct worker *worker)
{
    if (worker->crew->walk->done)
        atomic_fetch_add(worker->crew->walk->done, worker->done);
    worker->done = 0;
}

static void count_done(struct worker *worker)
{
    if (++worker->done == DONE_BATCH)
        tell_done(worker);
}

static uint32_t number_of(const struct crew *crew,
                          const struct forest_node *node)
{
    return crew->walk->numbers ? crew->walk->numbers[node->entry] : node->entry;
}

static void give_back(struct worker *worker, struct held *held)
{
    const struct forest_visitor *visitor = worker->crew->visitor;

    if (!held_is_last(held))
        return;
    if (held->data && visitor->leave)
        visitor->leave(visitor->payload, worker->number, held->data);
    held_give_back(&worker->resolver.shelf, held);
}

static void push(struct worker *worker, struct held *held, uint32_t end)
{
    struct frame *frame = ARRAY_PUSH(worker->frames);

    *frame = (struct frame){ held, end };
    worker->held_size += held->object.bytes.size;
}

/* No branch of the last base is left. */
static void pop(struct worker *worker)
{
    struct held *held = worker->frames[--worker->frames_count].held;

    worker->held_size -= held->object.bytes.size;
    give_back(worker, held);
}

static void skip(struct worker *worker, uint32_t start, uint32_t end,
                 enum forest_reason reason)
{
    const struct crew *crew = worker->crew;
    const struct forest_visitor *visitor = crew->visitor;

    for (uint32_t i = start; i < end; i++)
        if (is_wanted(crew, i, i + 1)) {
            visitor->skip(visitor->payload, worker->number,
                          number_of(crew, &crew->forest->nodes[i]), reason);
            count_done(worker);
        }
}

/* A root that is a delta on an object elsewhere. */
static struct held *resolve_found(struct worker *worker,
                                  const struct forest_node *node,
                                  enum forest_reason *reason)
{
    const struct forest_visitor *visitor = worker->crew->visitor;
    const struct pack *pack = worker->crew->forest->pack;
    struct object_id id = { .size = (unsigned char)pack->index.id_size };
    struct object found = OBJECT_EMPTY;
    struct forest_object base = { .delta = TEXT_EMPTY };
    struct pack_entry entry;
    struct held *held;

    *reason = FOREST_NO_BASE;
    if (!visitor->find || !pack_entry_read(&entry, pack, node->offset) ||
        entry.base != PACK_ID)
        return NULL;
    for (size_t i = 0; i < id.size; i++)
        id.bytes[i] = entry.base_id[i];
    if (visitor->find(visitor->payload, worker->number, &id, &found) != 1)
        return NULL;
    base.type = found.type;
    base.bytes = found.bytes;
    held = resolve(&worker->resolver, pack,
                   &(struct resolve_entry){ node->offset, node->entry }, &base,
                   reason);
    object_release(&found);
    return held;
}

/* What the next node needs lies far away, and is there in time. */
static void look_ahead(const struct crew *crew, uint32_t next)
{
    const struct forest *forest = crew->forest;

    if (next < forest->count)
        pack_expect(forest->pack, forest->nodes[next].entry,
                    forest->nodes[next].offset);
}

static struct held *resolve_node(struct worker *worker, uint32_t node,
                                 const struct held *base,
                                 enum forest_reason *reason)
{
    const struct forest_node *at = &worker->crew->forest->nodes[node];
    size_t held_max = HELD_MAX * worker->crew->walk->size_max;
    struct held *held;

    look_ahead(worker->crew, node + 1);
    *reason = worker->held_size > held_max ? FOREST_TOO_LARGE : at->reason;
    if (*reason)
        return NULL;
    held = at->base_elsewhere
               ? resolve_found(worker, at, reason)
               : resolve(&worker->resolver, worker->crew->forest->pack,
                         &(struct resolve_entry){ at->offset, at->entry },
                         base ? &base->object : NULL, reason);
    if (!held)
        return NULL;
    held->object.number = number_of(worker->crew, at);
    held->object.depth =
        base ? base->object.depth + 1 : (uint32_t)at->base_elsewhere;
    return held;
}

static void enter(struct worker *worker, struct held *held,
                  const struct held *base)
{
    const struct forest_visitor *visitor = worker->crew->visitor;

    held->data =
        visitor->enter(visitor->payload, worker->number, &held->object,
                       base ? &base->object : NULL, base ? base->data : NULL);
    count_done(worker);
}

/* The type of what is made of an object elsewhere is only known now. */
static bool type_wanted(const struct worker *worker, const struct held *held)
{
    return worker->crew->walk->types & FOREST_TYPE(held->object.type);
}

/*
 * One node that is needed. Returns the next one to look at: behind the branch
 * if it is given away or cannot be had.
 */
static uint32_t visit(struct worker *worker, uint32_t node)
{
    struct crew *crew = worker->crew;
    uint32_t end = node + crew->forest->nodes[node].size;
    struct frame *frame =
        worker->frames_count ? &worker->frames[worker->frames_count - 1] : NULL;
    struct held *base = frame ? frame->held : NULL, *held;
    bool last = frame && !is_wanted(crew, end, frame->end);
    enum forest_reason reason;

    if (base && !last && shares_want(&crew->shares, end - node)) {
        shares_give(&crew->shares,
                    (struct share){ node, end, held_share(base) });
        return end;
    }
    held = resolve_node(worker, node, base, &reason);
    if (held && type_wanted(worker, held) && is_wanted(crew, node, node + 1))
        enter(worker, held, base);
    if (last)
        pop(worker);
    if (!held) {
        skip(worker, node, end, reason);
        return end;
    }
    held->object.delta = TEXT_EMPTY;
    if (!type_wanted(worker, held) || !is_wanted(crew, node + 1, end)) {
        give_back(worker, held);
        return end;
    }
    push(worker, held, end);
    return node + 1;
}

static void do_share(struct worker *worker, const struct share *share)
{
    const struct crew *crew = worker->crew;
    uint32_t node = share->start;

    if (share->base)
        push(worker, share->base, share->end);
    while (node < share->end && !is_stopped(crew)) {
        uint32_t end = node + crew->forest->nodes[node].size;

        node = is_wanted(crew, node, end) ? visit(worker, node) : end;
    }
    while (worker->frames_count)
        pop(worker);
}

static void work(void *job)
{
    struct crew *crew = job;
    struct worker worker = {
        .crew = crew,
        .number = atomic_fetch_add(&crew->workers, 1),
        .resolver = { .inflater = inflater_open(),
                      .delta = BUFFER_EMPTY,
                      .size_max = crew->walk->size_max },
    };
    struct share share;

    shares_begin(&crew->shares);
    while (shares_take(&crew->shares, &share))
        do_share(&worker, &share);
    tell_done(&worker);
    resolver_release(&worker.resolver);
    free(worker.frames);
}

void forest_walk(const struct forest *forest, const struct forest_walk *walk,
                 const struct forest_visitor *visitor)
{
    struct crew crew = { .forest = forest, .walk = walk, .visitor = visitor };
    struct pool *pool = pool_open(walk->threads, work);

    shares_open(&crew.shares, forest);
    crew.before = count_wanted(forest, walk);
    for (unsigned i = pool_threads(walk->threads); i > 0; i--)
        pool_give(pool, &crew, 0, SIZE_MAX);
    pool_close(pool);
    shares_close(&crew.shares);
    free(crew.before);
}

#include "hooks/git/forest_resolve.h"

#include "hooks/git/delta.h"

static struct held *fail(enum forest_reason *reason, enum forest_reason why)
{
    *reason = why;
    return NULL;
}

static struct held *resolve_whole(struct resolver *resolver,
                                  struct pack_entry *entry,
                                  enum forest_reason *reason)
{
    struct held *held = held_take(&resolver->shelf, (size_t)entry->size);

    if (!held)
        return fail(reason, FOREST_TOO_LARGE);
    held->object.type = entry->type;
    if (inflate_exact(resolver->inflater, &entry->deflated, held->bytes,
                      (size_t)entry->size))
        return held;
    held_give_back(&resolver->shelf, held);
    return fail(reason, FOREST_DAMAGED);
}

static struct held *resolve_delta(struct resolver *resolver,
                                  struct pack_entry *entry,
                                  const struct forest_object *base,
                                  enum forest_reason *reason)
{
    struct text delta;
    size_t base_size, size;
    struct held *held;
    char *at;

    buffer_clear(&resolver->delta);
    at = buffer_extend(&resolver->delta, (size_t)entry->size);
    if (!inflate_exact(resolver->inflater, &entry->deflated, at,
                       (size_t)entry->size))
        return fail(reason, FOREST_DAMAGED);
    delta = buffer_view(&resolver->delta);
    if (!delta_sizes(delta, &base_size, &size) || base_size != base->bytes.size)
        return fail(reason, FOREST_DAMAGED);
    held =
        size <= resolver->size_max ? held_take(&resolver->shelf, size) : NULL;
    if (!held)
        return fail(reason, FOREST_TOO_LARGE);
    held->object.type = base->type;
    held->object.delta = delta;
    if (delta_apply(held->bytes, size, base->bytes, delta))
        return held;
    held_give_back(&resolver->shelf, held);
    return fail(reason, FOREST_DAMAGED);
}

/* Is it what was packed? Its head may lead to another object than it did. */
static bool is_sound(const struct pack *pack, const struct resolve_entry *at,
                     const struct pack_entry *entry)
{
    const char *start = pack->bytes.bytes + at->offset;
    const char *end = entry->deflated.bytes + entry->deflated.size;

    return at->entry == RESOLVE_UNKNOWN ||
           inflate_checksum((struct text){ start, (size_t)(end - start) }) ==
               pack_index_checksum(&pack->index, at->entry);
}

struct held *resolve(struct resolver *resolver, const struct pack *pack,
                     const struct resolve_entry *at,
                     const struct forest_object *base,
                     enum forest_reason *reason)
{
    struct pack_entry entry;
    struct held *held;

    if (!pack_entry_read(&entry, pack, at->offset))
        return fail(reason, FOREST_DAMAGED);
    if (entry.size > resolver->size_max)
        return fail(reason, FOREST_TOO_LARGE);
    if (entry.base != PACK_WHOLE && !base)
        return fail(reason, FOREST_NO_BASE);
    held = entry.base == PACK_WHOLE
               ? resolve_whole(resolver, &entry, reason)
               : resolve_delta(resolver, &entry, base, reason);
    if (!held || is_sound(pack, at, &entry))
        return held;
    held_give_back(&resolver->shelf, held);
    return fail(reason, FOREST_DAMAGED);
}

void resolver_release(struct resolver *resolver)
{
    inflater_close(resolver->inflater);
    shelf_release(&resolver->shelf);
    buffer_release(&resolver->delta);
}

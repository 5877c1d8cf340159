#include "hooks/forest_resolve.h"

#include "hooks/delta.h"

static struct held *fail(enum forest_reason *reason, enum forest_reason why)
{
    *reason = why;
    return NULL;
}

static struct held *resolve_whole(struct resolver *resolver,
                                  const struct pack_entry *entry,
                                  enum forest_reason *reason)
{
    struct held *held = held_take(&resolver->shelf, (size_t)entry->size);

    if (!held)
        return fail(reason, FOREST_TOO_LARGE);
    held->object.type = entry->type;
    if (inflate_exact(resolver->inflater, entry->deflated, held->bytes,
                      (size_t)entry->size))
        return held;
    held_give_back(&resolver->shelf, held);
    return fail(reason, FOREST_DAMAGED);
}

static struct held *resolve_delta(struct resolver *resolver,
                                  const struct pack_entry *entry,
                                  const struct forest_object *base,
                                  enum forest_reason *reason)
{
    struct text delta;
    size_t base_size, size;
    struct held *held;
    char *at;

    buffer_clear(&resolver->delta);
    at = buffer_extend(&resolver->delta, (size_t)entry->size);
    if (!inflate_exact(resolver->inflater, entry->deflated, at,
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

struct held *resolve(struct resolver *resolver, const struct pack *pack,
                     uint64_t offset, const struct forest_object *base,
                     enum forest_reason *reason)
{
    struct pack_entry entry;

    if (!pack_entry_read(&entry, pack, offset))
        return fail(reason, FOREST_DAMAGED);
    if (entry.size > resolver->size_max)
        return fail(reason, FOREST_TOO_LARGE);
    if (entry.base == PACK_WHOLE)
        return resolve_whole(resolver, &entry, reason);
    return base ? resolve_delta(resolver, &entry, base, reason)
                : fail(reason, FOREST_NO_BASE);
}

void resolver_release(struct resolver *resolver)
{
    inflater_close(resolver->inflater);
    shelf_release(&resolver->shelf);
    buffer_release(&resolver->delta);
}

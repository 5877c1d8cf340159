#include "hooks/git/tree_changes.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#define STEP ((size_t)64) /* bytes that are compared at once */

/* One of the two trees. */
struct side {
    struct text bytes;
    const struct tree_starts *starts;
    size_t from, to; /* its entries that may differ, by number */
};

struct comparison {
    struct side base, now;
    size_t id_size;
    tree_change *visit;
    void *payload;
};

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t common_prefix(struct text a, struct text b)
{
    size_t size = smaller(a.size, b.size), at = 0;

    while (at + STEP <= size && memcmp(a.bytes + at, b.bytes + at, STEP) == 0)
        at += STEP;
    while (at < size && a.bytes[at] == b.bytes[at])
        at++;
    return at;
}

static size_t common_suffix(struct text a, struct text b)
{
    size_t size = smaller(a.size, b.size), at = 0;
    const char *one = a.bytes + a.size, *two = b.bytes + b.size;

    while (at + STEP <= size &&
           memcmp(one - at - STEP, two - at - STEP, STEP) == 0)
        at += STEP;
    while (at < size && one[-1 - (ptrdiff_t)at] == two[-1 - (ptrdiff_t)at])
        at++;
    return at;
}

/* The number of the first entry that starts at `offset` or behind it. */
static size_t entry_from(const struct tree_starts *starts, size_t offset)
{
    size_t low = 0, high = starts->at_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (starts->at[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_folder(const struct tree_entry *entry)
{
    return (entry->mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE;
}

/* The byte behind a name, as git sorts: a folder's is '/'. */
static unsigned char byte_of(const struct tree_entry *entry, size_t at)
{
    if (at < entry->name.size)
        return (unsigned char)entry->name.bytes[at];
    return is_folder(entry) ? '/' : '\0';
}

static int compare(const struct tree_entry *a, const struct tree_entry *b)
{
    size_t size = smaller(a->name.size, b->name.size);
    int order = memcmp(a->name.bytes, b->name.bytes, size);

    if (order == 0)
        order = byte_of(a, size) - byte_of(b, size);
    return order;
}

/* Entry `number` of a side; it was read before. */
static struct tree_entry entry_at(const struct side *side, size_t number,
                                  size_t id_size)
{
    struct text rest =
        text_slice(side->bytes, side->starts->at[number], side->bytes.size);
    struct tree_entry entry = { .mode = 0 };

    (void)tree_next(&entry, &rest, id_size);
    return entry;
}

static void make_room(struct tree_starts *starts, size_t count)
{
    if (starts->at_room >= count)
        return;
    starts->at_room = count + count / 4;
    starts->at =
        memory_resize(starts->at, starts->at_room, sizeof(*starts->at));
}

static void set_starts(struct tree_starts *starts, const struct side *base,
                       size_t count)
{
    make_room(starts, base->starts->at_count + 1);
    if (count)
        memcpy(starts->at, base->starts->at, count * sizeof(*starts->at));
    starts->at_count = count;
}

/* The entries of the base from its `number` on are the rest of the tree. */
static void add_rest(struct comparison *comparison, struct tree_starts *starts,
                     size_t number)
{
    const struct side *base = &comparison->base;
    uint32_t shift = (uint32_t)(comparison->now.bytes.size - base->bytes.size);
    size_t count = base->starts->at_count - number;

    make_room(starts, starts->at_count + count);
    for (size_t i = 0; i < count; i++)
        starts->at[starts->at_count + i] = base->starts->at[number + i] + shift;
    starts->at_count += count;
}

/* The base's entry from which on all is equal, where an entry of `now` starts
 * at `start`; the number of its entries if that is none. */
static size_t same_from(const struct comparison *comparison, size_t start)
{
    const struct side *base = &comparison->base;
    size_t there = start + base->bytes.size - comparison->now.bytes.size;
    size_t number = entry_from(base->starts, there);

    return number < base->starts->at_count && base->starts->at[number] == there
               ? number
               : base->starts->at_count;
}

/*
 * Read the entries behind `starts`, each in order behind the one before, until
 * one starts where an entry of the base does, with only equal bytes behind it:
 * from offset `same` on bytes are equal.
 */
static int read_middle(struct comparison *comparison,
                       struct tree_starts *starts, size_t at, size_t same)
{
    struct side *base = &comparison->base, *now = &comparison->now;
    struct text rest = text_slice(now->bytes, at, now->bytes.size);
    struct tree_entry before = { .mode = 0 }, entry;
    bool ended = false, first = starts->at_count == 0;

    if (!first)
        before = entry_at(now, starts->at_count - 1, comparison->id_size);
    base->to = base->starts->at_count;
    while (!ended && rest.size) {
        size_t start = now->bytes.size - rest.size;

        if (start >= same)
            base->to = same_from(comparison, start);
        /* The first of those that are equal is only put in order. */
        ended = base->to < base->starts->at_count;
        if (tree_next(&entry, &rest, comparison->id_size) != 1 ||
            (!first && compare(&before, &entry) >= 0))
            return -1;
        before = entry;
        first = false;
        if (!ended)
            *ARRAY_PUSH(starts->at) = (uint32_t)start;
    }
    now->to = starts->at_count;
    add_rest(comparison, starts, base->to);
    return 0;
}

/* Find the entries of both sides that may differ. */
static int find_middle(struct comparison *comparison,
                       struct tree_starts *starts)
{
    struct side *base = &comparison->base, *now = &comparison->now;
    size_t prefix = common_prefix(base->bytes, now->bytes);
    struct text old = text_slice(base->bytes, prefix, base->bytes.size);
    struct text new = text_slice(now->bytes, prefix, now->bytes.size);
    size_t same = now->bytes.size - common_suffix(old, new);
    size_t count = entry_from(base->starts, prefix + 1), at = 0;

    /* The entry that the prefix ends in differs; where it ends with one, the
     * next one starts there. */
    if (count == base->starts->at_count && prefix == base->bytes.size)
        at = prefix;
    else if (count)
        at = base->starts->at[--count];
    base->from = now->from = count;
    set_starts(starts, base, count);
    return read_middle(comparison, starts, at, same);
}

/* The bytes of entry `number`. */
static struct text raw_at(const struct side *side, size_t number)
{
    const struct tree_starts *starts = side->starts;
    size_t end = number + 1 < starts->at_count ? starts->at[number + 1]
                                               : side->bytes.size;

    return text_slice(side->bytes, starts->at[number], end);
}

/* Both sides are sorted: go through them side by side. */
static void visit_middle(const struct comparison *comparison)
{
    const struct side *base = &comparison->base, *now = &comparison->now;
    size_t i = base->from, j = now->from;

    while (i < base->to || j < now->to) {
        struct tree_entry old, new;
        int order = i == base->to ? 1 : j == now->to ? -1 : 0;

        if (order == 0 && text_equal(raw_at(base, i), raw_at(now, j))) {
            i++;
            j++;
            continue;
        }
        if (order <= 0)
            old = entry_at(base, i, comparison->id_size);
        if (order >= 0)
            new = entry_at(now, j, comparison->id_size);
        if (order == 0)
            order = compare(&old, &new);
        if (order < 0)
            comparison->visit(comparison->payload, &old, true);
        else
            comparison->visit(comparison->payload, &new, false);
        i += order <= 0;
        j += order >= 0;
    }
}

int tree_changes(struct text base, const struct tree_starts *base_starts,
                 struct text now, struct tree_starts *starts, size_t id_size,
                 tree_change *visit, void *payload)
{
    struct comparison comparison = {
        .base = { .bytes = base, .starts = base_starts },
        .now = { .bytes = now, .starts = starts },
        .id_size = id_size,
        .visit = visit,
        .payload = payload,
    };

    if (now.size > TREE_STARTS_SIZE_MAX || find_middle(&comparison, starts) < 0)
        return -1;
    visit_middle(&comparison);
    return 0;
}

void tree_starts_release(struct tree_starts *starts)
{
    free(starts->at);
    *starts = (struct tree_starts){ .at = NULL };
}

#include "core/base/intern.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#define FIRST_SLOTS 64

#define MULTIPLIER 0x9e3779b97f4a7c15

static uint64_t mixed(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * MULTIPLIER;
    return hash ^ hash >> 29;
}

static uint64_t load(const char *bytes, size_t size)
{
    uint64_t word = 0;
    uint32_t half;

    if (size >= sizeof(word)) {
        memcpy(&word, bytes, sizeof(word));
        return word;
    }
    if (size < sizeof(half)) {
        while (size > 0)
            word = word << 8 | (unsigned char)bytes[--size];
        return word;
    }
    memcpy(&half, bytes + size - sizeof(half), sizeof(half));
    word = (uint64_t)half << 32;
    memcpy(&half, bytes, sizeof(half));
    return word | half;
}

/* Eight bytes at a time; the last ones, and the size. */
static uint32_t hash_of(struct text key)
{
    uint64_t hash = key.size;
    size_t at = 0;

    for (; at + sizeof(hash) <= key.size; at += sizeof(hash))
        hash = mixed(hash, load(key.bytes + at, sizeof(hash)));
    /* An empty text may be NULL, to which nothing can be added. */
    hash = mixed(hash, at < key.size ? load(key.bytes + at, key.size - at) : 0);
    return (uint32_t)((hash * MULTIPLIER) >> 32);
}

/* Most keys are short. */
static bool is_equal(struct text a, struct text b)
{
    if (a.size != b.size)
        return false;
    if (a.size > 2 * sizeof(uint64_t))
        return memcmp(a.bytes, b.bytes, a.size) == 0;
    if (a.size < sizeof(uint64_t))
        return load(a.bytes, a.size) == load(b.bytes, b.size);
    return load(a.bytes, sizeof(uint64_t)) == load(b.bytes, sizeof(uint64_t)) &&
           load(a.bytes + a.size - sizeof(uint64_t), sizeof(uint64_t)) ==
               load(b.bytes + b.size - sizeof(uint64_t), sizeof(uint64_t));
}

struct text intern_text(const struct intern *intern, uint32_t number)
{
    size_t start = number ? intern->ends[number - 1] : 0;

    return text_slice(buffer_view(&intern->bytes), start, intern->ends[number]);
}

struct text intern_all(const struct intern *intern)
{
    return buffer_view(&intern->bytes);
}

/* The slot that holds `key`, or the free one where it belongs. */
static size_t slot_of(const struct intern *intern, struct text key,
                      uint32_t hash)
{
    size_t mask = intern->slots_count - 1, at = hash & mask;

    for (; intern->slots[at]; at = (at + 1) & mask)
        if (intern->slots[at] >> 32 == hash &&
            is_equal(key, intern_text(intern, (uint32_t)intern->slots[at] - 1)))
            break;
    return at;
}

static void grow(struct intern *intern)
{
    size_t count = intern->slots_count ? intern->slots_count * 2 : FIRST_SLOTS;
    uint64_t *slots = memory_resize(NULL, count, sizeof(*slots));

    /* Zeroed by hand: pages that are read before they are written cost twice,
     * and are written all over soon. */
    memset(slots, 0, count * sizeof(*slots));
    for (size_t i = 0; i < intern->slots_count; i++) {
        size_t at = intern->slots[i] >> 32 & (count - 1);

        if (!intern->slots[i])
            continue;
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = intern->slots[i];
    }
    free(intern->slots);
    intern->slots = slots;
    intern->slots_count = count;
}

uint32_t intern_add(struct intern *intern, struct text key)
{
    uint32_t hash = hash_of(key);
    size_t at;

    if (intern->ends_count >= intern->slots_count / 2)
        grow(intern);
    at = slot_of(intern, key, hash);
    if (!intern->slots[at]) {
        if (intern->ends_count >= INTERN_NONE - 1)
            abort();
        buffer_text(&intern->bytes, key);
        *ARRAY_PUSH(intern->ends) = intern->bytes.size;
        intern->slots[at] = (uint64_t)hash << 32 | intern->ends_count;
    }
    return (uint32_t)intern->slots[at] - 1;
}

uint32_t intern_find(const struct intern *intern, struct text key)
{
    size_t at;

    if (!intern->slots_count)
        return INTERN_NONE;
    at = slot_of(intern, key, hash_of(key));
    return intern->slots[at] ? (uint32_t)intern->slots[at] - 1 : INTERN_NONE;
}

uint32_t intern_count(const struct intern *intern)
{
    return (uint32_t)intern->ends_count;
}

static int compare(const void *one, const void *two)
{
    return text_compare(*(const struct text *)one, *(const struct text *)two);
}

void intern_add_sorted(struct intern *to, const struct intern *from)
{
    uint32_t count = intern_count(from);
    struct text *items = memory_new(count, sizeof(*items));

    for (uint32_t i = 0; i < count; i++)
        items[i] = intern_text(from, i);
    if (count)
        qsort(items, count, sizeof(*items), compare);
    for (uint32_t i = 0; i < count; i++)
        intern_add(to, items[i]);
    free(items);
}

void intern_release(struct intern *intern)
{
    buffer_release(&intern->bytes);
    free(intern->ends);
    free(intern->slots);
    *intern = INTERN_EMPTY;
}

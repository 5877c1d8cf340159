#include "cmd/daemon/rack.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#define ROWS_LEAST ((size_t)64)

/* FNV-1a: the keys hold ids of objects, and there is a bound on their number.
 */
static uint64_t hash_of(struct text key)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < key.size; i++)
        hash = (hash ^ (unsigned char)key.bytes[i]) * 1099511628211u;
    return hash;
}

/* The place of the key, or the empty one where it would be. */
static struct rack_row *find(const struct rack_half *half, uint64_t hash,
                             struct text key)
{
    size_t mask = half->rows_count - 1;

    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        struct rack_row *row = &half->rows[i];

        if (!row->bytes || (row->hash == hash && row->key_size == key.size &&
                            memcmp(row->bytes, key.bytes, key.size) == 0))
            return row;
    }
}

static const struct rack_row *look(const struct rack_half *half, uint64_t hash,
                                   struct text key)
{
    const struct rack_row *row =
        half->rows_count ? find(half, hash, key) : NULL;

    return row && row->bytes ? row : NULL;
}

bool rack_get(const struct rack *rack, struct text key, struct text *value)
{
    uint64_t hash = hash_of(key);
    const struct rack_row *row = look(&rack->young, hash, key);

    if (!row)
        row = look(&rack->old, hash, key);
    if (row)
        *value = (struct text){ row->bytes + row->key_size, row->value_size };
    return row != NULL;
}

static void half_release(struct rack_half *half)
{
    for (size_t i = 0; i < half->rows_count; i++)
        free(half->rows[i].bytes);
    free(half->rows);
    *half = (struct rack_half){ .rows = NULL };
}

static void grow(struct rack_half *half)
{
    struct rack_half larger = *half;

    larger.rows_count = half->rows_count ? 2 * half->rows_count : ROWS_LEAST;
    larger.rows = memory_new(larger.rows_count, sizeof(*larger.rows));
    for (size_t i = 0; i < half->rows_count; i++) {
        const struct rack_row *row = &half->rows[i];

        if (row->bytes)
            *find(&larger, row->hash,
                  (struct text){ row->bytes, row->key_size }) = *row;
    }
    free(half->rows);
    *half = larger;
}

static void keep(struct rack_half *half, struct rack_row *row, struct text key,
                 struct text value)
{
    if (!row->bytes)
        half->used++;
    half->size += key.size + value.size;
    half->size -= row->bytes ? row->key_size + row->value_size : 0;
    free(row->bytes);
    row->bytes = memory_resize(NULL, key.size + value.size + 1, 1);
    memcpy(row->bytes, key.bytes, key.size);
    if (value.size)
        memcpy(row->bytes + key.size, value.bytes, value.size);
    row->hash = hash_of(key);
    row->key_size = key.size;
    row->value_size = value.size;
}

bool rack_put(struct rack *rack, struct text key, struct text value)
{
    struct rack_half *young = &rack->young;
    struct text known;

    if (key.size + value.size > RACK_SIZE_MAX / 2 ||
        (rack_get(rack, key, &known) && text_equal(known, value)))
        return false;
    if (young->size + key.size + value.size > RACK_SIZE_MAX / 2) {
        half_release(&rack->old);
        rack->old = *young;
        *young = (struct rack_half){ .rows = NULL };
    }
    if (2 * (young->used + 1) > young->rows_count)
        grow(young);
    keep(young, find(young, hash_of(key), key), key, value);
    return true;
}

void rack_release(struct rack *rack)
{
    half_release(&rack->young);
    half_release(&rack->old);
}

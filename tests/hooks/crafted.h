/*
 * Packs written by hand, without compression, for what git never writes.
 */
#ifndef TMPGUARD_TESTS_HOOKS_CRAFTED_H
#define TMPGUARD_TESTS_HOOKS_CRAFTED_H

#include <string.h>

#include "core/base/buffer.h"
#include "hooks/git/pack.h"
#include "tests/hooks/checksums.h"
#include "tests/hooks/index_bytes.h"
#include "tests/hooks/stored.h"

#define CRAFTED_MAX 1024

/* Objects are named by two bytes, as in index_bytes.h. */
struct crafted {
    struct buffer bytes, index;
    struct indexed_object objects[CRAFTED_MAX]; /* sorted: add them so */
    size_t count;
};

static inline void craft(struct crafted *crafted)
{
    *crafted = (struct crafted){ .bytes = BUFFER_EMPTY, .index = BUFFER_EMPTY };
    buffer_append(&crafted->bytes, "PACK\0\0\0\2\0\0\0\0", 12);
}

static inline void begin_entry(struct crafted *crafted, uint16_t id,
                               unsigned kind, size_t size)
{
    unsigned char byte = (unsigned char)(kind << 4 | (size & 15));

    crafted->objects[crafted->count++] =
        (struct indexed_object){ id, (uint32_t)crafted->bytes.size };
    for (size >>= 4; size; size >>= 7) {
        buffer_byte(&crafted->bytes, (char)(byte | 0x80));
        byte = size & 0x7f;
    }
    buffer_byte(&crafted->bytes, (char)byte);
}

static inline void add_blob(struct crafted *crafted, uint16_t id,
                            struct text bytes)
{
    begin_entry(crafted, id, OBJECT_BLOB, bytes.size);
    write_stored(&crafted->bytes, bytes);
}

/* A delta on the object of that id, in the pack or not. */
static inline void add_delta(struct crafted *crafted, uint16_t id,
                             uint16_t base, struct text delta)
{
    unsigned char base_id[ID_SIZE];

    set_id(base_id, base);
    begin_entry(crafted, id, 7, delta.size);
    buffer_append(&crafted->bytes, base_id, ID_SIZE);
    write_stored(&crafted->bytes, delta);
}

/* A delta on what lies `distance` bytes before it; under 128. */
static inline void add_near_delta(struct crafted *crafted, uint16_t id,
                                  size_t distance, struct text delta)
{
    begin_entry(crafted, id, 6, delta.size);
    buffer_byte(&crafted->bytes, (char)distance);
    write_stored(&crafted->bytes, delta);
}

static inline void finish(struct crafted *crafted, struct pack *pack)
{
    struct error err = { .message = "" };

    crafted->bytes.bytes[10] = (char)(crafted->count >> 8);
    crafted->bytes.bytes[11] = (char)crafted->count;
    memset(buffer_extend(&crafted->bytes, ID_SIZE), 0, ID_SIZE);
    write_index(&crafted->index, crafted->objects, crafted->count, NULL, 0);
    if (pack_of(pack, buffer_view(&crafted->bytes),
                buffer_view(&crafted->index), ID_SIZE, &err) < 0)
        fail_msg("%s", err.message);
    set_checksums(&crafted->index, pack);
}

static inline void uncraft(struct crafted *crafted)
{
    buffer_release(&crafted->bytes);
    buffer_release(&crafted->index);
}

#endif

/*
 * Indexes of packs, written by hand.
 */
#ifndef TMPGUARD_TESTS_HOOKS_INDEX_BYTES_H
#define TMPGUARD_TESTS_HOOKS_INDEX_BYTES_H

#include <string.h>

#include "core/base/buffer.h"

#define ID_SIZE 20

/* An object whose id is these two bytes, the least significant first, then
 * zeroes; `offset` as it is written. */
struct indexed_object {
    uint16_t id;
    uint32_t offset;
};

static inline void set_id(unsigned char id[ID_SIZE], uint16_t number)
{
    memset(id, 0, ID_SIZE);
    id[0] = (unsigned char)number;
    id[1] = (unsigned char)(number >> 8);
}

static inline void write_number(struct buffer *bytes, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buffer_byte(bytes, (char)(number >> shift));
}

static inline void write_fanout(struct buffer *bytes,
                                const struct indexed_object *objects,
                                size_t count)
{
    for (unsigned first = 0; first < 256; first++) {
        uint32_t up_to = 0;

        while (up_to < count && (objects[up_to].id & 0xff) <= first)
            up_to++;
        write_number(bytes, up_to);
    }
}

/* The objects are sorted; `large` are the offsets of more than 31 bits. */
static inline void write_index(struct buffer *bytes,
                               const struct indexed_object *objects,
                               size_t count, const uint64_t *large,
                               size_t large_count)
{
    unsigned char id[ID_SIZE];

    buffer_append(bytes, "\377tOc\0\0\0\2", 8);
    write_fanout(bytes, objects, count);
    for (size_t i = 0; i < count; i++) {
        set_id(id, objects[i].id);
        buffer_append(bytes, id, sizeof(id));
    }
    for (size_t i = 0; i < count; i++)
        write_number(bytes, 0);
    for (size_t i = 0; i < count; i++)
        write_number(bytes, objects[i].offset);
    for (size_t i = 0; i < large_count; i++) {
        write_number(bytes, (uint32_t)(large[i] >> 32));
        write_number(bytes, (uint32_t)large[i]);
    }
    memset(buffer_extend(bytes, 2 * (size_t)ID_SIZE), 0, 2 * (size_t)ID_SIZE);
}

#endif

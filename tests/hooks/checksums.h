/*
 * The checksums of the entries of a pack that was written by hand.
 */
#ifndef TMPGUARD_TESTS_HOOKS_CHECKSUMS_H
#define TMPGUARD_TESTS_HOOKS_CHECKSUMS_H

#include <stdlib.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/inflate.h"
#include "hooks/git/pack.h"
#include "tests/hooks/index_bytes.h"

#define INFLATED_MAX 65536

/* The bytes of an entry, from its head to the end of its stream; empty if it
 * is damaged. */
static inline struct text entry_bytes(const struct pack *pack, uint64_t offset,
                                      struct inflater *inflater)
{
    struct pack_entry entry;
    const char *start = pack->bytes.bytes + offset;
    char *out;
    bool sound;

    if (!pack_entry_read(&entry, pack, offset) || entry.size > INFLATED_MAX)
        return TEXT_EMPTY;
    out = memory_new((size_t)entry.size, 1);
    sound = inflate_exact(inflater, &entry.deflated, out, (size_t)entry.size);
    free(out);
    if (!sound)
        return TEXT_EMPTY;
    return (struct text){ start, (size_t)(entry.deflated.bytes +
                                          entry.deflated.size - start) };
}

/* Write them into the index, which is that of the pack. */
static inline void set_checksums(struct buffer *index, const struct pack *pack)
{
    struct inflater *inflater = inflater_open();

    for (uint32_t i = 0; i < pack->index.count; i++) {
        struct buffer number = BUFFER_EMPTY;
        uint64_t offset;

        if (pack_index_offset(&pack->index, i, &offset)) {
            write_number(&number,
                         inflate_checksum(entry_bytes(pack, offset, inflater)));
            memcpy(index->bytes + pack->index.checksums + (size_t)4 * i,
                   number.bytes, 4);
        }
        buffer_release(&number);
    }
    inflater_close(inflater);
}

#endif

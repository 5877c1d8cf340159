/*
 * A pack and its index (gitformat-pack(5)), mapped: the entries at their
 * offsets, as they are stored. Nothing that is written in either is trusted.
 */
#ifndef TMPGUARD_HOOKS_GIT_PACK_H
#define TMPGUARD_HOOKS_GIT_PACK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "hooks/git/object.h"
#include "hooks/git/pack_index.h"

struct pack {
    struct text bytes, index_bytes; /* of the two files, mapped */
    struct pack_index index;
};

/* Start from PACK_EMPTY. */
#define PACK_EMPTY                                                             \
    ((struct pack){ .bytes = { "", 0 }, .index_bytes = { "", 0 } })

/*
 * Open PATH, which ends in ".idx", and the ".pack" beside it. Returns 1, 0 if
 * one of them is not there, -1 and *err: they are damaged, of another version
 * or hash, or do not belong together.
 */
int pack_open(struct pack *pack, const char *path, size_t id_size,
              struct error *err);

/* The same for bytes that are at hand and outlive it: not for pack_close. */
int pack_of(struct pack *pack, struct text bytes, struct text index_bytes,
            size_t id_size, struct error *err);

/* Closing an empty pack, or twice, is fine. */
void pack_close(struct pack *pack);

enum pack_base {
    PACK_WHOLE,  /* the object itself */
    PACK_OFFSET, /* a delta on the entry at base_offset, which is before it */
    PACK_ID,     /* a delta on the object base_id */
};

struct pack_entry {
    enum pack_base base;
    enum object_type type;        /* of PACK_WHOLE */
    uint64_t size;                /* inflated: of the object, or of the delta */
    uint64_t base_offset;         /* of PACK_OFFSET */
    const unsigned char *base_id; /* of PACK_ID: points into the pack */
    struct text deflated; /* begins with the zlib stream, goes on behind it */
};

/* Read the head of the entry at an offset. False if there is no such entry. */
bool pack_entry_read(struct pack_entry *entry, const struct pack *pack,
                     uint64_t offset);

/* Say that an entry of the index, and of the pack at the offset, will be read
 * soon. */
void pack_expect(const struct pack *pack, uint32_t entry, uint64_t offset);

#endif

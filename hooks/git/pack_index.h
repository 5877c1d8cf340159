/*
 * The index of a pack, version 2 (gitformat-pack(5)): which objects are in the
 * pack, sorted by id, and where. The bytes are not trusted: what is written in
 * them never leads outside them.
 */
#ifndef TMPGUARD_HOOKS_GIT_PACK_INDEX_H
#define TMPGUARD_HOOKS_GIT_PACK_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/text.h"

/* More entries than this are over the limit: numbers below are free for use. */
#define PACK_INDEX_COUNT_MAX (UINT32_MAX - 16)

/* Points into the bytes, which must outlive it. */
struct pack_index {
    struct text bytes;
    size_t id_size; /* 20 SHA-1, 32 SHA-256 */
    uint32_t count; /* entries are numbered below it, in the order of ids */
    /* Private: where the parts begin. */
    size_t ids, checksums, offsets, large, large_count;
};

/*
 * Check the layout: signature, version, the table of first bytes, the size to
 * the byte. Returns 0, or -1 and *err: ERROR_FORMAT for anything else (version
 * 1, too), ERROR_LIMIT for too many entries. Its own checksum is not looked at.
 */
int pack_index_parse(struct pack_index *index, struct text bytes,
                     size_t id_size, struct error *err);

/* The id of an entry, `id_size` bytes. */
const unsigned char *pack_index_id(const struct pack_index *index,
                                   uint32_t entry);

/* Where an entry begins in the pack; false if it points into no table. */
bool pack_index_offset(const struct pack_index *index, uint32_t entry,
                       uint64_t *offset);

/* The CRC-32 of an entry as it lies in the pack, its head with it. */
uint32_t pack_index_checksum(const struct pack_index *index, uint32_t entry);

/* An entry of this id, `id_size` bytes. */
bool pack_index_find(const struct pack_index *index, const unsigned char *id,
                     uint32_t *entry);

/* Are the ids in order, so that pack_index_find finds each? Reads them all. */
bool pack_index_is_sorted(const struct pack_index *index);

/* The checksum of the pack, `id_size` bytes, that ends it, too. */
const unsigned char *pack_index_pack(const struct pack_index *index);

/* A number as it stands in these files, the most significant byte first. */
uint32_t pack_index_number32(const void *bytes);

#endif

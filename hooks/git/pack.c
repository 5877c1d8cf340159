#include "hooks/git/pack.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "hooks/system/mapping.h"

#define HEADER_SIZE 12

#define KIND_OFFSET 6
#define KIND_ID     7

static int refuse(struct error *err, const char *why)
{
    return error_set(err, ERROR_FORMAT, "a pack %s", why);
}

int pack_of(struct pack *pack, struct text bytes, struct text index_bytes,
            size_t id_size, struct error *err)
{
    struct pack_index index;
    uint32_t version;

    if (pack_index_parse(&index, index_bytes, id_size, err) < 0)
        return -1;
    if (bytes.size < HEADER_SIZE + id_size ||
        !text_starts_with(bytes, TEXT("PACK")))
        return refuse(err, "is damaged");
    version = pack_index_number32(bytes.bytes + 4);
    if (version != 2 && version != 3)
        return refuse(err, "is of an unknown version");
    if (pack_index_number32(bytes.bytes + 8) != index.count ||
        memcmp(bytes.bytes + bytes.size - id_size, pack_index_pack(&index),
               id_size) != 0)
        return refuse(err, "and its index do not belong together");
    *pack = (struct pack){ bytes, index_bytes, index };
    return 0;
}

static int open_both(struct text *bytes, struct text *index_bytes,
                     const char *path, struct error *err)
{
    struct text stem = text_of(path);
    struct buffer name = BUFFER_EMPTY;
    int found = mapping_open(index_bytes, path, err);

    if (found != 1)
        return found;
    stem.size -= text_ends_with(stem, TEXT(".idx")) ? sizeof(".idx") - 1 : 0;
    buffer_text(&name, stem);
    buffer_string(&name, ".pack");
    found = mapping_open(bytes, name.bytes, err);
    buffer_release(&name);
    return found;
}

int pack_open(struct pack *pack, const char *path, size_t id_size,
              struct error *err)
{
    struct text bytes = TEXT_EMPTY, index_bytes = TEXT_EMPTY;
    int found = open_both(&bytes, &index_bytes, path, err);

    *pack = PACK_EMPTY;
    if (found == 1 && pack_of(pack, bytes, index_bytes, id_size, err) < 0)
        found = -1;
    if (found != 1) {
        mapping_close(&bytes);
        mapping_close(&index_bytes);
    }
    return found;
}

void pack_close(struct pack *pack)
{
    mapping_close(&pack->bytes);
    mapping_close(&pack->index_bytes);
    *pack = PACK_EMPTY;
}

/* Four bits in the first byte, seven in each that follows. */
static bool take_head(struct pack_entry *entry, unsigned *kind,
                      struct text *rest)
{
    unsigned shift = 4;
    unsigned char byte;

    if (rest->size == 0)
        return false;
    byte = (unsigned char)*rest->bytes++;
    rest->size--;
    *kind = byte >> 4 & 7;
    entry->size = byte & 15;
    while (byte & 0x80) {
        if (rest->size == 0 || shift > 56)
            return false;
        byte = (unsigned char)*rest->bytes++;
        rest->size--;
        entry->size |= (uint64_t)(byte & 0x7f) << shift;
        shift += 7;
    }
    return true;
}

/* Seven bits a byte, the most significant first, plus one for each that
 * follows: how far before this entry its base begins. */
static bool take_distance(uint64_t *distance, struct text *rest)
{
    unsigned char byte;

    *distance = 0;
    do {
        if (rest->size == 0 || *distance >> 56)
            return false;
        byte = (unsigned char)*rest->bytes++;
        rest->size--;
        *distance = (*distance << 7) + (byte & 0x7f) + (byte & 0x80 ? 1 : 0);
    } while (byte & 0x80);
    return true;
}

static bool take_base(struct pack_entry *entry, unsigned kind, uint64_t offset,
                      size_t id_size, struct text *rest)
{
    uint64_t distance;

    if (kind >= OBJECT_COMMIT && kind <= OBJECT_TAG) {
        entry->base = PACK_WHOLE;
        entry->type = (enum object_type)kind;
        return true;
    }
    if (kind == KIND_ID && rest->size >= id_size) {
        entry->base = PACK_ID;
        entry->base_id = (const unsigned char *)rest->bytes;
        rest->bytes += id_size;
        rest->size -= id_size;
        return true;
    }
    if (kind != KIND_OFFSET || !take_distance(&distance, rest) ||
        distance == 0 || distance > offset - HEADER_SIZE)
        return false;
    entry->base = PACK_OFFSET;
    entry->base_offset = offset - distance;
    return true;
}

bool pack_entry_read(struct pack_entry *entry, const struct pack *pack,
                     uint64_t offset)
{
    size_t id_size = pack->index.id_size, end = pack->bytes.size - id_size;
    struct text rest;
    unsigned kind;

    if (offset < HEADER_SIZE || offset >= end)
        return false;
    rest = text_slice(pack->bytes, (size_t)offset, end);
    if (!take_head(entry, &kind, &rest) ||
        !take_base(entry, kind, offset, id_size, &rest))
        return false;
    entry->deflated = rest;
    return true;
}

void pack_expect(const struct pack *pack, uint32_t entry, uint64_t offset)
{
    const struct pack_index *index = &pack->index;

    __builtin_prefetch(index->bytes.bytes + index->checksums +
                       (size_t)4 * entry);
    if (offset < pack->bytes.size)
        __builtin_prefetch(pack->bytes.bytes + offset);
}

#include "hooks/git/pack_index.h"

#include <string.h>

#define FANOUT_AT    8
#define FANOUT_COUNT 256
#define IDS_AT       (FANOUT_AT + FANOUT_COUNT * 4)
#define IS_LARGE     0x80000000u /* the rest is a number in the large table */

uint32_t pack_index_number32(const void *bytes)
{
    const unsigned char *at = bytes;

    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

static uint64_t number64(const void *bytes)
{
    const unsigned char *at = bytes;

    return (uint64_t)pack_index_number32(at) << 32 |
           pack_index_number32(at + 4);
}

/* How many ids begin with a byte up to `first`. */
static uint32_t fanout(struct text bytes, unsigned first)
{
    return pack_index_number32(bytes.bytes + FANOUT_AT + (size_t)4 * first);
}

static int refuse(struct error *err, const char *why)
{
    return error_set(err, ERROR_FORMAT, "the index of a pack %s", why);
}

static int check_head(struct text bytes, struct error *err)
{
    if (bytes.size < IDS_AT || !text_starts_with(bytes, TEXT("\377tOc")))
        return refuse(err, "is damaged, or of version 1");
    if (pack_index_number32(bytes.bytes + 4) != 2)
        return refuse(err, "is of an unknown version");
    for (unsigned i = 1; i < FANOUT_COUNT; i++)
        if (fanout(bytes, i) < fanout(bytes, i - 1))
            return refuse(err, "is damaged");
    return 0;
}

int pack_index_parse(struct pack_index *index, struct text bytes,
                     size_t id_size, struct error *err)
{
    size_t count, room, rest;

    if (check_head(bytes, err) < 0)
        return -1;
    count = fanout(bytes, FANOUT_COUNT - 1);
    if (count > PACK_INDEX_COUNT_MAX)
        return error_set(err, ERROR_LIMIT, "a pack of %zu objects", count);
    /* Of each its id, a checksum, an offset; then the checksums of the pack
     * and of this. Between them the large offsets, of which the first object
     * of a pack needs none. */
    room = bytes.size - IDS_AT;
    if (room < 2 * id_size || (room - 2 * id_size) / (id_size + 8) < count)
        return refuse(err, "is cut off");
    rest = room - 2 * id_size - count * (id_size + 8);
    if (rest % 8 || rest / 8 > (count ? count - 1 : 0))
        return refuse(err, "is too long");
    *index = (struct pack_index){
        .bytes = bytes,
        .id_size = id_size,
        .count = (uint32_t)count,
        .ids = IDS_AT,
        .checksums = IDS_AT + count * id_size,
        .offsets = IDS_AT + count * (id_size + 4),
        .large = IDS_AT + count * (id_size + 8),
        .large_count = rest / 8,
    };
    return 0;
}

const unsigned char *pack_index_id(const struct pack_index *index,
                                   uint32_t entry)
{
    return (const unsigned char *)index->bytes.bytes + index->ids +
           entry * index->id_size;
}

bool pack_index_offset(const struct pack_index *index, uint32_t entry,
                       uint64_t *offset)
{
    const char *bytes = index->bytes.bytes;
    uint32_t number =
        pack_index_number32(bytes + index->offsets + (size_t)4 * entry);

    if (!(number & IS_LARGE)) {
        *offset = number;
        return true;
    }
    number &= ~IS_LARGE;
    if (number >= index->large_count)
        return false;
    *offset = number64(bytes + index->large + (size_t)8 * number);
    return true;
}

uint32_t pack_index_checksum(const struct pack_index *index, uint32_t entry)
{
    return pack_index_number32(index->bytes.bytes + index->checksums +
                               (size_t)4 * entry);
}

bool pack_index_find(const struct pack_index *index, const unsigned char *id,
                     uint32_t *entry)
{
    uint32_t low = id[0] ? fanout(index->bytes, id[0] - 1u) : 0;
    uint32_t high = fanout(index->bytes, id[0]);

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = memcmp(pack_index_id(index, middle), id, index->id_size);

        if (order == 0) {
            *entry = middle;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool pack_index_is_sorted(const struct pack_index *index)
{
    uint32_t entry = 0;

    for (unsigned first = 0; first < FANOUT_COUNT; first++)
        for (; entry < fanout(index->bytes, first); entry++) {
            const unsigned char *id = pack_index_id(index, entry);

            if (id[0] != first ||
                (entry && memcmp(id - index->id_size, id, index->id_size) > 0))
                return false;
        }
    return true;
}

const unsigned char *pack_index_pack(const struct pack_index *index)
{
    return (const unsigned char *)index->bytes.bytes + index->bytes.size -
           2 * index->id_size;
}

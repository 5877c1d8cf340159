/*
 * Any bytes as the index of a pack: what it says leads nowhere outside it, and
 * what is in order is found.
 */
#include "hooks/git/pack_index.h"

#include <string.h>

#include "hooks/git/offsets.h"
#include "tests/fuzz/fuzz.h"

static void look_up_all(const struct pack_index *index)
{
    bool sorted = pack_index_is_sorted(index);

    for (uint32_t i = 0; i < index->count; i++) {
        const unsigned char *id = pack_index_id(index, i);
        uint32_t found;

        if (pack_index_find(index, id, &found))
            HOLDS(memcmp(id, pack_index_id(index, found), index->id_size) == 0);
        else
            HOLDS(!sorted);
    }
}

static void check_offsets(const struct pack_index *index)
{
    struct offsets offsets;

    offsets_open(&offsets, index);
    HOLDS(offsets.count == index->count);
    for (uint32_t i = 0; i < offsets.count; i++) {
        uint32_t found = offsets_find(&offsets, offsets.offsets[i]);

        HOLDS(i == 0 || offsets.offsets[i - 1] <= offsets.offsets[i]);
        if (offsets.offsets[i] != UINT64_MAX)
            HOLDS(offsets.offsets[found] == offsets.offsets[i]);
    }
    offsets_close(&offsets);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text input = { (const char *)bytes, size };
    static const size_t sizes[] = { 20, 32 };

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct pack_index index;
        struct error err;

        if (pack_index_parse(&index, input, sizes[i], &err) < 0)
            continue;
        HOLDS(pack_index_pack(&index) + 2 * sizes[i] == bytes + size);
        look_up_all(&index);
        check_offsets(&index);
    }
    return 0;
}

/*
 * Any bytes as a pack and where its entries are: a byte says how many there
 * are, two of each say where, the rest is the pack behind its header. Each
 * object is entered or skipped once, and each that is entered is left.
 */
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/forest.h"
#include "tests/fuzz/fuzz.h"
#include "tests/hooks/checksums.h"
#include "tests/hooks/index_bytes.h"

#define ENTRIES_MAX 64
#define SIZE_LIMIT  ((size_t)1 << 16)

struct looked {
    unsigned times[ENTRIES_MAX];
    size_t held;
};

static void *enter(void *payload, unsigned worker,
                   const struct forest_object *object,
                   const struct forest_object *base, void *base_data)
{
    struct looked *looked = payload;

    HOLDS(worker == 0 && object->bytes.size <= SIZE_LIMIT);
    HOLDS(!base == !base_data && (!base || base->type == object->type));
    looked->times[object->number]++;
    looked->held++;
    return looked;
}

static void leave(void *payload, unsigned worker, void *data)
{
    HOLDS(worker == 0 && data == payload);
    ((struct looked *)payload)->held--;
}

static void skip(void *payload, unsigned worker, uint32_t number,
                 enum forest_reason reason)
{
    HOLDS(worker == 0 && reason);
    ((struct looked *)payload)->times[number]++;
}

static void walk(const struct pack *pack)
{
    struct forest *forest = forest_open(pack, 1);
    struct looked looked = { .held = 0 };
    struct forest_walk walk = { .types = FOREST_TYPES,
                                .size_max = SIZE_LIMIT,
                                .threads = 1 };
    struct forest_visitor visitor = {
        .enter = enter, .leave = leave, .skip = skip, .payload = &looked
    };

    forest_walk(forest, &walk, &visitor);
    HOLDS(looked.held == 0);
    for (uint32_t i = 0; i < pack->index.count; i++)
        HOLDS(looked.times[i] == 1);
    forest_close(forest);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct indexed_object objects[ENTRIES_MAX];
    struct buffer made = BUFFER_EMPTY, index = BUFFER_EMPTY;
    size_t count = size ? bytes[0] % ENTRIES_MAX : 0;
    struct pack pack;
    struct error err;

    if (size < 1 + 2 * count)
        return 0;
    for (size_t i = 0; i < count; i++)
        objects[i] = (struct indexed_object){
            (uint16_t)i, (uint32_t)bytes[1 + 2 * i] << 8 | bytes[2 + 2 * i]
        };
    buffer_append(&made, "PACK\0\0\0\2", 8);
    write_number(&made, (uint32_t)count);
    buffer_append(&made, bytes + 1 + 2 * count, size - 1 - 2 * count);
    memset(buffer_extend(&made, ID_SIZE), 0, ID_SIZE);
    write_index(&index, objects, count, NULL, 0);
    HOLDS(pack_of(&pack, buffer_view(&made), buffer_view(&index), ID_SIZE,
                  &err) == 0);
    set_checksums(&index, &pack);
    walk(&pack);
    buffer_release(&made);
    buffer_release(&index);
    return 0;
}

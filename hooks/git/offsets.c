#include "hooks/git/offsets.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

/* Sorted by parts of the offset, the least significant first: each pass keeps
 * the order of the one before among equals. */
#define PASS_BITS   11
#define PASS_VALUES (1u << PASS_BITS)

static unsigned part(uint64_t offset, unsigned pass)
{
    return (unsigned)(offset >> (pass * PASS_BITS)) & (PASS_VALUES - 1);
}

static void sort_pass(struct offsets *to, const struct offsets *from,
                      unsigned pass)
{
    uint32_t starts[PASS_VALUES + 1] = { 0 };

    for (uint32_t i = 0; i < from->count; i++)
        starts[part(from->offsets[i], pass) + 1]++;
    for (unsigned i = 0; i < PASS_VALUES; i++)
        starts[i + 1] += starts[i];
    for (uint32_t i = 0; i < from->count; i++) {
        uint32_t place = starts[part(from->offsets[i], pass)]++;

        to->offsets[place] = from->offsets[i];
        to->entries[place] = from->entries[i];
    }
}

static void make(struct offsets *offsets, uint32_t count)
{
    *offsets = (struct offsets){
        .count = count,
        .offsets = memory_new(count, sizeof(*offsets->offsets)),
        .entries = memory_new(count, sizeof(*offsets->entries)),
    };
}

static void sort(struct offsets *offsets, uint64_t largest)
{
    struct offsets from, to;

    make(&to, offsets->count);
    from = *offsets;
    for (unsigned pass = 0;
         pass * PASS_BITS < 64 && largest >> (pass * PASS_BITS); pass++) {
        struct offsets sorted = to;

        sort_pass(&to, &from, pass);
        to = from;
        from = sorted;
    }
    *offsets = from;
    offsets_close(&to);
}

/* As many ranges as there are entries, or up to twice as many. */
static void divide(struct offsets *offsets, uint64_t largest)
{
    size_t range = 0;

    while (largest >> offsets->shift > (uint64_t)2 * offsets->count)
        offsets->shift++;
    offsets->ranges_count = (size_t)(largest >> offsets->shift) + 1;
    offsets->ranges =
        memory_new(offsets->ranges_count + 1, sizeof(*offsets->ranges));
    for (uint32_t place = 0; place < offsets->count; place++)
        while (range <= offsets->offsets[place] >> offsets->shift &&
               range < offsets->ranges_count)
            offsets->ranges[range++] = place;
    while (range <= offsets->ranges_count)
        offsets->ranges[range++] = offsets->count;
}

void offsets_open(struct offsets *offsets, const struct pack_index *index)
{
    uint64_t largest = 0, in_tables = 0;

    make(offsets, index->count);
    for (uint32_t i = 0; i < index->count; i++) {
        uint64_t *offset = &offsets->offsets[i];

        if (!pack_index_offset(index, i, offset))
            *offset = UINT64_MAX;
        else if (*offset > in_tables)
            in_tables = *offset;
        if (*offset > largest)
            largest = *offset;
        offsets->entries[i] = i;
    }
    sort(offsets, largest);
    divide(offsets, in_tables);
}

uint32_t offsets_find(const struct offsets *offsets, uint64_t offset)
{
    size_t range = offset >> offsets->shift;
    uint32_t low, high;

    if (range >= offsets->ranges_count)
        return OFFSETS_NONE;
    low = offsets->ranges[range];
    high = offsets->ranges[range + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (offsets->offsets[middle] == offset)
            return middle;
        if (offsets->offsets[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return OFFSETS_NONE;
}

void offsets_close(struct offsets *offsets)
{
    free(offsets->offsets);
    free(offsets->entries);
    free(offsets->ranges);
    *offsets = OFFSETS_EMPTY;
}

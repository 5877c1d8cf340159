/*
 * For each value of the first bits, in order: the ids that begin with it are
 * taken from each list, sorted and numbered. They are few unless somebody
 * made them so.
 */
#include "hooks/system/id_table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#define BITS_MAX   24
#define AT_ONCE    16
#define GROUP_BITS 1 /* so few ids that share their first bits are meant */

struct merge {
    struct id_table *table;
    const struct id_list *lists;
    uint32_t *taken; /* by list */
    /* Those of one value. */
    struct item {
        const unsigned char *id;
        size_t size;
        struct id_place place;
    } * items;
    size_t items_count, items_room;
};

static uint32_t first_bits(const unsigned char *id, unsigned bits)
{
    uint32_t number = (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 |
                      (uint32_t)id[2] << 8 | id[3];

    return (uint32_t)((uint64_t)number >> (32 - bits));
}

static int compare(const void *one, const void *two)
{
    const struct item *a = one, *b = two;
    int order = memcmp(a->id, b->id, a->size);

    if (order)
        return order;
    return a->place.list < b->place.list ? -1 : a->place.list > b->place.list;
}

/* False if all are of one list: then they are sorted. */
static bool take_items(struct merge *merge, uint32_t value)
{
    struct id_table *table = merge->table;
    bool mixed = false;

    merge->items_count = 0;
    for (size_t i = 0; i < table->lists_count; i++) {
        size_t before = merge->items_count;

        while (merge->taken[i] < merge->lists[i].count) {
            const unsigned char *id =
                merge->lists[i].ids + merge->taken[i] * table->id_size;

            if (first_bits(id, table->bits) != value)
                break;
            *ARRAY_PUSH(merge->items) = (struct item){
                id, table->id_size, { (uint32_t)i, merge->taken[i]++ }
            };
        }
        mixed = mixed || (before && merge->items_count > before);
    }
    return mixed;
}

static void number_items(struct merge *merge)
{
    struct id_table *table = merge->table;

    for (size_t i = 0; i < merge->items_count; i++) {
        const struct item *item = &merge->items[i];

        if (i == 0 || memcmp(item[-1].id, item->id, item->size) != 0) {
            memcpy(table->ids + table->count * table->id_size, item->id,
                   item->size);
            table->places[table->count++] = item->place;
        }
        table->numbers[item->place.list][item->place.entry] = table->count - 1;
    }
}

static void merge_lists(struct id_table *table, const struct id_list *lists)
{
    struct merge merge = {
        .table = table,
        .lists = lists,
        .taken = memory_new(table->lists_count, sizeof(*merge.taken)),
    };

    for (uint32_t value = 0; value < 1u << table->bits; value++) {
        table->starts[value] = table->count;
        if (take_items(&merge, value))
            qsort(merge.items, merge.items_count, sizeof(*merge.items),
                  compare);
        number_items(&merge);
    }
    table->starts[1u << table->bits] = table->count;
    free(merge.taken);
    free(merge.items);
}

void id_table_open(struct id_table *table, const struct id_list *lists,
                   size_t lists_count, size_t id_size)
{
    size_t total = 0;

    *table = (struct id_table){
        .id_size = id_size,
        .numbers = memory_new(lists_count, sizeof(*table->numbers)),
        .lists_count = lists_count,
    };
    for (size_t i = 0; i < lists_count; i++) {
        table->numbers[i] =
            memory_new(lists[i].count, sizeof(*table->numbers[i]));
        total += lists[i].count;
    }
    while (table->bits < BITS_MAX && total >> table->bits > 1u << GROUP_BITS)
        table->bits++;
    table->ids = memory_new(total, id_size);
    table->places = memory_new(total, sizeof(*table->places));
    table->starts =
        memory_new(((size_t)1 << table->bits) + 1, sizeof(*table->starts));
    merge_lists(table, lists);
}

uint32_t id_table_find(const struct id_table *table, const unsigned char *id)
{
    uint32_t value = first_bits(id, table->bits);
    uint32_t low = table->starts[value], high = table->starts[value + 1];

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = memcmp(id_table_id(table, middle), id, table->id_size);

        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return ID_TABLE_NONE;
}

/* Memory is far away: all that is needed of it is asked for at once. */
static void find_some(const struct id_table *table, const unsigned char *ids,
                      size_t count, uint32_t *numbers)
{
    const uint32_t *starts[AT_ONCE];

    for (size_t i = 0; i < count; i++) {
        starts[i] =
            table->starts + first_bits(ids + i * table->id_size, table->bits);
        __builtin_prefetch(starts[i]);
    }
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(id_table_id(table, *starts[i]));
    for (size_t i = 0; i < count; i++)
        numbers[i] = id_table_find(table, ids + i * table->id_size);
}

void id_table_find_all(const struct id_table *table, const unsigned char *ids,
                       size_t count, uint32_t *numbers)
{
    for (size_t at = 0; at < count; at += AT_ONCE)
        find_some(table, ids + at * table->id_size,
                  count - at < AT_ONCE ? count - at : AT_ONCE, numbers + at);
}

const unsigned char *id_table_id(const struct id_table *table, uint32_t number)
{
    return table->ids + number * table->id_size;
}

void id_table_close(struct id_table *table)
{
    for (size_t i = 0; i < table->lists_count; i++)
        free(table->numbers[i]);
    free(table->numbers);
    free(table->ids);
    free(table->places);
    free(table->starts);
    *table = (struct id_table){ .count = 0 };
}

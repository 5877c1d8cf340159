/*
 * Object ids as small integers, for many at a time: lists of sorted ids, such
 * as those of packs, are merged, and each id gets its number in the order of
 * all. A number is found by the first bits of the id, which say where to look:
 * nothing is hashed, so no choice of ids makes it slow.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_ID_TABLE_H
#define TMPGUARD_HOOKS_SYSTEM_ID_TABLE_H

#include <stddef.h>
#include <stdint.h>

#define ID_TABLE_NONE UINT32_MAX

/* Sorted ids, one behind the other; the same id may be there twice. */
struct id_list {
    const unsigned char *ids;
    uint32_t count;
};

/* The first list that has an id, and its place in it. */
struct id_place {
    uint32_t list, entry;
};

struct id_table {
    size_t id_size;
    uint32_t count;          /* numbers are below it */
    unsigned char *ids;      /* by number */
    struct id_place *places; /* by number */
    uint32_t **numbers;      /* by list, by entry */
    size_t lists_count;
    /* Private: the first number of each value of the first bits. */
    uint32_t *starts;
    unsigned bits;
};

/* All lists together have fewer than ID_TABLE_NONE ids. */
void id_table_open(struct id_table *table, const struct id_list *lists,
                   size_t lists_count, size_t id_size);

/* The number of an id, `id_size` bytes, or ID_TABLE_NONE. */
uint32_t id_table_find(const struct id_table *table, const unsigned char *id);

/* The same of so many ids, one behind the other, faster. */
void id_table_find_all(const struct id_table *table, const unsigned char *ids,
                       size_t count, uint32_t *numbers);

const unsigned char *id_table_id(const struct id_table *table, uint32_t number);

void id_table_close(struct id_table *table);

#endif

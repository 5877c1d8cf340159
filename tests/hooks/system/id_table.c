#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/system/id_table.h"

#define SIZE 20

/* Ids whose first byte and last byte are these. */
static unsigned char *ids(const char *pairs)
{
    size_t count = strlen(pairs) / 2;
    unsigned char *made = memory_new(count, SIZE);

    for (size_t i = 0; i < count; i++) {
        made[i * SIZE] = (unsigned char)pairs[2 * i];
        made[i * SIZE + SIZE - 1] = (unsigned char)pairs[2 * i + 1];
    }
    return made;
}

static void open_lists(struct id_table *table, const char *one,
                       const char *other)
{
    struct id_list lists[] = { { ids(one), (uint32_t)strlen(one) / 2 },
                               { ids(other), (uint32_t)strlen(other) / 2 } };
    union {
        const unsigned char *ids;
        void *memory;
    } made[] = { { lists[0].ids }, { lists[1].ids } };

    id_table_open(table, lists, 2, SIZE);
    free(made[0].memory);
    free(made[1].memory);
}

static uint32_t find(const struct id_table *table, const char *pair)
{
    unsigned char *id = ids(pair);
    uint32_t number = id_table_find(table, id);

    free(id);
    return number;
}

static void ids_of_all_lists_are_numbered_in_order(void **state)
{
    struct id_table table;

    (void)state;
    open_lists(&table, "axczzz", "ayb1c0");
    assert_int_equal(6, table.count);
    assert_int_equal(0, find(&table, "ax"));
    assert_int_equal(1, find(&table, "ay"));
    assert_int_equal(2, find(&table, "b1"));
    assert_int_equal(3, find(&table, "c0"));
    assert_int_equal(4, find(&table, "cz"));
    assert_int_equal(5, find(&table, "zz"));
    assert_int_equal(ID_TABLE_NONE, find(&table, "az"));
    assert_int_equal(ID_TABLE_NONE, find(&table, "\377\377"));
    assert_int_equal('b', id_table_id(&table, 2)[0]);
    id_table_close(&table);
}

static void many_ids_are_found_like_one(void **state)
{
    enum { COUNT = 50 };
    struct id_table table;
    unsigned char wanted[COUNT * SIZE] = { 0 };
    uint32_t numbers[COUNT];

    (void)state;
    open_lists(&table, "axczzz", "ayb1c0");
    for (size_t i = 0; i < COUNT; i++) {
        wanted[i * SIZE] = (unsigned char)"abcz\377"[i % 5];
        wanted[i * SIZE + SIZE - 1] = (unsigned char)"xyz1"[i % 4];
    }
    id_table_find_all(&table, wanted, COUNT, numbers);
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(id_table_find(&table, wanted + i * SIZE), numbers[i]);
    id_table_find_all(&table, wanted, 0, numbers);
    id_table_close(&table);
}

static void an_id_that_is_there_twice_has_one_number(void **state)
{
    struct id_table table;

    (void)state;
    open_lists(&table, "axaxbx", "axcx");
    assert_int_equal(3, table.count);
    assert_int_equal(0, table.numbers[0][0]);
    assert_int_equal(0, table.numbers[0][1]);
    assert_int_equal(1, table.numbers[0][2]);
    assert_int_equal(0, table.numbers[1][0]);
    assert_int_equal(2, table.numbers[1][1]);
    assert_int_equal(0, table.places[0].list);
    assert_int_equal(0, table.places[0].entry);
    assert_int_equal(1, table.places[2].list);
    assert_int_equal(1, table.places[2].entry);
    id_table_close(&table);
}

static void without_lists_nothing_is_found(void **state)
{
    struct id_table table;

    (void)state;
    id_table_open(&table, NULL, 0, SIZE);
    assert_int_equal(0, table.count);
    assert_int_equal(ID_TABLE_NONE, find(&table, "ax"));
    id_table_close(&table);
    id_table_close(&table);
}

/* All ids of a list begin with the same bytes. */
static void alike_ids_are_no_slower_to_find(void **state)
{
    enum { COUNT = 200000 };
    unsigned char *many = memory_new(COUNT, SIZE);
    struct id_list lists[] = { { many, COUNT }, { many, COUNT } };
    struct id_table table;

    (void)state;
    for (uint32_t i = 0; i < COUNT; i++) {
        many[i * SIZE + 17] = (unsigned char)(i >> 16);
        many[i * SIZE + 18] = (unsigned char)(i >> 8);
        many[i * SIZE + 19] = (unsigned char)i;
    }
    id_table_open(&table, lists, 2, SIZE);
    assert_int_equal(COUNT, table.count);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(i, id_table_find(&table, many + i * SIZE));
    id_table_close(&table);
    free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_of_all_lists_are_numbered_in_order),
        cmocka_unit_test(many_ids_are_found_like_one),
        cmocka_unit_test(an_id_that_is_there_twice_has_one_number),
        cmocka_unit_test(without_lists_nothing_is_found),
        cmocka_unit_test(alike_ids_are_no_slower_to_find),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

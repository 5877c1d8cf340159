#include "tests/test.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/git/offsets.h"
#include "tests/hooks/index_bytes.h"

#define LARGE 0x80000000u

static void open_offsets(struct offsets *offsets,
                         const struct indexed_object *objects, size_t count,
                         const uint64_t *large, size_t large_count)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct pack_index index;
    struct error err;

    write_index(&bytes, objects, count, large, large_count);
    assert_int_equal(
        0, pack_index_parse(&index, buffer_view(&bytes), ID_SIZE, &err));
    offsets_open(offsets, &index);
    buffer_release(&bytes);
}

static void entries_are_sorted_by_offset_and_found_by_it(void **state)
{
    static const struct indexed_object objects[] = {
        { 1, 5000000 }, { 2, 12 }, { 3, 70000 }, { 4, LARGE | 0 }, { 5, 300 }
    };
    static const uint64_t large[] = { (uint64_t)7 << 40 };
    static const uint32_t sorted[] = { 1, 4, 2, 0, 3 };
    struct offsets offsets;

    (void)state;
    open_offsets(&offsets, objects, 5, large, 1);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(sorted[i], offsets.entries[i]);
        assert_int_equal(i, offsets_find(&offsets, offsets.offsets[i]));
        assert_int_equal(OFFSETS_NONE,
                         offsets_find(&offsets, offsets.offsets[i] + 1));
    }
    assert_int_equal(OFFSETS_NONE, offsets_find(&offsets, 0));
    assert_int_equal(OFFSETS_NONE, offsets_find(&offsets, UINT64_MAX));
    offsets_close(&offsets);
}

static void an_offset_in_no_table_is_the_last(void **state)
{
    static const struct indexed_object objects[] = { { 1, LARGE | 9 },
                                                     { 2, 12 } };
    struct offsets offsets;

    (void)state;
    open_offsets(&offsets, objects, 2, NULL, 0);
    assert_int_equal(1, offsets.entries[0]);
    assert_int_equal(0, offsets.entries[1]);
    assert_true(offsets.offsets[1] == UINT64_MAX);
    assert_int_equal(0, offsets_find(&offsets, 12));
    offsets_close(&offsets);
}

static void no_entries_are_fine(void **state)
{
    struct offsets offsets;

    (void)state;
    open_offsets(&offsets, NULL, 0, NULL, 0);
    assert_int_equal(OFFSETS_NONE, offsets_find(&offsets, 0));
    assert_int_equal(OFFSETS_NONE, offsets_find(&offsets, 12));
    offsets_close(&offsets);
    offsets_close(&offsets);
}

static void many_are_found(void **state)
{
    struct indexed_object *objects = memory_new(100000, sizeof(*objects));
    struct offsets offsets;

    (void)state;
    for (uint32_t i = 0; i < 100000; i++)
        objects[i] = (struct indexed_object){
            7, 12 + (uint32_t)((uint64_t)i * 7919 % 100000 * 331)
        };
    open_offsets(&offsets, objects, 100000, NULL, 0);
    for (uint32_t i = 0; i < 100000; i++) {
        uint32_t place = offsets_find(&offsets, objects[i].offset);

        assert_int_equal((objects[i].offset - 12) / 331, place);
        assert_int_equal(i, offsets.entries[place]);
    }
    offsets_close(&offsets);
    free(objects);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_sorted_by_offset_and_found_by_it),
        cmocka_unit_test(an_offset_in_no_table_is_the_last),
        cmocka_unit_test(no_entries_are_fine),
        cmocka_unit_test(many_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

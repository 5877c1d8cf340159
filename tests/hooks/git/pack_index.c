#include "tests/test.h"

#include "hooks/git/pack_index.h"
#include "tests/hooks/index_bytes.h"

#define LARGE 0x80000000u

static const struct indexed_object three[] = { { 1, 12 },
                                               { 2, LARGE | 0 },
                                               { 2, LARGE | 1 } };
static const uint64_t large[] = { (uint64_t)5 << 32, 77 };

struct made {
    struct buffer bytes;
    struct pack_index index;
    struct error err;
};

static int make(void **state)
{
    static struct made made;

    made = (struct made){ .bytes = BUFFER_EMPTY };
    write_index(&made.bytes, three, 3, large, 2);
    *state = &made;
    return pack_index_parse(&made.index, buffer_view(&made.bytes), ID_SIZE,
                            &made.err);
}

static int unmake(void **state)
{
    struct made *made = *state;

    buffer_release(&made->bytes);
    return 0;
}

static int parsed(struct made *made)
{
    return pack_index_parse(&made->index, buffer_view(&made->bytes), ID_SIZE,
                            &made->err);
}

static void it_tells_ids_and_offsets(void **state)
{
    struct made *made = *state;
    uint64_t offset;

    assert_int_equal(3, made->index.count);
    assert_int_equal(1, pack_index_id(&made->index, 0)[0]);
    assert_int_equal(2, pack_index_id(&made->index, 1)[0]);
    assert_true(pack_index_offset(&made->index, 0, &offset));
    assert_int_equal(12, offset);
    assert_true(pack_index_is_sorted(&made->index));
}

static void it_tells_the_checksum_of_an_entry(void **state)
{
    struct made *made = *state;

    memcpy(made->bytes.bytes + made->index.ids + (size_t)3 * ID_SIZE + 4,
           "\x12\x34\x56\x78", 4);
    assert_true(pack_index_checksum(&made->index, 1) == 0x12345678);
    assert_true(pack_index_checksum(&made->index, 2) == 0);
}

static void an_offset_may_have_64_bits(void **state)
{
    struct made *made = *state;
    uint64_t offset;

    assert_true(pack_index_offset(&made->index, 1, &offset));
    assert_true(offset == (uint64_t)5 << 32);
    assert_true(pack_index_offset(&made->index, 2, &offset));
    assert_int_equal(77, offset);
}

static void an_offset_behind_the_large_ones_is_none(void **state)
{
    struct made *made = *state;
    uint64_t offset;

    made->bytes.bytes[made->index.offsets + 7] = 2;
    assert_false(pack_index_offset(&made->index, 1, &offset));
}

static void an_id_is_found_and_another_is_not(void **state)
{
    struct made *made = *state;
    unsigned char id[ID_SIZE] = { 1 };
    uint32_t entry;

    assert_true(pack_index_find(&made->index, id, &entry));
    assert_int_equal(0, entry);
    id[19] = 1;
    assert_false(pack_index_find(&made->index, id, &entry));
    id[0] = 0;
    assert_false(pack_index_find(&made->index, id, &entry));
    id[0] = 255;
    assert_false(pack_index_find(&made->index, id, &entry));
}

static void a_byte_more_or_less_is_refused(void **state)
{
    struct made *made = *state;

    buffer_byte(&made->bytes, 0);
    assert_int_equal(-1, parsed(made));
    for (; made->bytes.size > 0; made->bytes.size--)
        if (made->bytes.size % 8 != 4 && parsed(made) == 0)
            fail_msg("%zu bytes", made->bytes.size);
    assert_int_equal(-1, parsed(made));
}

static void more_large_offsets_than_objects_need_are_refused(void **state)
{
    struct made *made = *state;
    static const uint64_t many[3];

    buffer_clear(&made->bytes);
    write_index(&made->bytes, three, 3, many, 3);
    assert_int_equal(-1, parsed(made));
    assert_int_equal(ERROR_FORMAT, made->err.code);
}

static void a_table_that_falls_is_refused(void **state)
{
    struct made *made = *state;

    made->bytes.bytes[8 + 4 * 100 + 3] = 0;
    assert_int_equal(-1, parsed(made));
}

static void more_objects_than_there_are_bytes_for_are_refused(void **state)
{
    struct made *made = *state;

    memset(made->bytes.bytes + 8 + 4 * 255, 0xff, 4);
    assert_int_equal(-1, parsed(made));
    made->bytes.bytes[8 + 4 * 255] = 0;
    assert_int_equal(-1, parsed(made));
}

static void another_version_is_refused(void **state)
{
    struct made *made = *state;

    made->bytes.bytes[7] = 3;
    assert_int_equal(-1, parsed(made));
    made->bytes.bytes[7] = 2;
    made->bytes.bytes[0] = 0;
    assert_int_equal(-1, parsed(made));
}

static void ids_out_of_order_are_noticed(void **state)
{
    struct made *made = *state;

    made->bytes.bytes[made->index.ids + ID_SIZE + 5] = 1;
    assert_false(pack_index_is_sorted(&made->index));
}

static void an_id_that_the_table_has_elsewhere_is_noticed(void **state)
{
    struct made *made = *state;

    made->bytes.bytes[made->index.ids] = 0;
    assert_false(pack_index_is_sorted(&made->index));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_tells_ids_and_offsets),
        TEST(it_tells_the_checksum_of_an_entry),
        TEST(an_offset_may_have_64_bits),
        TEST(an_offset_behind_the_large_ones_is_none),
        TEST(an_id_is_found_and_another_is_not),
        TEST(a_byte_more_or_less_is_refused),
        TEST(more_large_offsets_than_objects_need_are_refused),
        TEST(a_table_that_falls_is_refused),
        TEST(more_objects_than_there_are_bytes_for_are_refused),
        TEST(another_version_is_refused),
        TEST(ids_out_of_order_are_noticed),
        TEST(an_id_that_the_table_has_elsewhere_is_noticed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

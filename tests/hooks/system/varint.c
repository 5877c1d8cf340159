#include "tests/test.h"

#include <string.h>

#include "hooks/system/varint.h"

static void numbers_come_back_as_they_were(void **state)
{
    static const uint64_t numbers[] = { 0,       1,          0x7f,
                                        0x80,    0x3fff,     0x4000,
                                        1000000, UINT32_MAX, UINT64_MAX };
    struct buffer bytes = BUFFER_EMPTY;
    struct varint_reader reader;

    (void)state;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        varint_put(&bytes, numbers[i]);
    varint_put_text(&bytes, TEXT("text"));
    reader = (struct varint_reader){ .rest = buffer_view(&bytes) };
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        assert_true(varint_take(&reader) == numbers[i]);
    assert_true(text_equal(TEXT("text"), varint_take_text(&reader)));
    assert_false(reader.bad);
    assert_int_equal(0, reader.rest.size);
    buffer_release(&bytes);
}

static void expect_bad(struct text bytes,
                       void (*take)(struct varint_reader *reader))
{
    struct varint_reader reader = { .rest = bytes };

    take(&reader);
    assert_true(reader.bad);
    assert_true(varint_take(&reader) == 0);
    assert_int_equal(0, varint_take_bytes(&reader, 1).size);
}

static void take_number(struct varint_reader *reader)
{
    assert_true(varint_take(reader) == 0);
}

static void take_digit(struct varint_reader *reader)
{
    assert_int_equal(0, varint_take_below(reader, 10));
}

static void take_all(struct varint_reader *reader)
{
    assert_int_equal(0, varint_take_count(reader));
}

static void take_text(struct varint_reader *reader)
{
    assert_int_equal(0, varint_take_text(reader).size);
}

static void what_is_not_there_or_too_large_is_bad(void **state)
{
    (void)state;
    expect_bad(TEXT_EMPTY, take_number);
    expect_bad(TEXT("\x80"), take_number);
    expect_bad(TEXT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
               take_number);
    expect_bad(TEXT("\x0a"), take_digit);
    expect_bad(TEXT("\x03 a"), take_all);
    expect_bad(TEXT("\x05 abc"), take_text);
    expect_bad(TEXT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01z"), take_text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_back_as_they_were),
        cmocka_unit_test(what_is_not_there_or_too_large_is_bad),
    };

    return cmocka_run_group_tests_name("hooks/system/varint", tests, NULL,
                                       NULL);
}

#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"

static void all_ways_to_add_end_up_one_behind_the_other(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;

    (void)state;
    buffer_append(&buffer, "a\0b", 3);
    buffer_text(&buffer, TEXT("cd"));
    buffer_string(&buffer, "ef");
    buffer_byte(&buffer, 'g');
    buffer_format(&buffer, "%d%s", 42, "h");
    memcpy(buffer_extend(&buffer, 2), "ij", 2);
    assert_int_equal(13, buffer.size);
    assert_memory_equal("a\0bcdefg42hij", buffer.bytes, 14);
    buffer_release(&buffer);
}

static void there_is_always_a_nul_behind(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;

    (void)state;
    for (size_t size = 1; size < 300; size++) {
        buffer_byte(&buffer, 'x');
        assert_int_equal(size, strlen(buffer.bytes));
        assert_true(buffer.room > buffer.size);
    }
    buffer_release(&buffer);
}

static void nothing_added_is_nothing_held(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;

    (void)state;
    buffer_append(&buffer, NULL, 0);
    buffer_text(&buffer, TEXT_EMPTY);
    buffer_string(&buffer, "");
    buffer_format(&buffer, "%s", "");
    assert_null(buffer.bytes);
    assert_int_equal(0, buffer_view(&buffer).size);
    assert_non_null(buffer_view(&buffer).bytes);
}

static void a_cleared_buffer_starts_again_in_the_same_memory(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;
    const char *bytes;

    (void)state;
    buffer_clear(&buffer);
    buffer_string(&buffer, "abc");
    bytes = buffer.bytes;
    buffer_clear(&buffer);
    assert_string_equal("", buffer.bytes);
    buffer_string(&buffer, "de");
    assert_string_equal("de", buffer.bytes);
    assert_ptr_equal(bytes, buffer.bytes);
    buffer_release(&buffer);
}

static void detached_bytes_are_the_caller_s(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;
    char *string, *empty;

    (void)state;
    buffer_string(&buffer, "abc");
    string = buffer_detach(&buffer);
    assert_null(buffer.bytes);
    assert_int_equal(0, buffer.size);
    empty = buffer_detach(&buffer);
    assert_string_equal("abc", string);
    assert_string_equal("", empty);
    free(string);
    free(empty);
}

static void a_long_format_is_not_cut(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;

    (void)state;
    buffer_format(&buffer, "%*d|%*d", 5000, 1, 5000, 2);
    assert_int_equal(10001, buffer.size);
    assert_string_equal("2", buffer.bytes + 10000);
    buffer_release(&buffer);
}

static void releasing_twice_is_harmless(void **state)
{
    struct buffer buffer = BUFFER_EMPTY;

    (void)state;
    buffer_release(&buffer);
    buffer_string(&buffer, "abc");
    buffer_release(&buffer);
    buffer_release(&buffer);
    assert_null(buffer.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_ways_to_add_end_up_one_behind_the_other),
        cmocka_unit_test(there_is_always_a_nul_behind),
        cmocka_unit_test(nothing_added_is_nothing_held),
        cmocka_unit_test(a_cleared_buffer_starts_again_in_the_same_memory),
        cmocka_unit_test(detached_bytes_are_the_caller_s),
        cmocka_unit_test(a_long_format_is_not_cut),
        cmocka_unit_test(releasing_twice_is_harmless),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

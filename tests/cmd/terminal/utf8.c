#include "tests/test.h"

#include "cmd/terminal/utf8.h"

static const struct {
    const char *what, *bytes;
    uint32_t value; /* UTF8_REPLACEMENT: not valid */
    size_t size;
} points[] = {
    { "the last of one byte", "\x7F", 0x7F, 1 },
    { "the first of two", "\xC2\x80", 0x80, 2 },
    { "the last of two", "\xDF\xBF", 0x7FF, 2 },
    { "the first of three", "\xE0\xA0\x80", 0x800, 3 },
    { "the last before the surrogates", "\xED\x9F\xBF", 0xD7FF, 3 },
    { "the first behind them", "\xEE\x80\x80", 0xE000, 3 },
    { "the last of three", "\xEF\xBF\xBF", 0xFFFF, 3 },
    { "the first of four", "\xF0\x90\x80\x80", 0x10000, 4 },
    { "the last of all", "\xF4\x8F\xBF\xBF", 0x10FFFF, 4 },
    { "one over", "\xF4\x90\x80\x80", UTF8_REPLACEMENT, 1 },
    { "a lead byte that never is", "\xF5\x80\x80\x80", UTF8_REPLACEMENT, 1 },
    { "a continuation alone", "\x80", UTF8_REPLACEMENT, 1 },
    { "two bytes that are overlong", "\xC1\xBF", UTF8_REPLACEMENT, 1 },
    { "three that are", "\xE0\x9F\xBF", UTF8_REPLACEMENT, 1 },
    { "four that are", "\xF0\x8F\xBF\xBF", UTF8_REPLACEMENT, 1 },
    { "a surrogate", "\xED\xA0\x80", UTF8_REPLACEMENT, 1 },
    { "two of three bytes are one subpart", "\xE2\x82", UTF8_REPLACEMENT, 2 },
    { "and end at another byte", "\xE2\x82x", UTF8_REPLACEMENT, 2 },
    { "three of four", "\xF0\x9F\x98", UTF8_REPLACEMENT, 3 },
    { "and end at a lead byte", "\xF0\x9F\x98\xC3", UTF8_REPLACEMENT, 3 },
    { "a lead byte at the end", "\xC3", UTF8_REPLACEMENT, 1 },
};

static void sequences_are_those_of_the_standard(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++) {
        struct code_point point = utf8_next(text_of(points[i].bytes), 0);
        bool valid = points[i].value != UTF8_REPLACEMENT;

        if (point.value != points[i].value || point.size != points[i].size ||
            point.valid != valid)
            fail_msg("%s: got U+%04X of %zu bytes, valid %d", points[i].what,
                     (unsigned)point.value, (size_t)point.size, point.valid);
    }
}

static void the_replacement_character_itself_is_valid(void **state)
{
    struct code_point point = utf8_next(TEXT("\xEF\xBF\xBD"), 0);

    (void)state;
    assert_int_equal(UTF8_REPLACEMENT, point.value);
    assert_true(point.valid);
}

static size_t encode(char bytes[4], uint32_t value)
{
    static const unsigned char leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    size_t size = value < 0x80      ? 1
                  : value < 0x800   ? 2
                  : value < 0x10000 ? 3
                                    : 4;

    for (size_t i = size; i-- > 1; value >>= 6)
        bytes[i] = (char)(0x80 | (value & 0x3F));
    bytes[0] = (char)(leads[size] | value);
    return size;
}

static void every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t value = 0; value <= 0x10FFFF; value++) {
        bool surrogate = value >= 0xD800 && value <= 0xDFFF;
        char bytes[4];
        struct text text = { bytes, encode(bytes, value) };
        struct code_point point = utf8_next(text, 0);

        if (surrogate ? point.valid
                      : !point.valid || point.value != value ||
                            point.size != text.size)
            fail_msg("U+%04X: got U+%04X", (unsigned)value,
                     (unsigned)point.value);
    }
}

static void a_sequence_is_not_read_over_the_end(void **state)
{
    (void)state;
    assert_int_equal(1, utf8_next((struct text){ "\xC3\xA4", 1 }, 0).size);
    assert_false(utf8_next((struct text){ "a\xC3\xA4", 2 }, 1).valid);
}

static void a_text_is_valid_if_all_of_it_is(void **state)
{
    (void)state;
    assert_true(utf8_is_valid(TEXT_EMPTY));
    assert_true(utf8_is_valid(TEXT("aä日\0😀")));
    assert_false(utf8_is_valid(TEXT("aä\xFF")));
    assert_false(utf8_is_valid(TEXT("ab\xC3")));
}

static const struct {
    uint32_t value;
    unsigned columns;
} widths[] = {
    { 'a', 1 },     { 0xE4, 1 },    { 0x02FF, 1 },  { 0x0300, 0 },
    { 0x036F, 0 },  { 0x0370, 1 },  { 0x10FF, 1 },  { 0x1100, 2 },
    { 0x200B, 0 },  { 0x2026, 1 },  { 0x3000, 2 },  { 0x4E00, 2 },
    { 0xAC00, 2 },  { 0xFF01, 2 },  { 0xFF61, 1 },  { 0x1F600, 2 },
    { 0x20000, 2 }, { 0x3FFFD, 2 }, { 0xE0100, 0 }, { 0x10FFFF, 1 },
};

static void characters_have_no_column_one_or_two(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++)
        if (utf8_width(widths[i].value) != widths[i].columns)
            fail_msg("U+%04X has %u columns", (unsigned)widths[i].value,
                     utf8_width(widths[i].value));
}

static void controls_are_named_and_their_neighbours_are_none(void **state)
{
    static const uint32_t controls[] = {
        0,      0x1B,   0x1F,   0x7F,   0x9F,   0x061C, 0x200E, 0x200F,
        0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF
    };
    static const uint32_t others[] = { 0x20,   0x7E,   0xA0,   0x061B,  0x061D,
                                       0x200D, 0x2010, 0x2027, 0x202F,  0x2065,
                                       0x206A, 0xFEFE, 0xFF00, 0x10FFFF };

    (void)state;
    for (size_t i = 0; i < sizeof(controls) / sizeof(*controls); i++)
        if (!utf8_is_control(controls[i]))
            fail_msg("U+%04X gets through", (unsigned)controls[i]);
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        if (utf8_is_control(others[i]))
            fail_msg("U+%04X does not", (unsigned)others[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sequences_are_those_of_the_standard),
        cmocka_unit_test(the_replacement_character_itself_is_valid),
        cmocka_unit_test(every_code_point_comes_back),
        cmocka_unit_test(a_sequence_is_not_read_over_the_end),
        cmocka_unit_test(a_text_is_valid_if_all_of_it_is),
        cmocka_unit_test(characters_have_no_column_one_or_two),
        cmocka_unit_test(controls_are_named_and_their_neighbours_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

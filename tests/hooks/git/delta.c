#include "tests/test.h"

#include <string.h>

#include "hooks/git/delta.h"

#define BYTES(literal)                                                         \
    {                                                                          \
        (literal), sizeof(literal) - 1                                         \
    }
#define BASE "0123456789abcdef"

/* What a delta makes of BASE; NULL result: it is refused. */
static const struct {
    const char *what;
    struct text delta;
    const char *result;
} rows[] = {
    { "insert", BYTES("\x10\x03\x03xyz"), "xyz" },
    { "copy with an offset and a size", BYTES("\x10\x03\x91\x0a\x03"), "abc" },
    { "copy without an offset", BYTES("\x10\x02\x90\x02"), "01" },
    { "copy up to the end", BYTES("\x10\x06\x91\x0a\x06"), "abcdef" },
    { "several", BYTES("\x10\x05\x90\x02\x01-\x91\x0e\x02"), "01-ef" },
    { "nothing makes nothing", BYTES("\x10\x00"), "" },
    { "copy over the end", BYTES("\x10\x07\x91\x0a\x07"), NULL },
    { "copy from behind the end", BYTES("\x10\x01\x91\x11\x01"), NULL },
    { "copy of 65536", BYTES("\x10\x03\x80"), NULL },
    { "instruction zero", BYTES("\x10\x01\x00"), NULL },
    { "insert that is cut off", BYTES("\x10\x03\x03xy"), NULL },
    { "copy that is cut off", BYTES("\x10\x03\x91\x0a"), NULL },
    { "more than it says", BYTES("\x10\x02\x03xyz"), NULL },
    { "less than it says", BYTES("\x10\x04\x03xyz"), NULL },
    { "for another base", BYTES("\x11\x03\x03xyz"), NULL },
    { "no sizes", BYTES(""), NULL },
    { "one size", BYTES("\x10"), NULL },
    { "a size without an end", BYTES("\x10\xff\xff"), NULL },
    { "a size of more than 64 bits",
      BYTES("\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), NULL },
};

static void a_delta_makes_what_it_says_or_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char out[16] = "";
        size_t base_size, size = 0;
        bool applied = delta_sizes(rows[i].delta, &base_size, &size) &&
                       size < sizeof(out) &&
                       delta_apply(out, size, TEXT(BASE), rows[i].delta);

        if (applied != (rows[i].result != NULL) ||
            (applied && (size != strlen(rows[i].result) ||
                         memcmp(out, rows[i].result, size) != 0)))
            fail_msg("%s: %s '%s'", rows[i].what, applied ? "made" : "refused",
                     out);
    }
}

static void instructions_one_by_one_make_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct delta_reader reader;
        struct text part;
        char out[64];
        size_t size = 0;
        int next = delta_open(&reader, TEXT(BASE), rows[i].delta) ? 1 : -1;

        while (next == 1 && (next = delta_next(&reader, &part)) == 1) {
            assert_in_range(part.size, 1, sizeof(out) - size);
            memcpy(out + size, part.bytes, part.size);
            size += part.size;
        }
        if (rows[i].result && (next < 0 || size != strlen(rows[i].result) ||
                               memcmp(out, rows[i].result, size) != 0))
            fail_msg("%s", rows[i].what);
    }
}

static void sizes_have_seven_bits_a_byte(void **state)
{
    size_t base_size, size;

    (void)state;
    assert_true(delta_sizes(TEXT("\x80\x01\xff\x7f"), &base_size, &size));
    assert_int_equal(128, base_size);
    assert_int_equal(16383, size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_delta_makes_what_it_says_or_is_refused),
        cmocka_unit_test(instructions_one_by_one_make_the_same),
        cmocka_unit_test(sizes_have_seven_bits_a_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

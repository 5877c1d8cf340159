#include "tests/test.h"

#include "hooks/git/inflate.h"

/* "hello hello hello\n" as zlib writes it. */
#define STREAM                                                                 \
    "\x78\x9c\xcb\x48\xcd\xc9\xc9\x57\xc8\x40\x90\x5c\x00\x40\xb5\x06\x87"
#define PLAIN "hello hello hello\n"
#define SIZE  (sizeof(PLAIN) - 1)

static bool inflates(struct text deflated, char *out, size_t size)
{
    struct inflater *inflater = inflater_open();
    bool result = inflate_exact(inflater, &deflated, out, size);

    inflater_close(inflater);
    return result;
}

static void a_stream_of_the_right_size_is_inflated(void **state)
{
    char out[SIZE];

    (void)state;
    assert_true(inflates(TEXT(STREAM), out, SIZE));
    assert_memory_equal(PLAIN, out, SIZE);
}

static void a_stream_is_cut_from_what_follows(void **state)
{
    struct inflater *inflater = inflater_open();
    struct text deflated = TEXT(STREAM "more");
    char out[SIZE];

    (void)state;
    assert_true(inflate_exact(inflater, &deflated, out, SIZE));
    assert_int_equal(sizeof(STREAM) - 1, deflated.size);
    inflater_close(inflater);
}

static void the_checksum_is_that_of_zip(void **state)
{
    (void)state;
    assert_true(inflate_checksum(TEXT("123456789")) == 0xcbf43926);
}

static void what_follows_the_stream_does_not_matter(void **state)
{
    char out[SIZE];

    (void)state;
    assert_true(inflates(TEXT(STREAM "more"), out, SIZE));
}

static void any_other_size_is_refused(void **state)
{
    char out[SIZE + 1];

    (void)state;
    assert_false(inflates(TEXT(STREAM), out, SIZE - 1));
    assert_false(inflates(TEXT(STREAM), out, SIZE + 1));
}

static void a_stream_that_is_cut_or_changed_is_refused(void **state)
{
    char out[SIZE], stream[] = STREAM;

    (void)state;
    for (size_t i = 0; i < sizeof(STREAM) - 1; i++) {
        assert_false(inflates((struct text){ stream, i }, out, SIZE));
        stream[i] ^= 1;
        assert_false(inflates(TEXT(stream), out, SIZE));
        stream[i] ^= 1;
    }
}

static void
a_stream_of_unknown_size_is_inflated_where_there_is_room(void **state)
{
    struct inflater *inflater = inflater_open();
    char out[SIZE + 8];
    size_t size;

    (void)state;
    assert_int_equal(INFLATE_DONE, inflate_all(inflater, TEXT(STREAM), out,
                                               sizeof(out), &size));
    assert_int_equal(SIZE, size);
    assert_int_equal(INFLATE_DONE,
                     inflate_all(inflater, TEXT(STREAM), out, SIZE, &size));
    assert_int_equal(INFLATE_LARGER,
                     inflate_all(inflater, TEXT(STREAM), out, SIZE - 1, &size));
    assert_int_equal(INFLATE_DAMAGED, inflate_all(inflater, TEXT(STREAM "x"),
                                                  out, sizeof(out), &size));
    assert_int_equal(INFLATE_DAMAGED,
                     inflate_all(inflater, TEXT("x"), out, SIZE, &size));
    inflater_close(inflater);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_of_the_right_size_is_inflated),
        cmocka_unit_test(a_stream_is_cut_from_what_follows),
        cmocka_unit_test(the_checksum_is_that_of_zip),
        cmocka_unit_test(what_follows_the_stream_does_not_matter),
        cmocka_unit_test(any_other_size_is_refused),
        cmocka_unit_test(a_stream_that_is_cut_or_changed_is_refused),
        cmocka_unit_test(
            a_stream_of_unknown_size_is_inflated_where_there_is_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include "core/base/text.h"

static const struct text nothing = { "", 0 }, unset = { NULL, 0 };

static const struct {
    const char *what;
    struct text a, b;
    int order; /* of a and b: -1, 0 or 1 */
    bool starts, ends;
} pairs[] = {
    { "equal", { "abc", 3 }, { "abc", 3 }, 0, true, true },
    { "nothing and nothing", { "", 0 }, { "", 0 }, 0, true, true },
    { "nothing, at no place", { NULL, 0 }, { NULL, 0 }, 0, true, true },
    { "no place and nothing", { NULL, 0 }, { "", 0 }, 0, true, true },
    { "something and nothing", { "a", 1 }, { "", 0 }, 1, true, true },
    { "nothing and something", { "", 0 }, { "a", 1 }, -1, false, false },
    { "the shorter is before", { "ab", 2 }, { "abc", 3 }, -1, false, false },
    { "the start", { "abc", 3 }, { "ab", 2 }, 1, true, false },
    { "the end", { "abc", 3 }, { "bc", 2 }, -1, false, true },
    { "the middle", { "abcd", 4 }, { "bc", 2 }, -1, false, false },
    { "bytes are not signed", { "\x7F", 1 }, { "\x80", 1 }, -1, false, false },
    { "behind a NUL byte", { "a\0b", 3 }, { "a\0c", 3 }, -1, false, false },
    { "with a NUL byte", { "a\0b", 3 }, { "a\0", 2 }, 1, true, false },
    { "a NUL byte counts", { "a\0", 2 }, { "a", 1 }, 1, true, false },
};

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

static void bytes_decide_and_then_the_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        struct text a = pairs[i].a, b = pairs[i].b;

        if (sign(text_compare(a, b)) != pairs[i].order ||
            sign(text_compare(b, a)) != -pairs[i].order)
            fail_msg("%s: got %d and %d, want %d", pairs[i].what,
                     text_compare(a, b), text_compare(b, a), pairs[i].order);
        if (text_equal(a, b) != (pairs[i].order == 0))
            fail_msg("%s: equal is %d", pairs[i].what, text_equal(a, b));
    }
}

static void a_start_and_an_end_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        bool starts = text_starts_with(pairs[i].a, pairs[i].b);
        bool ends = text_ends_with(pairs[i].a, pairs[i].b);

        if (starts != pairs[i].starts || ends != pairs[i].ends)
            fail_msg("%s: starts %d, ends %d", pairs[i].what, starts, ends);
    }
}

static void a_slice_is_within_and_may_be_empty(void **state)
{
    struct text text = TEXT("abc");

    (void)state;
    assert_true(text_equal(TEXT("b"), text_slice(text, 1, 2)));
    assert_true(text_equal(text, text_slice(text, 0, 3)));
    assert_true(text_equal(nothing, text_slice(text, 3, 3)));
    assert_true(text_equal(nothing, text_slice(unset, 0, 0)));
}

static void a_byte_is_found_from_a_place_on(void **state)
{
    struct text text = TEXT("a.b.\0.");

    (void)state;
    assert_int_equal(1, text_find(text, '.', 0));
    assert_int_equal(1, text_find(text, '.', 1));
    assert_int_equal(3, text_find(text, '.', 2));
    assert_int_equal(5, text_find(text, '.', 4));
    assert_int_equal(4, text_find(text, '\0', 0));
}

static void what_is_not_there_is_at_the_end(void **state)
{
    (void)state;
    assert_int_equal(3, text_find(TEXT("abc"), 'x', 0));
    assert_int_equal(3, text_find(TEXT("abc"), 'c', 3));
    assert_int_equal(0, text_find(unset, 'x', 0));
}

static void a_string_is_a_text_without_its_end(void **state)
{
    (void)state;
    assert_true(text_equal(TEXT("abc"), text_of("abc")));
    assert_int_equal(0, text_of("").size);
}

static void a_folder_is_what_stands_before_the_last_slash(void **state)
{
    (void)state;
    assert_true(text_equal(TEXT("a/b"), text_folder(TEXT("a/b/c.py"))));
    assert_true(text_equal(TEXT(""), text_folder(TEXT("c.py"))));
    assert_true(text_equal(TEXT(""), text_folder(TEXT(""))));
    assert_true(text_equal(TEXT("a"), text_folder(TEXT("a/"))));
}

static void names_are_letters_digits_and_what_is_not_ascii(void **state)
{
    (void)state;
    assert_true(text_is_word('a') && text_is_word('Z') && text_is_word('0') &&
                text_is_word('_') && text_is_word('\x80'));
    assert_false(text_is_word('.') || text_is_word(' ') || text_is_word('\0'));
}

static void ascii_is_without_a_high_byte(void **state)
{
    (void)state;
    assert_true(text_is_ascii(TEXT_EMPTY));
    assert_true(text_is_ascii(TEXT("mktemp\x7f")));
    assert_false(text_is_ascii(TEXT("mk\x80")));
    assert_false(text_is_ascii(TEXT("\xff")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_what_stands_before_the_last_slash),
        cmocka_unit_test(names_are_letters_digits_and_what_is_not_ascii),
        cmocka_unit_test(bytes_decide_and_then_the_size),
        cmocka_unit_test(a_start_and_an_end_are_told),
        cmocka_unit_test(a_slice_is_within_and_may_be_empty),
        cmocka_unit_test(a_byte_is_found_from_a_place_on),
        cmocka_unit_test(what_is_not_there_is_at_the_end),
        cmocka_unit_test(a_string_is_a_text_without_its_end),
        cmocka_unit_test(ascii_is_without_a_high_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

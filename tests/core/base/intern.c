#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "core/base/intern.h"

#define MANY 5000

static struct text name_of(char name[16], unsigned i)
{
    snprintf(name, 16, "name %u", i * 2654435761U);
    return text_of(name);
}

static void numbers_count_from_0_in_order_of_arrival(void **state)
{
    struct intern intern = INTERN_EMPTY;
    char name[16];

    (void)state;
    for (unsigned i = 0; i < MANY; i++)
        assert_int_equal(i, intern_add(&intern, name_of(name, i)));
    assert_int_equal(MANY, intern_count(&intern));
    for (unsigned i = 0; i < MANY; i++) {
        assert_int_equal(i, intern_add(&intern, name_of(name, i)));
        assert_int_equal(i, intern_find(&intern, name_of(name, i)));
        assert_true(text_equal(name_of(name, i), intern_text(&intern, i)));
    }
    assert_int_equal(MANY, intern_count(&intern));
    intern_release(&intern);
}

static void what_was_not_added_has_no_number(void **state)
{
    struct intern intern = INTERN_EMPTY;

    (void)state;
    assert_int_equal(INTERN_NONE, intern_find(&intern, TEXT("a")));
    intern_add(&intern, TEXT("a"));
    assert_int_equal(INTERN_NONE, intern_find(&intern, TEXT("b")));
    assert_int_equal(INTERN_NONE, intern_find(&intern, TEXT("a\0")));
    intern_release(&intern);
}

static void nothing_is_a_string_too_and_bytes_may_be_nul(void **state)
{
    struct intern intern = INTERN_EMPTY;

    (void)state;
    assert_int_equal(0, intern_add(&intern, TEXT_EMPTY));
    assert_int_equal(1, intern_add(&intern, TEXT("\0")));
    assert_int_equal(2, intern_add(&intern, TEXT("\0\0")));
    assert_int_equal(0, intern_find(&intern, TEXT_EMPTY));
    assert_int_equal(0, intern_find(&intern, (struct text){ .bytes = NULL }));
    assert_int_equal(1, intern_find(&intern, TEXT("\0")));
    assert_int_equal(0, intern_text(&intern, 0).size);
    assert_int_equal(2, intern_text(&intern, 2).size);
    intern_release(&intern);
}

static void neighbours_are_not_glued_together(void **state)
{
    struct intern intern = INTERN_EMPTY;

    (void)state;
    intern_add(&intern, TEXT("ab"));
    intern_add(&intern, TEXT("c"));
    assert_int_equal(2, intern_add(&intern, TEXT("a")));
    assert_int_equal(3, intern_add(&intern, TEXT("bc")));
    intern_release(&intern);
}

static void all_bytes_lie_one_behind_the_other(void **state)
{
    struct intern intern = INTERN_EMPTY;

    (void)state;
    assert_int_equal(0, intern_all(&intern).size);
    intern_add(&intern, TEXT("ab"));
    intern_add(&intern, TEXT("c"));
    intern_add(&intern, TEXT("ab"));
    assert_true(text_equal(TEXT("abc"), intern_all(&intern)));
    intern_release(&intern);
}

static void a_released_one_starts_again(void **state)
{
    struct intern intern = INTERN_EMPTY;

    (void)state;
    intern_add(&intern, TEXT("a"));
    intern_release(&intern);
    intern_release(&intern);
    assert_int_equal(0, intern_count(&intern));
    assert_int_equal(0, intern_add(&intern, TEXT("b")));
    intern_release(&intern);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_count_from_0_in_order_of_arrival),
        cmocka_unit_test(what_was_not_added_has_no_number),
        cmocka_unit_test(nothing_is_a_string_too_and_bytes_may_be_nul),
        cmocka_unit_test(neighbours_are_not_glued_together),
        cmocka_unit_test(all_bytes_lie_one_behind_the_other),
        cmocka_unit_test(a_released_one_starts_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

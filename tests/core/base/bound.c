#include "tests/test.h"

#include "core/base/bound.h"

/* Every length up to 8, and in it every number of items that are below. */
static void the_first_that_is_not_below_is_found_in_any_length(void **state)
{
    (void)state;
    for (size_t count = 0; count <= 8; count++)
        for (size_t below = 0; below <= count; below++) {
            struct bound found = bound_in(0, count);

            while (bound_open(&found)) {
                assert_true(found.middle < count);
                bound_step(&found, found.middle < below);
            }
            assert_int_equal(below, found.low);
            assert_int_equal(below ? below - 1 : 0, bound_before(&found));
        }
}

static void only_the_given_part_is_looked_at(void **state)
{
    struct bound found = bound_in(3, 5);

    (void)state;
    while (bound_open(&found)) {
        assert_in_range(found.middle, 3, 4);
        bound_step(&found, true);
    }
    assert_int_equal(5, found.low);
}

static void numbers_up_to_the_largest_do_not_overflow(void **state)
{
    struct bound found = bound_in(SIZE_MAX - 2, SIZE_MAX);

    (void)state;
    while (bound_open(&found))
        bound_step(&found, found.middle < SIZE_MAX - 1);
    assert_int_equal(SIZE_MAX - 1, found.low);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_that_is_not_below_is_found_in_any_length),
        cmocka_unit_test(only_the_given_part_is_looked_at),
        cmocka_unit_test(numbers_up_to_the_largest_do_not_overflow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include "core/source/nest.h"

static void a_line_is_in_the_innermost_definition_left_of_it(void **state)
{
    struct nest nest = { .count = 0 };

    (void)state;
    assert_int_equal(IN_MODULE, nest_enter(&nest, 0));
    nest_define(&nest, 0, IN_CLASS);
    assert_int_equal(IN_CLASS, nest_enter(&nest, 4));
    nest_define(&nest, 4, IN_FUNCTION);
    assert_int_equal(IN_FUNCTION, nest_enter(&nest, 12));
    assert_int_equal(IN_FUNCTION, nest_enter(&nest, 8));
    assert_int_equal(IN_CLASS, nest_enter(&nest, 4));
    assert_int_equal(IN_MODULE, nest_enter(&nest, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_in_the_innermost_definition_left_of_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/daemon/rack.h"
#include "core/base/memory.h"

static struct text numbered(char name[32], unsigned number)
{
    int size = snprintf(name, 32, "row %u", number);

    return (struct text){ name, (size_t)size };
}

static void what_was_put_is_there(void **state)
{
    struct rack rack = RACK_EMPTY;
    struct text value;

    (void)state;
    assert_false(rack_get(&rack, TEXT("a"), &value));
    assert_true(rack_put(&rack, TEXT("a"), TEXT("one\0two")));
    assert_true(rack_put(&rack, TEXT("b"), TEXT("")));
    assert_true(rack_get(&rack, TEXT("a"), &value));
    assert_true(text_equal(TEXT("one\0two"), value));
    assert_true(rack_get(&rack, TEXT("b"), &value));
    assert_int_equal(0, value.size);
    assert_false(rack_get(&rack, TEXT("ab"), &value));
    rack_release(&rack);
}

static void only_what_is_new_is_news(void **state)
{
    struct rack rack = RACK_EMPTY;
    struct text value;

    (void)state;
    assert_true(rack_put(&rack, TEXT("a"), TEXT("1")));
    assert_false(rack_put(&rack, TEXT("a"), TEXT("1")));
    assert_true(rack_put(&rack, TEXT("a"), TEXT("2")));
    assert_true(rack_get(&rack, TEXT("a"), &value));
    assert_true(text_equal(TEXT("2"), value));
    assert_int_equal(1, rack.young.used);
    assert_int_equal(2, rack.young.size);
    rack_release(&rack);
}

static void many_rows_are_found_again(void **state)
{
    struct rack rack = RACK_EMPTY;
    char name[32];
    struct text value;

    (void)state;
    for (unsigned i = 0; i < 5000; i++)
        rack_put(&rack, numbered(name, i), numbered(name, i));
    for (unsigned i = 0; i < 5000; i++) {
        struct text key = numbered(name, i);

        assert_true(rack_get(&rack, key, &value));
        assert_true(text_equal(key, value));
    }
    rack_release(&rack);
}

static void it_never_holds_more_than_its_bound_and_the_oldest_go(void **state)
{
    const size_t size = (size_t)1 << 20;
    char *bytes = memory_new(size, 1), name[32];
    struct rack rack = RACK_EMPTY;
    struct text value;

    (void)state;
    for (unsigned i = 0; i < 100; i++) {
        rack_put(&rack, numbered(name, i), (struct text){ bytes, size });
        assert_true(rack.young.size + rack.old.size <= RACK_SIZE_MAX);
    }
    assert_true(rack_get(&rack, numbered(name, 99), &value));
    assert_true(rack_get(&rack, numbered(name, 85), &value));
    assert_false(rack_get(&rack, numbered(name, 50), &value));
    rack_release(&rack);
    free(bytes);
}

static void what_is_too_large_is_not_kept(void **state)
{
    char *bytes = memory_new(RACK_SIZE_MAX / 2, 1);
    struct rack rack = RACK_EMPTY;

    (void)state;
    assert_false(
        rack_put(&rack, TEXT("a"), (struct text){ bytes, RACK_SIZE_MAX / 2 }));
    assert_true(rack_put(&rack, TEXT("a"),
                         (struct text){ bytes, RACK_SIZE_MAX / 2 - 1 }));
    rack_release(&rack);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_there),
        cmocka_unit_test(only_what_is_new_is_news),
        cmocka_unit_test(many_rows_are_found_again),
        cmocka_unit_test(it_never_holds_more_than_its_bound_and_the_oldest_go),
        cmocka_unit_test(what_is_too_large_is_not_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

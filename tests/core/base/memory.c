#include "tests/test.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/memory.h"

#define MANY 1000

static void new_memory_is_zero(void **state)
{
    unsigned char *block = memory_new(MANY, 3);

    (void)state;
    for (size_t i = 0; i < (size_t)MANY * 3; i++)
        assert_int_equal(0, block[i]);
    free(block);
}

static void nothing_is_a_block_as_well(void **state)
{
    void *none = memory_new(0, 8), *empty = memory_resize(NULL, 0, 8);
    char *copy = memory_copy(NULL, 0);

    (void)state;
    assert_non_null(none);
    assert_non_null(empty);
    assert_string_equal("", copy);
    free(none);
    free(empty);
    free(copy);
}

static void a_copy_keeps_nul_bytes_and_ends_with_one(void **state)
{
    char *copy = memory_copy("a\0b", 3);

    (void)state;
    assert_memory_equal("a\0b", copy, 4);
    free(copy);
}

static void a_block_keeps_its_bytes_when_it_grows(void **state)
{
    char *block = memory_copy("abc", 3);

    (void)state;
    block = memory_resize(block, MANY, MANY);
    assert_string_equal("abc", block);
    free(block);
}

static void a_large_block_is_like_a_small_one(void **state)
{
    const size_t size = (size_t)9 << 20;
    unsigned char *block = memory_new(3, size / 3);

    (void)state;
    for (size_t i = 0; i < size; i += 511)
        assert_int_equal(0, block[i]);
    memset(block, 7, size);
    block = memory_resize(block, 2, size);
    for (size_t i = 0; i < size; i += 511)
        assert_int_equal(7, block[i]);
    block[2 * size - 1] = 1;
    errno = EINTR;
    block = memory_resize(block, 1, size);
    assert_int_equal(EINTR, errno);
    assert_int_equal(7, block[size - 1]);
    free(block);
}

struct numbers {
    struct number {
        uint32_t value;
        char filler[5];
    } * at;
    size_t at_count, at_room;
};

static void an_array_grows_and_what_is_new_is_zero(void **state)
{
    struct numbers numbers = { .at = NULL };

    (void)state;
    for (uint32_t i = 0; i < MANY; i++) {
        struct number *number = ARRAY_PUSH(numbers.at);

        assert_int_equal(0, number->value);
        memset(number, 0xFF, sizeof(*number));
        number->value = i;
    }
    assert_int_equal(MANY, numbers.at_count);
    assert_true(numbers.at_room >= numbers.at_count);
    for (uint32_t i = 0; i < MANY; i++)
        assert_int_equal(i, numbers.at[i].value);
    free(numbers.at);
}

static void what_was_taken_off_is_zero_when_it_comes_back(void **state)
{
    struct numbers numbers = { .at = NULL };

    (void)state;
    ARRAY_PUSH(numbers.at)->value = 7;
    numbers.at_count--;
    assert_int_equal(0, ARRAY_PUSH(numbers.at)->value);
    free(numbers.at);
}

static void ask_for_too_much(void)
{
    const struct rlimit no_core = { 0, 0 };

    setrlimit(RLIMIT_CORE, &no_core);
    free(memory_resize(NULL, SIZE_MAX / 2, 3));
}

static void a_size_that_wraps_ends_the_program(void **state)
{
    pid_t child = fork();
    int status;

    (void)state;
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        ask_for_too_much();
        _exit(0);
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    assert_true(WIFSIGNALED(status));
    assert_int_equal(SIGABRT, WTERMSIG(status));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_memory_is_zero),
        cmocka_unit_test(nothing_is_a_block_as_well),
        cmocka_unit_test(a_copy_keeps_nul_bytes_and_ends_with_one),
        cmocka_unit_test(a_block_keeps_its_bytes_when_it_grows),
        cmocka_unit_test(a_large_block_is_like_a_small_one),
        cmocka_unit_test(an_array_grows_and_what_is_new_is_zero),
        cmocka_unit_test(what_was_taken_off_is_zero_when_it_comes_back),
        cmocka_unit_test(a_size_that_wraps_ends_the_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

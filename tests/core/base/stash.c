#include "tests/test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/stash.h"

static void *value_of(const char *what)
{
    return memory_copy(what, strlen(what));
}

static void put(struct stash *stash, const char *key, const char *what)
{
    stash_put(stash, stash_hash(text_of(key)), text_of(key), value_of(what), 1);
}

static const char *get(struct stash *stash, const char *key)
{
    const char *value =
        stash_get(stash, stash_hash(text_of(key)), text_of(key));

    return value ? value : "";
}

static void what_was_put_is_got(void **state)
{
    struct stash *stash = stash_open(1 << 20, free);

    (void)state;
    put(stash, "a", "1");
    put(stash, "b", "2");
    assert_string_equal("1", get(stash, "a"));
    assert_string_equal("2", get(stash, "b"));
    assert_string_equal("", get(stash, "c"));
    stash_close(stash);
    stash_close(NULL);
}

static void an_equal_hash_alone_is_no_key(void **state)
{
    struct stash *stash = stash_open(1 << 20, free);

    (void)state;
    stash_put(stash, 7, TEXT("ab"), value_of("1"), 1);
    assert_null(stash_get(stash, 7, TEXT("ac")));
    assert_null(stash_get(stash, 7, TEXT("abc")));
    assert_null(stash_get_start(stash, 7, TEXT("a")));
    assert_non_null(stash_get_start(stash, 7, TEXT("abc")));
    assert_null(stash_get(stash, 8, TEXT("ab")));
    stash_close(stash);
}

static void very_many_keys_of_one_hash_are_forgotten_not_searched(void **state)
{
    struct stash *stash = stash_open(1 << 20, free);
    char key[2] = "a";

    (void)state;
    for (; key[0] <= 'z'; key[0]++)
        stash_put(stash, 7, text_of(key), value_of(key), 1);
    assert_null(stash_get(stash, 7, TEXT("a")));
    assert_non_null(stash_get(stash, 7, TEXT("z")));
    stash_close(stash);
}

static void over_its_size_it_starts_anew_when_nobody_is_in_it(void **state)
{
    struct stash *stash = stash_open(1000, free);
    const char *value;

    (void)state;
    stash_enter(stash);
    put(stash, "a", "1");
    value = get(stash, "a");
    stash_put(stash, 1, TEXT("b"), value_of("2"), 1000);
    assert_string_equal("1", value);
    assert_string_equal("1", get(stash, "a"));
    stash_leave(stash);
    stash_enter(stash);
    assert_string_equal("", get(stash, "a"));
    stash_leave(stash);
    stash_close(stash);
}

static void hashes_see_each_byte_and_the_size(void **state)
{
    char bytes[100] = { 0 };
    uint64_t none = stash_hash((struct text){ bytes, sizeof(bytes) });

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = 1;
        if (stash_hash((struct text){ bytes, sizeof(bytes) }) == none)
            fail_msg("byte %zu does not count", i);
        bytes[i] = 0;
        if (stash_hash((struct text){ bytes, i }) == none)
            fail_msg("%zu zeroes are as many", i);
    }
}

static void *use(void *payload)
{
    struct stash *stash = payload;
    char key[16];

    for (int i = 0; i < 5000; i++) {
        snprintf(key, sizeof(key), "%d", i % 50);
        stash_enter(stash);
        if (!*get(stash, key))
            put(stash, key, key);
        assert_string_equal(key, get(stash, key));
        stash_leave(stash);
    }
    return NULL;
}

static void threads_share_it(void **state)
{
    struct stash *stash = stash_open(1500, free);
    pthread_t other;

    (void)state;
    assert_int_equal(0, pthread_create(&other, NULL, use, stash));
    use(stash);
    assert_int_equal(0, pthread_join(other, NULL));
    stash_close(stash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_got),
        cmocka_unit_test(an_equal_hash_alone_is_no_key),
        cmocka_unit_test(very_many_keys_of_one_hash_are_forgotten_not_searched),
        cmocka_unit_test(over_its_size_it_starts_anew_when_nobody_is_in_it),
        cmocka_unit_test(hashes_see_each_byte_and_the_size),
        cmocka_unit_test(threads_share_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/daemon/keeper.h"
#include "store/store.h"

static char folder[64], state_folder[80];
static const struct store_place place = { folder, state_folder, "test" };

static int setup(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/tmpguard-test.XXXXXX");
    snprintf(state_folder, sizeof(state_folder), "%s.state", folder);
    return mkdtemp(folder) ? 0 : -1;
}

static int teardown(void **state)
{
    char path[96];
    struct error err;

    (void)state;
    store_clear(folder, &err);
    snprintf(path, sizeof(path), "%s/cache.lock", folder);
    unlink(path);
    rmdir(folder);
    snprintf(path, sizeof(path), "%s/cache.key", state_folder);
    unlink(path);
    rmdir(state_folder);
    return 0;
}

static struct keeper made(void)
{
    return (struct keeper){ .place = place };
}

static void what_is_kept_is_there_for_the_next_one(void **state)
{
    struct keeper keeper = made();
    struct buffer value = BUFFER_EMPTY;

    (void)state;
    keeper_put(&keeper, TEXT("key"), TEXT("value"));
    keeper_release(&keeper);
    keeper = made();
    assert_int_equal(0, keeper_get(&keeper, TEXT("other"), &value));
    assert_int_equal(1, keeper_get(&keeper, TEXT("key"), &value));
    assert_true(text_equal(TEXT("value"), buffer_view(&value)));
    buffer_release(&value);
    keeper_release(&keeper);
}

static void at_rest_the_store_is_free_for_others(void **state)
{
    struct keeper keeper = made();
    struct store *store;
    struct error err;

    (void)state;
    keeper_put(&keeper, TEXT("key"), TEXT("value"));
    assert_int_equal(-1, store_open(&store, &place, &err));
    keeper_rest(&keeper);
    assert_int_equal(0, store_open(&store, &place, &err));
    store_close(store);
    keeper_release(&keeper);
}

static void while_another_has_the_store_memory_is_enough(void **state)
{
    struct keeper keeper = made();
    struct buffer value = BUFFER_EMPTY;
    struct store *store;
    struct error err;

    (void)state;
    assert_int_equal(0, store_open(&store, &place, &err));
    keeper_put(&keeper, TEXT("key"), TEXT("value"));
    assert_int_equal(1, keeper_get(&keeper, TEXT("key"), &value));
    assert_int_equal(0, keeper_get(&keeper, TEXT("other"), &value));
    store_close(store);
    buffer_release(&value);
    keeper_release(&keeper);
}

static bool has_bad_file(void)
{
    char path[96];

    snprintf(path, sizeof(path), "%s/cache.db.bad", folder);
    return access(path, F_OK) == 0;
}

static void what_is_not_trusted_is_forgotten_and_set_aside(void **state)
{
    struct keeper keeper = made();
    struct buffer value = BUFFER_EMPTY;
    unsigned version;

    (void)state;
    keeper_put(&keeper, TEXT("key"), TEXT("value"));
    version = keeper.version;
    keeper_distrust(&keeper);
    assert_true(keeper.version > version);
    assert_int_equal(0, keeper_get(&keeper, TEXT("key"), &value));
    assert_true(has_bad_file());
    keeper_put(&keeper, TEXT("other"), TEXT("value"));
    assert_int_equal(1, keeper_get(&keeper, TEXT("other"), &value));
    buffer_release(&value);
    keeper_release(&keeper);
}

static void what_another_has_is_set_aside_later_and_not_read(void **state)
{
    struct keeper keeper = made();
    struct buffer value = BUFFER_EMPTY;
    struct store *store;
    struct error err;

    (void)state;
    keeper_put(&keeper, TEXT("key"), TEXT("value"));
    keeper_rest(&keeper);
    assert_int_equal(0, store_open(&store, &place, &err));
    keeper_distrust(&keeper);
    assert_int_equal(0, keeper_get(&keeper, TEXT("key"), &value));
    assert_false(has_bad_file());
    store_close(store);
    keeper.retry_ms = 0;
    assert_int_equal(0, keeper_get(&keeper, TEXT("key"), &value));
    assert_true(has_bad_file());
    keeper_release(&keeper);
}

static void only_news_raises_the_version(void **state)
{
    struct keeper keeper = { .place = { .folder = NULL } };

    (void)state;
    keeper_put(&keeper, TEXT("key"), TEXT("value"));
    assert_int_equal(1, keeper.version);
    keeper_put(&keeper, TEXT("key"), TEXT("value"));
    assert_int_equal(1, keeper.version);
    keeper_release(&keeper);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_kept_is_there_for_the_next_one),
        TEST(at_rest_the_store_is_free_for_others),
        TEST(while_another_has_the_store_memory_is_enough),
        TEST(only_news_raises_the_version),
        TEST(what_is_not_trusted_is_forgotten_and_set_aside),
        TEST(what_another_has_is_set_aside_later_and_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

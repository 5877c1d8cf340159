#include "tests/test.h"

#include "hooks/history/history_sets.h"
#include "hooks/history/history_states.h"

static void a_new_file_holds_no_entries(void **state)
{
    struct file_state *file = file_state_new(3, 4, 5, 2);

    (void)state;
    assert_int_equal(3, file->path);
    assert_int_equal(4, file->blob);
    assert_int_equal(5, file->held);
    assert_int_equal(2, file->count);
    assert_int_equal(SETS_EMPTY, file->sets[0]);
    assert_int_equal(SETS_EMPTY, file->sets[1]);
    file_state_release(file);
}

static void what_is_shared_outlives_one_of_its_users(void **state)
{
    struct state *one = state_new(1), *two = state_new(1);

    (void)state;
    one->files[0] = file_state_new(1, 1, 1, 0);
    two->files[0] = file_state_share(one->files[0]);
    assert_ptr_equal(one, state_share(one));
    state_release(one);
    assert_int_equal(1, one->files[0]->path);
    state_release(one);
    assert_int_equal(1, two->files[0]->path);
    state_release(two);
    state_release(NULL);
}

static void a_file_is_found_by_its_path(void **state)
{
    static const uint32_t paths[] = { 2, 3, 5, 7, 11 };
    struct state *some = state_new(5);

    (void)state;
    for (size_t i = 0; i < 5; i++)
        some->files[i] = file_state_new(paths[i], 0, 0, 0);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(i, state_find(some, paths[i]));
    assert_true(state_find(some, 1) == STATE_NONE);
    assert_true(state_find(some, 4) == STATE_NONE);
    assert_true(state_find(some, 12) == STATE_NONE);
    state_release(some);
    some = state_new(0);
    assert_true(state_find(some, 1) == STATE_NONE);
    state_release(some);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_file_holds_no_entries),
        cmocka_unit_test(what_is_shared_outlives_one_of_its_users),
        cmocka_unit_test(a_file_is_found_by_its_path),
    };

    return cmocka_run_group_tests_name("hooks/history/history_states", tests,
                                       NULL, NULL);
}

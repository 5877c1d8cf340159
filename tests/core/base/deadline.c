#include "tests/test.h"

#include "core/base/deadline.h"

#define HOUR_MS  (60 * 60 * 1000)
#define INTERVAL 1024

static void no_time_at_all_is_over_at_once(void **state)
{
    struct deadline deadline = deadline_in(0);

    (void)state;
    assert_true(deadline_passed(&deadline));
}

static void an_hour_is_not_over_yet(void **state)
{
    struct deadline deadline = deadline_in(HOUR_MS);

    (void)state;
    assert_false(deadline_passed(&deadline));
}

static void what_is_over_stays_over(void **state)
{
    struct deadline deadline = deadline_in(-HOUR_MS);

    (void)state;
    assert_true(deadline_passed(&deadline));
    assert_true(deadline_passed(&deadline));
}

static void a_tick_looks_at_the_clock_every_1024th_time(void **state)
{
    struct deadline deadline = deadline_in(0);

    (void)state;
    for (int i = 1; i <= 3 * INTERVAL; i++)
        if (deadline_tick(&deadline) != (i % INTERVAL == 0))
            fail_msg("tick %d", i);
}

static void ticks_within_the_time_say_nothing(void **state)
{
    struct deadline deadline = deadline_in(HOUR_MS);

    (void)state;
    for (int i = 0; i < 3 * INTERVAL; i++)
        assert_false(deadline_tick(&deadline));
}

static void ticks_may_be_counted_beyond_32_bits(void **state)
{
    struct deadline deadline = deadline_in(0);

    (void)state;
    deadline.asked = UINT32_MAX;
    assert_true(deadline_tick(&deadline));
    assert_false(deadline_tick(&deadline));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_time_at_all_is_over_at_once),
        cmocka_unit_test(an_hour_is_not_over_yet),
        cmocka_unit_test(what_is_over_stays_over),
        cmocka_unit_test(a_tick_looks_at_the_clock_every_1024th_time),
        cmocka_unit_test(ticks_within_the_time_say_nothing),
        cmocka_unit_test(ticks_may_be_counted_beyond_32_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "tests/test.h"

#include <stdatomic.h>
#include <time.h>

#include "hooks/system/pool.h"

#define JOBS 1000

struct job {
    int number, done;
};

static void mark(void *job)
{
    ((struct job *)job)->done += ((struct job *)job)->number;
}

static void expect_all_done(unsigned threads)
{
    static struct job jobs[JOBS];
    struct pool *pool = pool_open(threads, mark);

    for (int round = 1; round <= 2; round++) {
        for (int i = 0; i < JOBS; i++) {
            jobs[i].number = i;
            if (round == 1)
                jobs[i].done = 0;
            pool_give(pool, &jobs[i], 10, 100);
        }
        pool_wait(pool);
        for (int i = 0; i < JOBS; i++)
            assert_int_equal(i * round, jobs[i].done);
    }
    pool_close(pool);
}

static void each_job_is_done_once_by_any_number_of_threads(void **state)
{
    (void)state;
    expect_all_done(1);
    expect_all_done(2);
    expect_all_done(7);
    expect_all_done(0);
    expect_all_done(100000);
}

static atomic_int running, most;

static void rest(void *job)
{
    const struct timespec while_others_come = { .tv_nsec = 1000000 };
    int now = atomic_fetch_add(&running, 1) + 1, seen = atomic_load(&most);

    (void)job;
    while (now > seen && !atomic_compare_exchange_weak(&most, &seen, now))
        ;
    nanosleep(&while_others_come, NULL);
    atomic_fetch_sub(&running, 1);
}

static void at_once(unsigned threads, size_t size, size_t size_max)
{
    struct pool *pool = pool_open(threads, rest);

    atomic_store(&most, 0);
    for (int i = 0; i < 50; i++)
        pool_give(pool, NULL, size, size_max);
    pool_close(pool);
    assert_int_equal(0, atomic_load(&running));
}

static void jobs_are_done_at_once_as_far_as_memory_goes(void **state)
{
    (void)state;
    at_once(4, 10, 1000);
    assert_true(atomic_load(&most) > 1 && atomic_load(&most) <= 4);
    at_once(4, 10, 20);
    assert_true(atomic_load(&most) <= 2);
    at_once(4, 10, 19);
    assert_int_equal(1, atomic_load(&most));
}

static void a_job_over_the_limit_is_done_alone(void **state)
{
    (void)state;
    at_once(4, 1000, 10);
    assert_int_equal(1, atomic_load(&most));
}

static void a_pool_without_jobs_is_closed_at_once(void **state)
{
    struct pool *pool = pool_open(3, mark);

    (void)state;
    pool_wait(pool);
    pool_close(pool);
    pool_close(NULL);
}

static void how_many_threads_there_are_can_be_told(void **state)
{
    (void)state;
    assert_true(pool_threads(0) >= 1 && pool_threads(0) <= POOL_THREADS_MAX);
    assert_int_equal(3, pool_threads(3));
    assert_int_equal(POOL_THREADS_MAX, pool_threads(POOL_THREADS_MAX + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_job_is_done_once_by_any_number_of_threads),
        cmocka_unit_test(jobs_are_done_at_once_as_far_as_memory_goes),
        cmocka_unit_test(a_job_over_the_limit_is_done_alone),
        cmocka_unit_test(a_pool_without_jobs_is_closed_at_once),
        cmocka_unit_test(how_many_threads_there_are_can_be_told),
    };

    return cmocka_run_group_tests_name("hooks/system/pool", tests, NULL, NULL);
}

#include "tests/test.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/system/errands.h"

/* An errand that leads to two of the next lower height. */
struct tree {
    struct errand errand;
    unsigned height;
};

struct done {
    struct errands *errands;
    atomic_uint count, callers; /* of all, and in the caller's thread */
    unsigned order[16], order_count;
};

static struct tree *new_tree(unsigned height)
{
    struct tree *tree = memory_new(1, sizeof(*tree));

    tree->height = height;
    return tree;
}

static void grow(void *payload, unsigned worker, struct errand *errand)
{
    struct done *done = payload;
    struct tree *tree = (struct tree *)errand;

    assert_true(worker < ERRANDS_WORKERS_MAX);
    atomic_fetch_add(&done->count, 1);
    if (worker == 0)
        atomic_fetch_add(&done->callers, 1);
    if (tree->height) {
        struct tree *first = new_tree(tree->height - 1);
        struct tree *last = new_tree(tree->height - 1);

        first->errand.next = &last->errand;
        errands_add(done->errands, &first->errand, &last->errand);
    }
    free(tree);
}

static void run_tree(struct done *done, unsigned threads, unsigned height)
{
    struct tree *tree = new_tree(height);

    done->errands = errands_open(threads, grow, done);
    errands_add(done->errands, &tree->errand, &tree->errand);
    errands_run(done->errands);
}

static void all_that_errands_lead_to_is_done(void **state)
{
    (void)state;
    for (unsigned threads = 0; threads <= 5; threads++) {
        struct done done = { 0 };

        run_tree(&done, threads, 14);
        assert_int_equal((1 << 15) - 1, atomic_load(&done.count));
        errands_close(done.errands);
    }
}

static void more_can_be_added_when_all_are_done(void **state)
{
    struct done done = { 0 };

    (void)state;
    run_tree(&done, 3, 5);
    for (unsigned i = 0; i < 10; i++) {
        struct tree *tree = new_tree(2);

        errands_add(done.errands, &tree->errand, &tree->errand);
        errands_run(done.errands);
    }
    errands_run(done.errands);
    assert_int_equal(63 + 10 * 7, atomic_load(&done.count));
    errands_close(done.errands);
    errands_close(NULL);
}

static void with_one_thread_the_caller_does_it_all(void **state)
{
    struct done done = { 0 };

    (void)state;
    run_tree(&done, 1, 5);
    assert_int_equal(63, atomic_load(&done.callers));
    errands_close(done.errands);
}

static void one_errand_alone_needs_no_thread(void **state)
{
    struct done done = { 0 };

    (void)state;
    run_tree(&done, 4, 0);
    assert_int_equal(1, atomic_load(&done.callers));
    errands_close(done.errands);
}

static void note(void *payload, unsigned worker, struct errand *errand)
{
    struct done *done = payload;
    struct tree *tree = (struct tree *)errand;

    (void)worker;
    done->order[done->order_count++] = tree->height;
    if (tree->height == 1) {
        struct tree *added = new_tree(9);

        errands_add(done->errands, &added->errand, &added->errand);
    }
    free(tree);
}

static void the_newest_errand_is_the_first(void **state)
{
    struct done done = { 0 };
    struct tree *first = new_tree(1), *last = new_tree(2);

    (void)state;
    done.errands = errands_open(1, note, &done);
    first->errand.next = &last->errand;
    errands_add(done.errands, &first->errand, &last->errand);
    errands_run(done.errands);
    assert_int_equal(3, done.order_count);
    assert_int_equal(1, done.order[0]);
    assert_int_equal(9, done.order[1]);
    assert_int_equal(2, done.order[2]);
    errands_close(done.errands);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_errands_lead_to_is_done),
        cmocka_unit_test(more_can_be_added_when_all_are_done),
        cmocka_unit_test(with_one_thread_the_caller_does_it_all),
        cmocka_unit_test(one_errand_alone_needs_no_thread),
        cmocka_unit_test(the_newest_errand_is_the_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "hooks/git/forest_share.h"

#include <stdlib.h>

#include "core/base/memory.h"

#define PORTION    64 /* nodes: trees are taken until there are so many */
#define BRANCH_MIN 32 /* nodes: a smaller one is not given away */

void shares_open(struct shares *shares, const struct forest *forest)
{
    *shares = (struct shares){ .forest = forest };
    if (pthread_mutex_init(&shares->mutex, NULL) != 0 ||
        pthread_cond_init(&shares->changed, NULL) != 0)
        abort();
}

void shares_close(struct shares *shares)
{
    pthread_cond_destroy(&shares->changed);
    pthread_mutex_destroy(&shares->mutex);
    free(shares->given);
}

void shares_begin(struct shares *shares)
{
    pthread_mutex_lock(&shares->mutex);
    shares->working++;
    pthread_mutex_unlock(&shares->mutex);
}

static bool take_trees(struct shares *shares, struct share *share)
{
    const struct forest *forest = shares->forest;
    unsigned start = atomic_load(&shares->next), end;

    do {
        for (end = start; end < forest->count && end - start < PORTION;)
            end += forest->nodes[end].size;
        if (start == end)
            return false;
    } while (!atomic_compare_exchange_weak(&shares->next, &start, end));
    *share = (struct share){ .start = start, .end = end };
    return true;
}

/* Nobody works and nothing is given: then all is done. */
static bool take_given(struct shares *shares, struct share *share)
{
    bool taken;

    pthread_mutex_lock(&shares->mutex);
    shares->working--;
    atomic_fetch_add(&shares->wanted, 1);
    while (!shares->given_count && shares->working)
        pthread_cond_wait(&shares->changed, &shares->mutex);
    taken = shares->given_count;
    if (taken) {
        *share = shares->given[--shares->given_count];
        shares->working++;
    } else {
        pthread_cond_broadcast(&shares->changed);
    }
    pthread_mutex_unlock(&shares->mutex);
    return taken;
}

bool shares_take(struct shares *shares, struct share *share)
{
    return take_trees(shares, share) || take_given(shares, share);
}

bool shares_want(struct shares *shares, uint32_t size)
{
    return size >= BRANCH_MIN &&
           atomic_load_explicit(&shares->wanted, memory_order_relaxed) > 0;
}

void shares_give(struct shares *shares, struct share share)
{
    pthread_mutex_lock(&shares->mutex);
    *ARRAY_PUSH(shares->given) = share;
    atomic_fetch_sub(&shares->wanted, 1);
    pthread_cond_signal(&shares->changed);
    pthread_mutex_unlock(&shares->mutex);
}

#include "core/facts/memo.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/facts/graft.h"
#include "core/facts/recall.h"
#include "core/slice/condense.h"

struct memo {
    pthread_mutex_t lock;
    struct intern texts;
    struct decision *decisions; /* by text */
    size_t decisions_count, decisions_room;
    size_t size;
    struct stash *chunks, *parts, *trees, *known;
};

struct memo *memo_open(void)
{
    struct memo *memo = memory_new(1, sizeof(*memo));

    if (pthread_mutex_init(&memo->lock, NULL) != 0)
        abort();
    memo->chunks = condense_stash(MEMO_CHUNKS_MAX);
    memo->parts = chunk_stash(MEMO_SIZE_MAX);
    memo->trees = graft_stash(MEMO_CHUNKS_MAX);
    memo->known = recall_stash(MEMO_SIZE_MAX);
    return memo;
}

static void forget(struct memo *memo)
{
    for (size_t i = 0; i < memo->decisions_count; i++)
        decision_release(&memo->decisions[i]);
    intern_release(&memo->texts);
    memo->decisions_count = memo->size = 0;
}

void memo_close(struct memo *memo)
{
    if (!memo)
        return;
    forget(memo);
    free(memo->decisions);
    stash_close(memo->chunks);
    stash_close(memo->parts);
    stash_close(memo->trees);
    stash_close(memo->known);
    pthread_mutex_destroy(&memo->lock);
    free(memo);
}

struct stash *memo_chunks(struct memo *memo)
{
    return memo->chunks;
}

struct stash *memo_parts(struct memo *memo)
{
    return memo->parts;
}

struct stash *memo_trees(struct memo *memo)
{
    return memo->trees;
}

struct stash *memo_known(struct memo *memo)
{
    return memo->known;
}

int memo_get(struct memo *memo, struct text text, struct decision *decision)
{
    uint32_t found;

    pthread_mutex_lock(&memo->lock);
    found = intern_find(&memo->texts, text);
    if (found != INTERN_NONE)
        *decision = decision_copy(&memo->decisions[found]);
    pthread_mutex_unlock(&memo->lock);
    return found != INTERN_NONE;
}

void memo_put(struct memo *memo, struct text text,
              const struct decision *decision)
{
    size_t size = text.size + decision_size(decision);

    if (size > MEMO_SIZE_MAX)
        return;
    pthread_mutex_lock(&memo->lock);
    if (memo->size + size > MEMO_SIZE_MAX)
        forget(memo);
    if (intern_add(&memo->texts, text) == memo->decisions_count) {
        *ARRAY_PUSH(memo->decisions) = decision_copy(decision);
        memo->size += size;
    }
    pthread_mutex_unlock(&memo->lock);
}

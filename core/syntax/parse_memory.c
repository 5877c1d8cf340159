/*
 * tree-sitter's allocation functions have no argument of ours, so that the
 * count is the thread's. A tree is freed by the thread that made it.
 */
#include "core/syntax/parse_memory.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <tree_sitter/api.h>

#include "core/base/memory.h"

static _Thread_local size_t used;

static void *counted(void *block)
{
    if (!block)
        abort();
    used += malloc_usable_size(block);
    return block;
}

static void *take(size_t size)
{
    return counted(malloc(size ? size : 1));
}

static void *take_zeroed(size_t count, size_t size)
{
    return counted(memory_new(count, size));
}

static void *resize(void *block, size_t size)
{
    used -= malloc_usable_size(block);
    return counted(realloc(block, size ? size : 1));
}

static void give_back(void *block)
{
    used -= malloc_usable_size(block);
    free(block);
}

static void install(void)
{
    ts_set_allocator(take, take_zeroed, resize, give_back);
}

void parse_memory_count(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, install);
}

size_t parse_memory_used(void)
{
    return used;
}

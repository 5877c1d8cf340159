#include "core/base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 8

void *memory_new(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);

    if (!block)
        abort();
    return block;
}

void *memory_resize(void *block, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        abort();
    block = realloc(block, bytes ? bytes : 1);
    if (!block)
        abort();
    return block;
}

char *memory_copy(const void *bytes, size_t size)
{
    char *copy = memory_resize(NULL, size + 1, 1);

    if (size)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    return copy;
}

void *memory_grow(void *block, size_t *room, size_t size)
{
    *room = *room ? *room * 2 : FIRST_ROOM;
    return memory_resize(block, *room, size);
}

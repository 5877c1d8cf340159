#include "core/base/memory.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define FIRST_ROOM 8

/* From this size on a block is worth huge pages, in bytes. */
#define HUGE_MIN ((size_t)4 << 20)
#define PAGE     ((uintptr_t)4096)

/* Nobody need hear whether the system has any. */
static void *want_huge(void *block, size_t size)
{
#ifdef MADV_HUGEPAGE
    size_t before = (PAGE - (uintptr_t)block % PAGE) % PAGE;
    int error = errno;

    if (size >= HUGE_MIN)
        (void)madvise((char *)block + before, (size - before) / PAGE * PAGE,
                      MADV_HUGEPAGE);
    errno = error;
#else
    (void)size;
#endif
    return block;
}

void *memory_new(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);

    if (!block)
        abort();
    return want_huge(block, count * size);
}

void *memory_resize(void *block, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        abort();
    block = realloc(block, bytes ? bytes : 1);
    if (!block)
        abort();
    return want_huge(block, bytes);
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

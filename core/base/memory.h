/*
 * Memory that is there or the program ends: out of memory aborts, so no
 * caller has a path for it. Sizes from outside are limited before this.
 */
#ifndef TMPGUARD_CORE_BASE_MEMORY_H
#define TMPGUARD_CORE_BASE_MEMORY_H

#include <stddef.h>
#include <string.h>

/* Zeroed memory for `count` things of `size` bytes; free() gives it back. */
void *memory_new(size_t count, size_t size);

/* Grow or shrink a block; what is new is not zeroed. */
void *memory_resize(void *block, size_t count, size_t size);

/* A copy of `size` bytes, with a NUL byte behind them. */
char *memory_copy(const void *bytes, size_t size);

/*
 * Growing arrays: a struct holds `TYPE *NAME; size_t NAME_count, NAME_room;`
 * and ARRAY_PUSH(holder->NAME) returns a pointer to one more, zeroed.
 */
#define ARRAY_PUSH(items)                                                      \
    ((items##_count == items##_room                                            \
          ? (void)((items) =                                                   \
                       memory_grow((items), &items##_room, sizeof(*(items))))  \
          : (void)0),                                                          \
     memory_zero(&(items)[items##_count++], sizeof(*(items))),                 \
     &(items)[items##_count - 1])

/* For ARRAY_PUSH alone: a block with more room, and zeroes. */
void *memory_grow(void *block, size_t *room, size_t size);
static inline void memory_zero(void *block, size_t size)
{
    memset(block, 0, size);
}

#endif

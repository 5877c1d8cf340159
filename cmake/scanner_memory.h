/*
 * Before the grammar's scanner.c, which takes the memory for its state from
 * calloc itself and looks not whether it got any: without any, it ends.
 */
#ifndef TMPGUARD_CMAKE_SCANNER_MEMORY_H
#define TMPGUARD_CMAKE_SCANNER_MEMORY_H

#include <stdlib.h>

static void *scanner_memory(size_t count, size_t size)
{
    void *block = calloc(count, size);

    if (!block)
        abort();
    return block;
}

#define calloc(count, size) scanner_memory(count, size)

#endif

/*
 * A fuzz target is one file that takes any bytes at all, and
 * aborts when something that must always hold does not. The fuzz preset links
 * it with libFuzzer, every other build with replay.c, as a test over
 * corpus/NAME.
 */
#ifndef TMPGUARD_TESTS_FUZZ_FUZZ_H
#define TMPGUARD_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* libFuzzer's name for it. Always returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Abort, naming the place, unless `condition` holds. */
#define HOLDS(condition)                                                       \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__,  \
                    #condition);                                               \
            abort();                                                           \
        }                                                                      \
    } while (0)

#endif

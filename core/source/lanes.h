/*
 * Thirty-two bytes at a time: a vector of them, and which of its lanes are
 * set as bits. For code that is made twice, with AVX2 and without, and chosen
 * when it runs. On x86-64 only.
 */
#ifndef TMPGUARD_CORE_SOURCE_LANES_H
#define TMPGUARD_CORE_SOURCE_LANES_H

#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#define LANES        32
#define LANES_INLINE static inline __attribute__((always_inline))

typedef unsigned char lanes __attribute__((vector_size(LANES)));

__attribute__((target("avx2"))) static inline uint32_t
lanes_mask_avx2(const lanes *set)
{
    __m256i bits;

    memcpy(&bits, set, sizeof(bits));
    return (uint32_t)_mm256_movemask_epi8(bits);
}

static inline uint32_t lanes_mask_sse2(const lanes *set)
{
    __m128i low, high;

    memcpy(&low, set, sizeof(low));
    memcpy(&high, (const char *)set + sizeof(low), sizeof(high));
    return (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high)
                                                  << 16;
}
#endif

#endif

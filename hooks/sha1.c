#include "hooks/sha1.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#define BLOCK 64 /* bytes */

struct state {
    __m128i abcd, e; /* the highest lane first; of e only that one counts */
};

bool sha1_is_there(void)
{
    unsigned int eax, ebx, ecx, edx, sha;

    if (!__get_cpuid_count(7, 0, &eax, &sha, &ecx, &edx) ||
        !__get_cpuid(1, &eax, &ebx, &ecx, &edx))
        return false;
    return sha & bit_SHA && ecx & bit_SSE4_1 && ecx & bit_SSSE3;
}

#define WITH_SHA __attribute__((target("sha,sse4.1")))

/* Five times four rounds; `function` is a constant in the instruction. */
#define ROUNDS(function)                                                       \
    for (int i = 5 * (function); i < 5 * (function) + 5; i++) {                \
        __m128i e = i ? _mm_sha1nexte_epu32(last, words[i])                    \
                      : _mm_add_epi32(state->e, words[0]);                     \
                                                                               \
        last = abcd;                                                           \
        abcd = _mm_sha1rnds4_epu32(abcd, e, function);                         \
    }

WITH_SHA static void mix(struct state *state, const unsigned char *block)
{
    const __m128i order =
        _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
    __m128i words[20], abcd = state->abcd, last = abcd;

    for (size_t i = 0; i < 4; i++)
        words[i] = _mm_shuffle_epi8(
            _mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i)),
            order);
    for (int i = 4; i < 20; i++)
        words[i] = _mm_sha1msg2_epu32(
            _mm_xor_si128(_mm_sha1msg1_epu32(words[i - 4], words[i - 3]),
                          words[i - 2]),
            words[i - 1]);
    ROUNDS(0)
    ROUNDS(1)
    ROUNDS(2)
    ROUNDS(3)
    state->e = _mm_sha1nexte_epu32(last, state->e);
    state->abcd = _mm_add_epi32(state->abcd, abcd);
}

static void mix_all(struct state *state, const unsigned char *bytes,
                    size_t blocks)
{
    for (size_t i = 0; i < blocks; i++)
        mix(state, bytes + BLOCK * i);
}

/* The last bytes, a one, zeros, and the number of bits of it all. */
static void finish(struct state *state, const unsigned char *bytes, size_t size,
                   uint64_t total)
{
    unsigned char blocks[2 * BLOCK] = { 0 };
    size_t count = size + 1 + sizeof(total) > BLOCK ? 2 : 1;

    memcpy(blocks, bytes, size);
    blocks[size] = 0x80;
    for (size_t i = 0; i < sizeof(total); i++)
        blocks[BLOCK * count - 1 - i] = (unsigned char)(total * 8 >> 8 * i);
    mix_all(state, blocks, count);
}

WITH_SHA static void put(unsigned char digest[SHA1_SIZE],
                         const struct state *state)
{
    const __m128i order =
        _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
    unsigned char e[16];

    _mm_storeu_si128((__m128i *)(void *)digest,
                     _mm_shuffle_epi8(state->abcd, order));
    _mm_storeu_si128((__m128i *)(void *)e, _mm_shuffle_epi8(state->e, order));
    memcpy(digest + 16, e, 4);
}

void sha1(unsigned char digest[SHA1_SIZE], struct text head, struct text body)
{
    struct state state = {
        .abcd = _mm_set_epi32(0x67452301, (int)0xefcdab89, (int)0x98badcfe,
                              0x10325476),
        .e = _mm_set_epi32((int)0xc3d2e1f0, 0, 0, 0),
    };
    const unsigned char *bytes = (const unsigned char *)body.bytes;
    size_t size = body.size, first = BLOCK - head.size;
    unsigned char block[BLOCK];

    if (head.size > SHA1_HEAD_MAX)
        abort();
    if (first > size)
        first = size;
    memcpy(block, head.bytes, head.size);
    memcpy(block + head.size, bytes, first);
    if (head.size + first < BLOCK) {
        finish(&state, block, head.size + first, head.size + body.size);
    } else {
        bytes += first;
        size -= first;
        mix(&state, block);
        mix_all(&state, bytes, size / BLOCK);
        finish(&state, bytes + size / BLOCK * BLOCK, size % BLOCK,
               head.size + body.size);
    }
    put(digest, &state);
}

#else

bool sha1_is_there(void)
{
    return false;
}

void sha1(unsigned char digest[SHA1_SIZE], struct text head, struct text body)
{
    (void)digest;
    (void)head;
    (void)body;
    abort();
}

#endif

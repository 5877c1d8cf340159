#include "hooks/system/sha1.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 64 /* bytes */

/* ---- any processor ------------------------------------------------------- */

static uint32_t rotate(uint32_t word, int by)
{
    return word << by | word >> (32 - by);
}

static uint32_t word_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
           (uint32_t)bytes[2] << 8 | bytes[3];
}

static uint32_t choose(uint32_t b, uint32_t c, uint32_t d)
{
    return d ^ (b & (c ^ d));
}

static uint32_t parity(uint32_t b, uint32_t c, uint32_t d)
{
    return b ^ c ^ d;
}

static uint32_t majority(uint32_t b, uint32_t c, uint32_t d)
{
    return (b & c) | (d & (b | c));
}

/* Twenty rounds; the words are made sixteen at a time. */
#define TWENTY(from, function, constant)                                       \
    for (int i = (from); i < (from) + 20; i++) {                               \
        uint32_t next;                                                         \
                                                                               \
        if (i >= 16)                                                           \
            words[i & 15] =                                                    \
                rotate(words[(i + 13) & 15] ^ words[(i + 8) & 15] ^            \
                           words[(i + 2) & 15] ^ words[i & 15],                \
                       1);                                                     \
        next =                                                                 \
            rotate(a, 5) + function(b, c, d) + e + (constant) + words[i & 15]; \
        e = d;                                                                 \
        d = c;                                                                 \
        c = rotate(b, 30);                                                     \
        b = a;                                                                 \
        a = next;                                                              \
    }

static void mix_words(uint32_t state[5], const unsigned char *block)
{
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3],
             e = state[4];
    uint32_t words[16];

    for (size_t i = 0; i < 16; i++)
        words[i] = word_at(block + 4 * i);
    TWENTY(0, choose, 0x5a827999)
    TWENTY(20, parity, 0x6ed9eba1)
    TWENTY(40, majority, 0x8f1bbcdc)
    TWENTY(60, parity, 0xca62c1d6)
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
}

static void mix_plainly(uint32_t state[5], const unsigned char *bytes,
                        size_t blocks)
{
    for (size_t i = 0; i < blocks; i++)
        mix_words(state, bytes + BLOCK * i);
}

/* ---- a processor with instructions for it -------------------------------- */

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

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
                      : _mm_add_epi32(*top, words[0]);                         \
                                                                               \
        last = abcd;                                                           \
        abcd = _mm_sha1rnds4_epu32(abcd, e, function);                         \
    }

WITH_SHA static void mix(__m128i *low, __m128i *top, const unsigned char *block)
{
    const __m128i order =
        _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
    __m128i words[20], abcd = *low, last = abcd;

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
    *top = _mm_sha1nexte_epu32(last, *top);
    *low = _mm_add_epi32(*low, abcd);
}

/* In `low` a, b, c and d, the highest lane first; of `top` that one counts. */
WITH_SHA static void mix_quickly(uint32_t state[5], const unsigned char *bytes,
                                 size_t blocks)
{
    __m128i low = _mm_set_epi32((int)state[0], (int)state[1], (int)state[2],
                                (int)state[3]);
    __m128i top = _mm_set_epi32((int)state[4], 0, 0, 0);

    for (size_t i = 0; i < blocks; i++)
        mix(&low, &top, bytes + BLOCK * i);
    state[0] = (uint32_t)_mm_extract_epi32(low, 3);
    state[1] = (uint32_t)_mm_extract_epi32(low, 2);
    state[2] = (uint32_t)_mm_extract_epi32(low, 1);
    state[3] = (uint32_t)_mm_extract_epi32(low, 0);
    state[4] = (uint32_t)_mm_extract_epi32(top, 3);
}

#else

bool sha1_is_there(void)
{
    return false;
}

#define mix_quickly mix_plainly

#endif

/* ---- all of it ----------------------------------------------------------- */

typedef void mixer(uint32_t state[5], const unsigned char *bytes,
                   size_t blocks);

/* The last bytes, a one, zeros, and the number of bits of it all. */
static void finish(mixer *mix_all, uint32_t state[5],
                   const unsigned char *bytes, size_t size, uint64_t total)
{
    unsigned char blocks[2 * BLOCK] = { 0 };
    size_t count = size + 1 + sizeof(total) > BLOCK ? 2 : 1;

    memcpy(blocks, bytes, size);
    blocks[size] = 0x80;
    for (size_t i = 0; i < sizeof(total); i++)
        blocks[BLOCK * count - 1 - i] = (unsigned char)(total * 8 >> 8 * i);
    mix_all(state, blocks, count);
}

static void hash(mixer *mix_all, unsigned char digest[SHA1_SIZE],
                 struct text head, struct text body)
{
    uint32_t state[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
                          0xc3d2e1f0 };
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
        finish(mix_all, state, block, head.size + first, head.size + body.size);
    } else {
        bytes += first;
        size -= first;
        mix_all(state, block, 1);
        mix_all(state, bytes, size / BLOCK);
        finish(mix_all, state, bytes + size / BLOCK * BLOCK, size % BLOCK,
               head.size + body.size);
    }
    for (size_t i = 0; i < SHA1_SIZE; i++)
        digest[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha1(unsigned char digest[SHA1_SIZE], struct text head, struct text body)
{
    hash(mix_quickly, digest, head, body);
}

void sha1_plain(unsigned char digest[SHA1_SIZE], struct text head,
                struct text body)
{
    hash(mix_plainly, digest, head, body);
}

#include "hooks/system/sha256.h"

#include <stdint.h>
#include <string.h>

#define BLOCK 64

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

struct state {
    uint32_t hash[8];
    unsigned char block[BLOCK];
    size_t filled;
    uint64_t size; /* bytes so far */
};

static uint32_t rotate(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static void expand(uint32_t w[64], const unsigned char block[BLOCK])
{
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];

        w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
}

static void mix(struct state *state)
{
    uint32_t w[64], v[8];

    expand(w, state->block);
    memcpy(v, state->hash, sizeof(v));
    for (size_t i = 0; i < 64; i++) {
        uint32_t choose = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t major = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        uint32_t one = v[7] +
                       (rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)) +
                       choose + constants[i] + w[i];
        uint32_t two =
            (rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)) + major;

        memmove(v + 1, v, 7 * sizeof(*v));
        v[4] += one;
        v[0] = one + two;
    }
    for (size_t i = 0; i < 8; i++)
        state->hash[i] += v[i];
    state->filled = 0;
}

static void feed(struct state *state, const char *bytes, size_t size)
{
    state->size += size;
    while (size > 0) {
        size_t part = BLOCK - state->filled;

        if (part > size)
            part = size;
        memcpy(state->block + state->filled, bytes, part);
        state->filled += part;
        bytes += part;
        size -= part;
        if (state->filled == BLOCK)
            mix(state);
    }
}

static void finish(struct state *state)
{
    uint64_t bits = state->size * 8;
    char length[8];

    feed(state, "\x80", 1);
    while (state->filled != BLOCK - sizeof(length))
        feed(state, "", 1);
    for (size_t i = 0; i < sizeof(length); i++)
        length[i] = (char)(unsigned char)(bits >> (56 - 8 * i));
    feed(state, length, sizeof(length));
}

void sha256(unsigned char digest[SHA256_SIZE], struct text head,
            struct text body)
{
    struct state state = {
        .hash = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                  0x9b05688c, 0x1f83d9ab, 0x5be0cd19 },
    };

    feed(&state, head.bytes, head.size);
    feed(&state, body.bytes, body.size);
    finish(&state);
    for (size_t i = 0; i < SHA256_SIZE; i++)
        digest[i] = (unsigned char)(state.hash[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_hex(struct buffer *out, struct text head, struct text body)
{
    unsigned char digest[SHA256_SIZE];

    sha256(digest, head, body);
    for (size_t i = 0; i < SHA256_SIZE; i++)
        buffer_format(out, "%02x", (unsigned)digest[i]);
}

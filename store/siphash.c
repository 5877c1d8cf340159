#include "store/siphash.h"

#define WORD_SIZE 8

static uint64_t word_read(const void *bytes)
{
    const unsigned char *from = bytes;
    uint64_t word = 0;

    for (size_t i = 0; i < WORD_SIZE; i++)
        word |= (uint64_t)from[i] << (8 * i);
    return word;
}

static void word_write(unsigned char *to, uint64_t word)
{
    for (size_t i = 0; i < WORD_SIZE; i++)
        to[i] = (unsigned char)(word >> (8 * i));
}

static uint64_t rotate(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static void rounds(uint64_t v[4], int count)
{
    while (count-- > 0) {
        v[0] += v[1];
        v[1] = rotate(v[1], 13) ^ v[0];
        v[0] = rotate(v[0], 32);
        v[2] += v[3];
        v[3] = rotate(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = rotate(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = rotate(v[1], 17) ^ v[2];
        v[2] = rotate(v[2], 32);
    }
}

static void mix(struct siphash *hash, uint64_t word)
{
    hash->v[3] ^= word;
    rounds(hash->v, 2);
    hash->v[0] ^= word;
}

void siphash_begin(struct siphash *hash,
                   const unsigned char key[SIPHASH_KEY_SIZE])
{
    uint64_t k0 = word_read(key), k1 = word_read(key + WORD_SIZE);

    hash->v[0] = k0 ^ UINT64_C(0x736f6d6570736575);
    hash->v[1] = k1 ^ UINT64_C(0x646f72616e646f6d) ^ 0xee;
    hash->v[2] = k0 ^ UINT64_C(0x6c7967656e657261);
    hash->v[3] = k1 ^ UINT64_C(0x7465646279746573);
    hash->word = 0;
    hash->total = 0;
}

static void feed_byte(struct siphash *hash, char byte)
{
    unsigned place = (unsigned)(hash->total++ % WORD_SIZE);

    hash->word |= (uint64_t)(unsigned char)byte << (8 * place);
    if (place == WORD_SIZE - 1) {
        mix(hash, hash->word);
        hash->word = 0;
    }
}

void siphash_feed(struct siphash *hash, struct text piece)
{
    size_t at = 0;

    while (at < piece.size && hash->total % WORD_SIZE != 0)
        feed_byte(hash, piece.bytes[at++]);
    for (; piece.size - at >= WORD_SIZE; at += WORD_SIZE) {
        mix(hash, word_read(piece.bytes + at));
        hash->total += WORD_SIZE;
    }
    while (at < piece.size)
        feed_byte(hash, piece.bytes[at++]);
}

void siphash_end(struct siphash *hash, unsigned char out[SIPHASH_SIZE])
{
    uint64_t *v = hash->v;

    mix(hash, hash->word | hash->total << 56);
    v[2] ^= 0xee;
    rounds(v, 4);
    word_write(out, v[0] ^ v[1] ^ v[2] ^ v[3]);
    v[1] ^= 0xdd;
    rounds(v, 4);
    word_write(out + WORD_SIZE, v[0] ^ v[1] ^ v[2] ^ v[3]);
}

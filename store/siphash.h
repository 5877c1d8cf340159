/*
 * SipHash-2-4 with 128 bits of output (Aumasson and Bernstein): a keyed hash
 * of short and long inputs. With a secret key it is a MAC.
 */
#ifndef TMPGUARD_STORE_SIPHASH_H
#define TMPGUARD_STORE_SIPHASH_H

#include <stdint.h>

#include "core/base/text.h"

#define SIPHASH_KEY_SIZE 16
#define SIPHASH_SIZE     16

/* Start with siphash_begin, feed any number of pieces, then siphash_end. */
struct siphash {
    uint64_t v[4];
    uint64_t word;  /* bytes not yet mixed in, lowest first */
    uint64_t total; /* bytes fed so far */
};

void siphash_begin(struct siphash *hash,
                   const unsigned char key[SIPHASH_KEY_SIZE]);
void siphash_feed(struct siphash *hash, struct text piece);
void siphash_end(struct siphash *hash, unsigned char out[SIPHASH_SIZE]);

#endif

#include "store/seal.h"

#include <string.h>

/* Whatever changes the shape or the meaning of a row changes this. */
#define SEAL_DOMAIN "tmpguard row 2"

/* The size goes in first, so that no byte can move from key to value. */
static void feed_sized(struct siphash *hash, struct text piece)
{
    uint64_t size = piece.size;
    char bytes[sizeof(size)];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(size >> (8 * i) & 0xff);
    siphash_feed(hash, (struct text){ bytes, sizeof(bytes) });
    siphash_feed(hash, piece);
}

struct seal seal_make(const struct secret *secret, struct text key,
                      struct text value)
{
    struct siphash hash;
    struct seal seal;

    siphash_begin(&hash, secret->bytes);
    feed_sized(&hash, TEXT(SEAL_DOMAIN));
    feed_sized(&hash, key);
    feed_sized(&hash, value);
    siphash_end(&hash, seal.bytes);
    return seal;
}

bool seal_fits(struct text seal, const struct secret *secret, struct text key,
               struct text value)
{
    struct seal wanted = seal_make(secret, key, value);

    return seal.size == SEAL_SIZE &&
           memcmp(seal.bytes, wanted.bytes, SEAL_SIZE) == 0;
}

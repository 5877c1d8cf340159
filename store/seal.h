/*
 * The seal of a row: a MAC of 128 bits over the version of the row's shape, its
 * key and its value. A row whose seal does not fit is as good as absent. SQLite
 * itself does not notice a flipped bit in a value.
 */
#ifndef TMPGUARD_STORE_SEAL_H
#define TMPGUARD_STORE_SEAL_H

#include <stdbool.h>

#include "core/base/text.h"
#include "store/secret.h"
#include "store/siphash.h"

#define SEAL_SIZE SIPHASH_SIZE

struct seal {
    unsigned char bytes[SEAL_SIZE];
};

struct seal seal_make(const struct secret *secret, struct text key,
                      struct text value);

/* Is `seal` what seal_make says? Any other size than SEAL_SIZE does not fit. */
bool seal_fits(struct text seal, const struct secret *secret, struct text key,
               struct text value);

#endif

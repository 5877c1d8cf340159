/*
 * SHA-256 (FIPS 180-4), for repositories whose objects are named by it.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_SHA256_H
#define TMPGUARD_HOOKS_SYSTEM_SHA256_H

#include "core/base/buffer.h"
#include "core/base/text.h"

#define SHA256_SIZE 32 /* bytes */

/* The digest of two texts, one behind the other. */
void sha256(unsigned char digest[SHA256_SIZE], struct text head,
            struct text body);

/* Append it in hexadecimal. */
void sha256_hex(struct buffer *out, struct text head, struct text body);

#endif

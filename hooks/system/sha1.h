/*
 * SHA-1 (FIPS 180-4), for telling a damaged object: by the processor's own
 * instructions where there are millions of them.
 *
 * Unlike git's it does not look for collisions. git does when an object
 * comes into a repository (add, fetch, receive), and refuses it.
 */
#ifndef TMPGUARD_HOOKS_SYSTEM_SHA1_H
#define TMPGUARD_HOOKS_SYSTEM_SHA1_H

#include <stdbool.h>

#include "core/base/text.h"

#define SHA1_SIZE     20 /* bytes */
#define SHA1_HEAD_MAX 63 /* bytes */

/* Has the processor such instructions? Asking it is slow: ask once. */
bool sha1_is_there(void);

/* The digest of two texts, one behind the other. Only if sha1_is_there. */
void sha1(unsigned char digest[SHA1_SIZE], struct text head, struct text body);

/* The same on any processor, five times as slow. */
void sha1_plain(unsigned char digest[SHA1_SIZE], struct text head,
                struct text body);

#endif

/*
 * What is known about runs of bytes that come up again and again, shared by
 * threads: a bounded map from bytes to values that somebody else makes. Equal
 * hashes prove nothing: bytes are compared, always.
 */
#ifndef TMPGUARD_CORE_BASE_STASH_H
#define TMPGUARD_CORE_BASE_STASH_H

#include <stdint.h>

#include "core/base/text.h"

struct stash;

/*
 * An empty one, which forgets everything when it holds more than `size_max`
 * bytes; `release` is for the values then.
 */
struct stash *stash_open(size_t size_max, void (*release)(void *value));

/* When no thread uses it any more. Closing NULL is fine. */
void stash_close(struct stash *stash);

/* Values live at least as long as a thread is between these two. */
void stash_enter(struct stash *stash);
void stash_leave(struct stash *stash);

/* For tables: of all the bytes. Anybody can make two texts have the same. */
uint64_t stash_hash(struct text text);

/*
 * The value of a key that was kept with this hash, or NULL: the key is the
 * text, or what the text starts with.
 */
void *stash_get(struct stash *stash, uint64_t hash, struct text text);
void *stash_get_start(struct stash *stash, uint64_t hash, struct text text);

/* Keep a value of about `size` bytes. It is the stash's from now on. */
void stash_put(struct stash *stash, uint64_t hash, struct text key, void *value,
               size_t size);

#endif

/*
 * Rows of the cache in memory: bytes under a key, bounded. The daemon keeps
 * one, and its workers inherit it when they are forked.
 *
 * It has two halves. New rows go into the young one; when that is full it
 * becomes the old one, and what the old one held is forgotten.
 */
#ifndef TMPGUARD_CMD_DAEMON_RACK_H
#define TMPGUARD_CMD_DAEMON_RACK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/text.h"

/* Both halves together hold at most this, in bytes. */
#define RACK_SIZE_MAX ((size_t)32 << 20)

struct rack_row {
    uint64_t hash;
    char *bytes; /* the key, then the value; NULL: an empty place */
    size_t key_size, value_size;
};

struct rack_half {
    struct rack_row *rows; /* a power of two of them, at most half in use */
    size_t rows_count, used;
    size_t size; /* of all keys and values, in bytes */
};

/* Start from RACK_EMPTY. */
struct rack {
    struct rack_half young, old;
};

#define RACK_EMPTY ((struct rack){ .young = { .rows = NULL } })

/* The value, valid until the next change; false if it is not there. */
bool rack_get(const struct rack *rack, struct text key, struct text *value);

/* Keep a copy; true if that is news. Larger than half a rack it is not kept.
 */
bool rack_put(struct rack *rack, struct text key, struct text value);

void rack_release(struct rack *rack);

#endif

/*
 * The rows of the cache on behalf of the workers: in memory, and behind that
 * in the store on disk, which belongs to the daemon only while it is used.
 * What cannot be kept there is kept in memory alone.
 */
#ifndef TMPGUARD_CMD_DAEMON_KEEPER_H
#define TMPGUARD_CMD_DAEMON_KEEPER_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/daemon/rack.h"
#include "core/base/buffer.h"
#include "store/store.h"

/* Start from { .place = … }; without a folder it has no disk. Its strings
 * belong to the caller. */
struct keeper {
    struct store_place place;
    struct rack rack;
    struct store *store; /* NULL while it is not used */
    int64_t retry_ms;    /* not before */
    int64_t used_ms;     /* the last time */
    unsigned version;    /* of the rack: what is new raises it */
    bool suspect;        /* the store is to be set aside when it is there */
};

/* Look a row up: 1 and the value is appended, or 0. */
int keeper_get(struct keeper *keeper, struct text key, struct buffer *value);

/* Keep a row. */
void keeper_put(struct keeper *keeper, struct text key, struct text value);

/*
 * A row of it was wrong: forget all, and set the file aside, now or when it can
 * be had.
 */
void keeper_distrust(struct keeper *keeper);

/* Write what is pending, and leave the store to others. */
void keeper_rest(struct keeper *keeper);

void keeper_release(struct keeper *keeper);

#endif

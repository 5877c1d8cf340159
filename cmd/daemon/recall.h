/*
 * The daemon's memory of answers: what workers left behind (memo.h), each
 * under the request that it was for. One is given again only after a look at
 * everything that it was made from, and after that there is no doubt left;
 * else it is forgotten, and a worker does the work.
 */
#ifndef TMPGUARD_CMD_DAEMON_RECALL_H
#define TMPGUARD_CMD_DAEMON_RECALL_H

#include <stdbool.h>

#include "cmd/daemon/memo.h"
#include "cmd/daemon/wire.h"

/* As many are kept; the one that was used longest ago goes. */
#define RECALL_MAX 64

struct recall_item {
    struct buffer key, memo; /* empty: this place is free */
    uint64_t used;
};

/* Start from RECALL_EMPTY. */
struct recall {
    struct recall_item items[RECALL_MAX];
    uint64_t uses;
};

#define RECALL_EMPTY ((struct recall){ .uses = 0 })

/*
 * Keep what a worker left behind of a request: the payload of one. What is
 * none is not kept.
 */
void recall_keep(struct recall *recall, struct text request, struct text memo);

/* The answer to the same request, valid until the next call; or false. */
bool recall_find(struct recall *recall, const struct wire_request *request,
                 struct memo *memo);

void recall_release(struct recall *recall);

#endif

/*
 * What the cache said, analysed again: of a hundred hits one is remembered,
 * and looked at when the answer is out. A row that is sealed and wrong is
 * found by nothing else.
 */
#ifndef TMPGUARD_CMD_DAEMON_SHADOW_H
#define TMPGUARD_CMD_DAEMON_SHADOW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "hooks/joint/analyse.h"

#define SHADOW_ONE_IN 100
#define SHADOW_MAX    4 /* rows of one worker */

struct shadow {
    struct shadow_row {
        struct buffer key, value;
    } rows[SHADOW_MAX];
    size_t count;
    uint64_t hits; /* start from any number: which hit is the first */
};

/* A hit: remember it, if it is its turn and facts of a blob. */
void shadow_note(struct shadow *shadow, struct text key, struct text value);

/* What came of it, for each row that could be analysed. */
typedef void shadow_told(void *payload, struct text key, bool same);

/*
 * Analyse the blobs again, in the repository of the current folder, with
 * rows->scan, and forget them.
 */
void shadow_look(struct shadow *shadow, const struct analyse_rows *rows,
                 shadow_told *tell, void *payload);

void shadow_release(struct shadow *shadow);

#endif

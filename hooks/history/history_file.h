/*
 * One file of one commit, followed from its parents.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_FILE_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hooks/history/history_fold.h"

/* A finding of a parent that the commit does not continue. */
struct lost {
    uint32_t set; /* of entries */
    uint32_t key, path;
    bool taken; /* scratch for who looks at it */
};

struct losses {
    struct lost *lost;
    size_t lost_count, lost_room;
};

struct file_change {
    uint32_t commit;
    uint32_t path, blob; /* the blob may be TREES_UNKNOWN */
    size_t parents_count;
    const uint32_t *parents; /* commits */
    /* What the file was in each; NULL: it was not there. */
    struct file_state *const *before;
    struct losses *losses; /* of each; added to */
};

/*
 * What the commit holds in the file, with one use for the caller; entries
 * that it introduces are made. Shared with a parent where nothing changed.
 * Of an unknown blob: what the parents held.
 */
struct file_state *file_follow(struct history_fold *fold,
                               const struct file_change *change);

/* The file is gone: all that it held is lost. */
void file_lose(const struct history_fold *fold, const struct file_state *file,
               struct losses *losses);

#endif

/*
 * One pass over all objects of a repository, each resolved once, on all
 * processors: commits, trees, and of the blobs those that a tree has under a
 * name that may be Python. What it does not have (damage, what a partial clone
 * lacks, what packs.h does not cover) is read one by one by whoever needs it,
 * through git, which then says what is wrong: of packs_gaps nothing need be
 * told.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_SWEEP_H
#define TMPGUARD_HOOKS_HISTORY_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "hooks/git/commit_log.h"
#include "hooks/git/tree_log.h"
#include "hooks/history/history.h"
#include "hooks/history/history_blobs.h"
#include "hooks/history/sweep_blobs.h"

#define SWEEP_NONE TREE_LOG_NONE

struct packs;

/* Objects have the numbers of `packs`, missing ones those of trees.missing. */
struct sweep {
    struct packs *packs;
    struct commit_log commits;
    struct tree_log trees;
    struct sweep_blobs blobs;
    uint64_t *python; /* private: a bit for each blob with a name of Python */
    struct sweep_walk *walk; /* private: that of the blobs */
};

/*
 * Go through all objects; through the blobs while the caller goes on with
 * commits and trees: until sweep_wait options->progress may be called, and the
 * report's stats are the sweep's. Returns NULL if there are too many objects
 * to number.
 */
struct sweep *sweep_open(struct repo *repo,
                         const struct history_options *options,
                         struct report *report);

/* Wait until all blobs are looked at, and count them. Twice is fine. */
void sweep_wait(struct sweep *sweep);

/* The number of an object, or SWEEP_NONE. */
uint32_t sweep_find(const struct sweep *sweep, const struct object_id *id);

/* The same of so many ids, all of the repository's size, one behind the other.
 */
void sweep_find_all(const struct sweep *sweep, struct text ids, size_t count,
                    uint32_t *numbers);

/* The id of a number. */
struct object_id sweep_id(const struct sweep *sweep, uint32_t number);

/* What a file of this name holds: the number in *blobs of its blob, or
 * INTERN_NONE if no finding. One that was not read is new there. Waits. */
uint32_t sweep_blob(struct sweep *sweep, struct history_blobs *blobs,
                    uint32_t number, struct text name);

/* Closing NULL is fine. */
void sweep_close(struct sweep *sweep);

#endif

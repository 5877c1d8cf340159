/*
 * What a scan of a whole history found out, for the next one: the graph of
 * commits and, for each, the reduced tree. All of it is about objects by their
 * ids, so it stays true whatever becomes of the repository; what is new since
 * then is looked at and the rest is not. Kept in the cache, in pieces.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_SNAPSHOT_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_SNAPSHOT_H

#include <stdbool.h>
#include <stdint.h>

#include "hooks/history/history_commits.h"
#include "hooks/history/history_trees.h"

/* Of the encoding, which history_save writes. */
#define SNAPSHOT_VERSION 1

/* What is known of a blob. */
enum snapshot_bits {
    SNAPSHOT_HAS_FACTS = 1, /* else it has to be looked at */
    SNAPSHOT_HAS_LINE = 2,  /* the first line was looked at, */
    SNAPSHOT_IS_SCRIPT = 4, /* and it says that it is Python */
};

struct snapshot;

/* Whose it is. `codeql_compat` changes which files matter. */
struct snapshot_owner {
    struct analyser *analyser;
    struct repo *repo;
    bool codeql_compat;
};

/* Append the name that it has in the cache. */
void snapshot_name(const struct snapshot_owner *owner, struct buffer *name);

/* What is kept for that repository; NULL if nothing sound is. */
struct snapshot *snapshot_load(const struct snapshot_owner *owner);

/* Closing NULL is fine. */
void snapshot_close(struct snapshot *snapshot);

/* Add its commits, as read. Their `root` is set, their `tree` is not. */
void snapshot_add_commits(const struct snapshot *snapshot,
                          struct history_commits *commits);

/* Add its reduced trees, and what its blobs hold. */
void snapshot_add_trees(struct snapshot *snapshot, struct history_trees *trees);

/* The reduced tree, once they are added, of a commit's `root`. */
uint32_t snapshot_tree(const struct snapshot *snapshot, uint32_t root);

/* How many files were looked at for it, and how many of them were Python. */
void snapshot_count(const struct snapshot *snapshot,
                    struct report_stats *stats);

#endif

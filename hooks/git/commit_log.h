/*
 * All commits of a repository's packs: what of each a walk of the graph needs.
 */
#ifndef TMPGUARD_HOOKS_GIT_COMMIT_LOG_H
#define TMPGUARD_HOOKS_GIT_COMMIT_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hooks/git/object.h"

struct commit_log_worker;

/* Made by commit_log_begin; private. */
struct commit_log {
    size_t id_size;
    uint32_t objects_count;
    struct commit_log_worker *workers;
    unsigned workers_count;
    struct commit_log_entry *entries; /* by the number of the object */
};

/* Get ready for so many threads, and for objects numbered below the count. */
void commit_log_begin(struct commit_log *log, size_t id_size,
                      uint32_t objects_count, unsigned threads);

/* Note the commit number `number`; one that is damaged is passed over.
 * `worker` is one thread's alone. */
void commit_log_enter(struct commit_log *log, unsigned worker, uint32_t number,
                      struct text bytes);

/* Ids are id_size bytes each, and stay where they are. */
struct commit_log_record {
    int64_t committed; /* the committer's date */
    uint32_t parents_count;
    const unsigned char *tree, *parents;
};

/* What was noted of a commit; false if nothing was. */
bool commit_log_get(const struct commit_log *log, uint32_t number,
                    struct commit_log_record *record);

void commit_log_release(struct commit_log *log);

#endif

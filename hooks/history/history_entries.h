/*
 * The entries of a history: each is one call from the commit that introduced
 * it to the one that removed it.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_ENTRIES_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/intern.h"
#include "core/rule/finding.h"

#define ENTRY_NOT_REMOVED UINT32_MAX

/* A path, a blob that stands there, and one of its findings. */
struct entry_place {
    uint32_t path, blob, finding;
};

struct entry {
    uint32_t introduced, removed; /* commits */
    uint32_t path, blob, finding; /* at the introduction */
    unsigned char removed_rank;   /* how much the removal says; higher wins */
    bool live;
    bool live_open; /* live somewhere without a comment that excuses it */
    enum suppression live_suppression;
    struct entry_place live_place; /* of the highest rank */
    unsigned char live_rank;
    uint32_t seen; /* the last commit, plus one, that was found to hold it */
};

/* Start from { 0 }, then entries_begin. */
struct entries {
    struct entry *entries;
    size_t entries_count, entries_room;
    struct intern sets;  /* of entries */
    struct intern moves; /* pairs of entry and path, as bytes */
};

/* A place where an entry stood. */
struct entry_move {
    uint32_t entry, path;
};

void entries_begin(struct entries *entries);

/* A new entry, which stands at `path`. Returns the set of it alone. */
uint32_t entries_introduce(struct entries *entries, uint32_t commit,
                           uint32_t path, uint32_t blob, uint32_t finding);

/* The entries of the set stand at `path` too. */
void entries_move(struct entries *entries, uint32_t set, uint32_t path);

/* `commit` holds the entries of the set. */
void entries_see(struct entries *entries, uint32_t set, uint32_t commit);

/*
 * `commit` no longer has the entries of the set, unless it was found to hold
 * them. Of several removals the first of the highest rank counts.
 */
void entries_remove(struct entries *entries, uint32_t set, uint32_t commit,
                    unsigned char rank);

/*
 * The entries of the set are live there, with this finding. Of several places
 * one that no comment excuses is kept, then the last of the highest rank.
 */
void entries_live(struct entries *entries, uint32_t set,
                  const struct entry_place *place,
                  const struct finding *finding, unsigned char rank);

void entries_release(struct entries *entries);

#endif

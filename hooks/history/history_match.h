/*
 * Which call of one version of a file is which of another version.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_MATCH_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_MATCH_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/intern.h"
#include "hooks/history/history_blobs.h"

#define MATCH_NONE UINT32_MAX

/* One version: its occurrences, sorted, and the set of entries of each. */
struct version {
    const struct occurrence *occurrences;
    const uint32_t *sets; /* of `sets`; SETS_EMPTY: of none yet */
    size_t count;
};

/*
 * For each occurrence of `before` say in partner[] which of `after` it is, or
 * MATCH_NONE; no two are the same. Of each key as many are paired as both
 * have. Preferred are partners that share an entry, then those that have
 * none, then those with the same text around.
 */
void match_versions(const struct intern *sets, const struct version *before,
                    const struct version *after, uint32_t *partner);

/* How many occurrences of a sorted list have this key? */
size_t match_count(const struct occurrence *occurrences, size_t count,
                   uint32_t key);

/* The end of the run of equal keys that starts at `at`. */
size_t match_run(const struct occurrence *occurrences, size_t count, size_t at);

#endif

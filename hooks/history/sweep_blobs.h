/*
 * What the blobs of the packs hold, as a sweep finds out: each is searched for
 * the words of a finding where it lies, and analysed if it has them.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_SWEEP_BLOBS_H
#define TMPGUARD_HOOKS_HISTORY_SWEEP_BLOBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/facts/facts.h"
#include "core/source/literal.h"
#include "hooks/git/object.h"

struct memo;
struct sweep_blobs_worker;

/* What came of one blob. */
struct sweep_blob {
    struct facts facts; /* none if it failed */
    bool failed;        /* for the reason in err */
    bool shebang;       /* its first line says that it is Python */
    uint32_t known;     /* for the caller; INTERN_NONE at first */
    struct error err;
};

/* Made by sweep_blobs_begin; private. */
struct sweep_blobs {
    uint32_t objects_count;
    uint32_t *verdicts; /* by the number of the object */
    struct sweep_blobs_worker *workers;
    unsigned workers_count;
    struct memo *memo;
};

/* Get ready for so many threads, and for objects numbered below the count. */
void sweep_blobs_begin(struct sweep_blobs *blobs, uint32_t objects_count,
                       unsigned threads);

/* Look at a blob, which is Python by a name of it, or only if its first line
 * says so. `worker` is one thread's alone. Returns what literal_glance finds if
 * that is LITERAL_LONE at most, else NULL; `idle` is that if it is known, or
 * more. */
enum literal_glance *sweep_blobs_enter(struct sweep_blobs *blobs,
                                       unsigned worker, uint32_t number,
                                       struct text bytes, bool by_name,
                                       enum literal_glance *idle);

/* No blob comes any more: give back what only these need, beside asking what
 * came of them. */
void sweep_blobs_end(struct sweep_blobs *blobs);

enum sweep_verdict {
    SWEEP_UNREAD, /* not looked at */
    SWEEP_CLEAN,
    SWEEP_KNOWN, /* *blob, which stays where it is once all are looked at */
};

enum sweep_verdict sweep_blobs_get(struct sweep_blobs *blobs, uint32_t number,
                                   struct sweep_blob **blob);

/* How many were analysed. */
uint64_t sweep_blobs_analysed(const struct sweep_blobs *blobs);

void sweep_blobs_release(struct sweep_blobs *blobs);

#endif

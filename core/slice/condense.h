/*
 * A file without the statements of its module and of its classes that have no
 * say in its findings: what is left is looked at instead of it. It comes up
 * again in other versions of the file, and statements do, too, so that of a
 * history very little is really read.
 *
 * What is left out are parts of chunks (chunk.h) that nothing was asked about
 * whose answer they could change; where answering takes names into account that
 * were not thought of, they are asked for and it starts again (elsewhere.h).
 */
#ifndef TMPGUARD_CORE_SLICE_CONDENSE_H
#define TMPGUARD_CORE_SLICE_CONDENSE_H

#include "core/base/stash.h"
#include "core/rule/finding.h"
#include "core/slice/elsewhere.h"

struct condense_chunk {
    const struct chunk *chunk;
    uint32_t start, line; /* in the file; lines from 0 */
    size_t part;          /* the number of its first part */
};

/* A run of bytes that was kept: where it starts, and in the file. */
struct condense_run {
    uint32_t at, from;
    uint32_t line, from_line;
};

struct condensed {
    struct text bytes; /* of the file */
    struct condense_chunk *chunks;
    size_t chunks_count, chunks_room;
    size_t parts_count;
    bool *kept; /* by part */
    struct condense_run *runs;
    size_t runs_count, runs_room;
    struct elsewhere elsewhere;
    struct buffer key; /* what is kept, and what was said elsewhere */
    uint64_t looks;    /* bytes to look at, before that is too much work */
};

/* Each byte of a file may be looked at so many times for answers. */
#define CONDENSE_LOOKS_MAX 16

/* A stash for chunks of so many bytes. */
struct stash *condense_stash(size_t size_max);

/*
 * Condense a file, which must outlive it, with stashes that were entered: of
 * chunks, and of their parts (chunk_stash), which may be NULL. With `alone` it
 * is for findings that the file has by itself, and not for its needs.
 * Returns false if it has to be looked at as it is; then it is closed.
 */
bool condense_open(struct condensed *condensed, struct stash *chunks,
                   struct stash *parts, struct text bytes, bool alone);

/* What is kept; valid until it changes. All that it means follows from the
   bytes of condensed.key. */
struct text condense_text(const struct condensed *condensed);

/* Keep what answers these, too (elsewhere.asked). Returns 1, or 0 if all of it
   was kept, or -1 if that is too much work. */
int condense_widen(struct condensed *condensed, const struct intern *asked);

/* Move a finding of the condensed text to where it is in the file. */
void condense_place(const struct condensed *condensed, struct finding *finding);

/* Give the memory back; closing twice is fine. */
void condense_close(struct condensed *condensed);

#endif

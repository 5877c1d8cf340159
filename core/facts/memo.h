/*
 * Decisions that were made already, by what was parsed. A history has the
 * same statements in thousands of blobs. Safe to use from several threads at
 * once; what is found does not depend on it.
 */
#ifndef TMPGUARD_CORE_FACTS_MEMO_H
#define TMPGUARD_CORE_FACTS_MEMO_H

#include "core/base/stash.h"
#include "core/facts/decision.h"

/* With more bytes than this of a kind it starts anew. */
#define MEMO_SIZE_MAX   ((size_t)32 << 20)
#define MEMO_CHUNKS_MAX ((size_t)96 << 20)

struct memo;

struct memo *memo_open(void);

/* Closing NULL is fine. */
void memo_close(struct memo *memo);

/* Its stashes of chunks (condense.h), of their parts (chunk.h), of their trees
   (graft.h), and of what is known of condensed files (recall.h). */
struct stash *memo_chunks(struct memo *memo);
struct stash *memo_parts(struct memo *memo);
struct stash *memo_trees(struct memo *memo);
struct stash *memo_known(struct memo *memo);

/* The decision about a slice's text: 1 and a copy of it, or 0. */
int memo_get(struct memo *memo, struct text text, struct decision *decision);

/* Remember it. */
void memo_put(struct memo *memo, struct text text,
              const struct decision *decision);

#endif

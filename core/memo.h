/*
 * Decisions that were made already, by what was parsed. A history has the
 * same statements in thousands of blobs. Safe to use from several threads at
 * once; what is found does not depend on it.
 */
#ifndef TMPGUARD_CORE_MEMO_H
#define TMPGUARD_CORE_MEMO_H

#include "core/decision.h"

/* With more bytes than this it starts anew. */
#define MEMO_SIZE_MAX ((size_t)32 << 20)

struct memo;

struct memo *memo_open(void);

/* Closing NULL is fine. */
void memo_close(struct memo *memo);

/* The decision about a slice's text: 1 and a copy of it, or 0. */
int memo_get(struct memo *memo, struct text text, struct decision *decision);

/* Remember it. */
void memo_put(struct memo *memo, struct text text,
              const struct decision *decision);

#endif

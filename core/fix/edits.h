/*
 * Changes to a text: what stands where is replaced. They are collected in any
 * order and made together.
 */
#ifndef TMPGUARD_CORE_FIX_EDITS_H
#define TMPGUARD_CORE_FIX_EDITS_H

#include <stdint.h>

#include "core/base/buffer.h"

/* text[start, end) gives way to `size` bytes of the pool from `at` on. */
struct edit {
    uint32_t start, end;
    size_t at, size;
};

/* Start from EDITS_EMPTY. */
struct edits {
    struct edit *items;
    size_t items_count, items_room;
    struct buffer pool;
};

#define EDITS_EMPTY ((struct edits){ .items = NULL })

/* Replace text[start, end); at one place what was said first stands first. */
void edits_replace(struct edits *edits, uint32_t start, uint32_t end,
                   struct text with);
void edits_insert(struct edits *edits, uint32_t at, struct text what);

/* What the edit puts there, valid until the next change. */
struct text edits_text(const struct edits *edits, const struct edit *edit);

/* Forget all from the item `count` on. */
void edits_cut(struct edits *edits, size_t count);

/* Sort by place; false if two of them change the same bytes. */
bool edits_settle(struct edits *edits);

/* Append the changed text; the edits must be settled and within it. */
void edits_apply(const struct edits *edits, struct text text,
                 struct buffer *out);

/* Give the memory back; releasing twice is fine. */
void edits_release(struct edits *edits);

#endif

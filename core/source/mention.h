/*
 * Where the names of a file stand: all its words, by what they say.
 */
#ifndef TMPGUARD_CORE_SOURCE_MENTION_H
#define TMPGUARD_CORE_SOURCE_MENTION_H

#include "core/source/word.h"

#define MENTION_NONE UINT32_MAX

struct mention {
    uint32_t start, end, line; /* logical line */
    uint32_t next;             /* the next one that says the same */
};

/* A word that stands somewhere: its first and its last mention. */
struct mention_slot {
    uint32_t hash, first, last;
};

/* Open with mention_open. */
struct mentions {
    const struct source *source;
    struct mention *items; /* in the order of the text */
    size_t items_count, items_room;
    struct mention_slot *slots;
    size_t slots_count; /* a power of two */
    size_t words;       /* different ones */
};

/* The source must outlive them. */
void mention_open(struct mentions *mentions, const struct source *source);

/* The first mention of a word, or MENTION_NONE; go on by `next`. */
uint32_t mention_find(const struct mentions *mentions, struct text word);

/* The number of the first mention that stands in that line or behind it. */
size_t mention_from(const struct mentions *mentions, size_t line);

/* Give the memory back; closing twice is fine. */
void mention_close(struct mentions *mentions);

#endif

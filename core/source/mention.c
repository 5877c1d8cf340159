#include "core/source/mention.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bound.h"
#include "core/base/memory.h"

#define SLOTS_MIN 1024

static uint32_t hash_of(struct text text)
{
    uint32_t hash = 2166136261;

    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.bytes[i]) * 16777619;
    return hash ^ hash >> 15;
}

static struct text text_at(const struct mentions *mentions, uint32_t mention)
{
    const struct mention *at = &mentions->items[mention];

    return (struct text){ mentions->source->code + at->start,
                          at->end - at->start };
}

/* The slot of the word, or the free one where it would be. */
static struct mention_slot *slot_of(const struct mentions *mentions,
                                    struct text word, uint32_t hash)
{
    size_t mask = mentions->slots_count - 1, at = hash & mask;

    for (;; at = (at + 1) & mask) {
        struct mention_slot *slot = &mentions->slots[at];

        if (slot->first == MENTION_NONE ||
            (slot->hash == hash &&
             text_equal(text_at(mentions, slot->first), word)))
            return slot;
    }
}

static void make_slots(struct mentions *mentions, size_t count)
{
    mentions->slots = memory_new(count, sizeof(*mentions->slots));
    mentions->slots_count = count;
    for (size_t i = 0; i < count; i++)
        mentions->slots[i].first = MENTION_NONE;
}

static void grow(struct mentions *mentions)
{
    struct mention_slot *old = mentions->slots;
    size_t count = mentions->slots_count;

    make_slots(mentions, 2 * count);
    for (size_t i = 0; i < count; i++)
        if (old[i].first != MENTION_NONE)
            *slot_of(mentions, text_at(mentions, old[i].first), old[i].hash) =
                old[i];
    free(old);
}

static void add(struct mentions *mentions, const struct word *word, size_t line)
{
    uint32_t number = (uint32_t)mentions->items_count, hash;
    struct mention *mention = ARRAY_PUSH(mentions->items);
    struct mention_slot *slot;

    *mention = (struct mention){ word->start, word->end, (uint32_t)line,
                                 MENTION_NONE };
    hash = hash_of(text_at(mentions, number));
    slot = slot_of(mentions, text_at(mentions, number), hash);
    if (slot->first != MENTION_NONE) {
        mentions->items[slot->last].next = number;
        slot->last = number;
        return;
    }
    *slot = (struct mention_slot){ hash, number, number };
    if (++mentions->words * 2 > mentions->slots_count)
        grow(mentions);
}

void mention_open(struct mentions *mentions, const struct source *source)
{
    *mentions = (struct mentions){ .source = source };
    make_slots(mentions, SLOTS_MIN);
    for (size_t line = 0; line < source->logicals_count; line++) {
        struct word_reader reader = word_read(source, line);
        struct word word;

        while (word_next(&reader, &word))
            add(mentions, &word, line);
    }
}

uint32_t mention_find(const struct mentions *mentions, struct text word)
{
    return slot_of(mentions, word, hash_of(word))->first;
}

size_t mention_from(const struct mentions *mentions, size_t line)
{
    struct bound found = bound_in(0, mentions->items_count);

    while (bound_open(&found))
        bound_step(&found, mentions->items[found.middle].line < line);
    return found.low;
}

void mention_close(struct mentions *mentions)
{
    free(mentions->items);
    free(mentions->slots);
    *mentions = (struct mentions){ .source = NULL };
}

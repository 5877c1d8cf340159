/*
 * The parts of chunk.c, for those of them that are not in it.
 */
#ifndef TMPGUARD_CORE_SLICE_CHUNK_PARTS_H
#define TMPGUARD_CORE_SLICE_CHUNK_PARTS_H

#include "core/slice/chunk.h"
#include "core/source/nest.h"
#include "core/source/word.h"

/* The names of chunk.ends. */
extern const enum word_name chunk_names[CHUNK_NAMES];

/* What is known of a part by its bytes. Start from all zeroes. */
struct chunk_note {
    struct chunk_says says;
    uint32_t *asks; /* hashes of what it is needed for */
    size_t asks_count, asks_room;
};

/* It is needed for that name, if it is asked so. */
void chunk_needed(struct chunk_note *note, enum chunk_ask ask,
                  struct text name);

/* Read the logical lines of a source from `first` up to `after`, a part of it.
   The scope is that of the first one. */
void chunk_read_lines(struct chunk_note *note, const struct source *source,
                      size_t first, size_t after, enum line_scope scope);

/* What a literal says, which is one of those from `first` up to `after`. */
void chunk_read_string(struct chunk_note *note, const struct source *source,
                       size_t number, size_t first, size_t after);

#endif

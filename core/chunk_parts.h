/*
 * The parts of chunk.c, for those of them that are not in it.
 */
#ifndef TMPGUARD_CORE_CHUNK_PARTS_H
#define TMPGUARD_CORE_CHUNK_PARTS_H

#include "core/chunk.h"
#include "core/word.h"

/* The names of chunk.ends. */
extern const enum word_name chunk_names[CHUNK_NAMES];

/* It is needed for that name, if it is asked so. */
void chunk_needed(struct chunk *chunk, enum chunk_ask ask, struct text name);

/* Read the logical lines of its source, all of them and in order. */
struct chunk_reading *chunk_reading_open(struct chunk *chunk,
                                         const struct source *source);
void chunk_read_line(struct chunk_reading *reading, struct chunk_part *part,
                     size_t line);
void chunk_reading_close(struct chunk_reading *reading);

/* What a literal says. */
void chunk_read_string(struct chunk *chunk, struct chunk_part *part,
                       const struct source *source, size_t number);

#endif

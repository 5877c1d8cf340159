/*
 * What one top-level statement of a file, or a few, has to say in whether a
 * call is one of a target, and about which names it has to be asked: enough
 * to leave it out of what is looked at (condense.h). A pure function of its
 * bytes.
 */
#ifndef TMPGUARD_CORE_SLICE_CHUNK_H
#define TMPGUARD_CORE_SLICE_CHUNK_H

#include "core/base/stash.h"
#include "core/source/indent.h"
#include "core/source/part.h"
#include "core/source/spell.h"

/* What a name is asked for, and what a chunk must have to be needed then. */
enum chunk_ask {
    CHUNK_BINDS,    /* a mention that may bind it: import, definition, … */
    CHUNK_ASSIGNS,  /* `x.name … = …` */
    CHUNK_CALLS,    /* `x.name(y)`, x.name handed on; not self.name, x.name();
                       a member's name handed on in its class */
    CHUNK_SPELLS,   /* a literal that says it */
    CHUNK_MENTIONS, /* the name anywhere */
    CHUNK_ASKS,
};

enum {
    CHUNK_MATTERS = 1 << 0, /* needed, whatever is asked */
    CHUNK_OS = 1 << 1,      /* needed if members of os are targets */
    CHUNK_IMPORTS = 1 << 2, /* something by its name in a string, */
    CHUNK_READS = 1 << 3,   /* or reads it */
    CHUNK_PARTS = 1 << 4,   /* has parts of a target's member's name */
    CHUNK_FOREIGN = 1 << 6, /* needed if what others give matters: reads a
                               target's name from something, as self.mktemp */
    CHUNK_JOINS = 1 << 5,   /* has literals side by side, or escaped, that may
                               be a name together */
};

/* The names that strings may make up. */
enum { CHUNK_NAMES = 5, CHUNK_NAME_MAX = 8 };

/* What bytes say that counts for all of the file. Start from all zeroes. */
struct chunk_says {
    unsigned flags;
    uint8_t targets; /* whose names are in the bytes: 1 << enum target */
    struct spell_parts spelled;
    uint16_t ends[CHUNK_NAMES][CHUNK_NAME_MAX]; /* see part.h */
};

/* A statement of the module or of one of its classes (piece.h), with the
   comment on the line above it, up to the next one. */
struct chunk_part {
    uint32_t start, line; /* in the chunk; lines from 0 */
    uint32_t code;        /* where its first logical line starts */
    uint32_t members;     /* of a class: how many parts behind its head */
    unsigned flags;
    uint32_t asks;   /* in chunk.asks: its first one */
    uint64_t filter; /* of these */
};

/* Start from all zeroes. */
struct chunk {
    size_t size;
    uint32_t lines; /* line ends */
    struct chunk_part *parts;
    size_t parts_count, parts_room;
    struct chunk_says says;
    struct indent_columns columns;
    uint64_t filter[4]; /* of asks */
    uint32_t *asks; /* hashes of what parts are needed for, sorted by part */
    size_t asks_count, asks_room;
};

/* A stash of so many bytes for what parts say: most parts of a chunk that
   changed are as they were. */
struct stash *chunk_stash(size_t size_max);

/*
 * The first place behind `from` where the text may be cut, or its end. No chunk
 * that the text starts with ends before the one behind 0.
 */
size_t chunk_end(struct text text, size_t from);

/*
 * Read the chunk that the text, which does not start in the middle of a
 * statement, starts with: up to a place where it may be cut (cut.h).
 * The stash was entered, or is NULL.
 * Returns false if it is not regular: unbalanced, badly indented, too deep.
 */
bool chunk_read(struct chunk *chunk, struct text text, struct stash *stash);

/* Is a part needed to answer about that name? Errs on the side of yes; so does
   the first, for all parts together. The text starts with the chunk. */
bool chunk_answers(const struct chunk *chunk, struct text text,
                   enum chunk_ask ask, struct text name);
bool chunk_part_answers(const struct chunk *chunk, size_t part,
                        struct text text, enum chunk_ask ask, struct text name);

/* Where a part ends. */
size_t chunk_part_end(const struct chunk *chunk, size_t part);

/* All that two say. */
void chunk_join(struct chunk_says *to, const struct chunk_says *from);

/* Do the literals make up one of these words? */
bool chunk_makes_up(const struct chunk_says *says, uint64_t words);

/* About how much memory it takes, its bytes left out. */
size_t chunk_size(const struct chunk *chunk);

/* Give the memory back; releasing twice is fine. */
void chunk_release(struct chunk *chunk);

#endif

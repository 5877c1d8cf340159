/*
 * The statements of a module by their logical lines, and those of its classes:
 * what a slice is made of. No syntax is read but how lines are indented and
 * which word they start with.
 */
#ifndef TMPGUARD_CORE_SOURCE_PIECE_H
#define TMPGUARD_CORE_SOURCE_PIECE_H

#include "core/source/source.h"

enum piece_kind {
    PIECE_STATEMENT, /* any other, a whole class on one line too */
    PIECE_FUNCTION,
    PIECE_CLASS, /* its head; the statements in it are the next pieces */
};

struct piece {
    enum piece_kind kind;
    size_t first, after; /* logical lines, decorators among them */
    size_t members;      /* of a class: how many pieces follow */
    size_t owner;        /* of a member: the number of its class plus 1 */
};

/* Start from PIECES_EMPTY. */
struct pieces {
    struct piece *items; /* all lines, in order */
    size_t items_count, items_room;
};

#define PIECES_EMPTY ((struct pieces){ .items = NULL })

/* Are its lines indented as Python wants them, and is nothing else odd? */
bool piece_is_regular(const struct source *source);

/* Cut the source into pieces. False if it is not regular. */
bool piece_cut(struct pieces *pieces, const struct source *source);

/* The number of the piece that a logical line is in. */
size_t piece_at(const struct pieces *pieces, size_t line);

/* The first line of a piece that is no decorator, or `after` of it. */
size_t piece_head(const struct source *source, const struct piece *piece);

/* Give the memory back; releasing twice is fine. */
void piece_release(struct pieces *pieces);

#endif

/*
 * The parts of origin.c, for those of them that are not in it.
 */
#ifndef TMPGUARD_CORE_SLICE_ORIGIN_PARTS_H
#define TMPGUARD_CORE_SLICE_ORIGIN_PARTS_H

#include "core/base/intern.h"
#include "core/slice/origin.h"
#include "core/source/around.h"

struct origin {
    const struct source *source;
    const struct pieces *pieces;
    struct track *track;
    struct mentions mentions;
    struct intern names, attributes; /* traced; the attributes of names */
    struct intern methods;           /* whose `self` is traced: class, name */
    struct intern parameters;        /* traced: function, name */
    struct intern decorators;        /* traced, functions of the file */
    bool *classes;                   /* by piece: traced */
    uint64_t *brief;  /* by class: its methods say this much in brief */
    bool passes;      /* some call passes something */
    uint64_t *budget; /* bytes to look at, before that is too much work */
    unsigned depth;   /* of parameters that are passed on */
};

/* Each byte of a file may be looked at so many times. */
#define ORIGIN_LOOKS_MAX 32

/* More functions that call each other are not for words. */
#define ORIGIN_DEPTH_MAX 20

/* The first mention of a name and the next one, or NULL. In a part of a file
   all that the ask is about are there. */
const struct mention *origin_first(const struct origin *origin,
                                   enum chunk_ask ask, struct text name);
const struct mention *origin_next(const struct origin *origin,
                                  const struct mention *mention);

/* Does a literal say the name? */
bool origin_is_literal(const struct origin *origin, struct text name);

/* So many bytes were looked at. Was that within the budget? */
bool origin_spend(const struct origin *origin, uint64_t bytes);

/* around_of within the budget. */
struct around_word origin_around(const struct origin *origin,
                                 const struct mention *mention);

/* Add a line or piece and a name to a set: is the pair new to it? */
bool origin_add(struct intern *set, size_t number, struct text name);

const struct piece *origin_piece(const struct origin *origin, size_t line);

struct text origin_text(const struct origin *origin, const struct word *word);

/* Do imports, and nothing else, bind the name? */
bool origin_is_foreign(const struct origin *origin, struct text name);

/* Trace what matters; false if it is not told by words: a class by its piece,
   `self` in a method, what is read from a name. */
bool origin_class(struct origin *origin, size_t class);
bool origin_self(struct origin *origin, size_t line);
bool origin_name(struct origin *origin, size_t line, struct text name);

/* All decorators of a function or class are of other files. */
bool origin_has_foreign_decorators(const struct origin *origin,
                                   const struct piece *piece);

/* Trace those of a method: of other files, or functions that are nothing else,
   of methods that nobody here calls. False if it is not told by words. */
bool origin_decorators(struct origin *origin, const struct piece *method);

/* Does the function of the piece, whose parameters do not count, bind the name;
   does one that is in it and around the line? */
bool origin_is_local(const struct origin *origin, const struct piece *piece,
                     struct text name);
bool origin_is_shadowed(const struct origin *origin, const struct piece *piece,
                        size_t line, struct text name);

/* Is there such a name in the line? */
bool origin_mentions(const struct origin *origin, size_t line,
                     struct text name);

/* Does the method of that line read from `self` there, and call what it got,
   whenever it runs? */
bool origin_is_plain(const struct origin *origin,
                     const struct track_read *read);

/* The name of the function whose head is that line, and its first parameter. */
bool origin_head(const struct origin *origin, size_t line, struct word *name,
                 struct word *first);

#endif

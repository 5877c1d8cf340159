/*
 * All objects of one pack, each resolved once. Most are deltas on another one,
 * which makes the pack a forest: its roots are stored whole. The walk goes
 * from each root down, so a base is at hand when its deltas want it, and is
 * given back behind the last of them; light branches go first, so few bases
 * are held at a time, however long the chains are.
 *
 * An object's bytes are those that were packed, by the checksum that the index
 * has of each entry; what `find` gives is not checked. They are not hashed:
 * whether they are those of the id is for the caller to verify where it
 * matters (object_id_of).
 */
#ifndef TMPGUARD_HOOKS_GIT_FOREST_H
#define TMPGUARD_HOOKS_GIT_FOREST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/base/text.h"
#include "hooks/git/object.h"
#include "hooks/git/pack.h"

struct forest;

/*
 * Read the head of each entry, with so many threads (see pool_threads). The
 * pack must outlive the forest. An entry that is damaged is so for the walk.
 */
struct forest *forest_open(const struct pack *pack, unsigned threads);

/* Closing NULL is fine. */
void forest_close(struct forest *forest);

/* How many objects of a type there are, those of unknown type not counted. */
uint32_t forest_count(const struct forest *forest, enum object_type type);

struct forest_object {
    uint32_t number; /* see forest_walk.numbers */
    enum object_type type;
    struct text bytes;
    struct text delta; /* what made it of its base, in `enter` alone */
    uint32_t depth;    /* how many deltas lie between it and a whole object */
};

/* Why an object is not read. What is made of it is skipped for the same. */
enum forest_reason {
    FOREST_TOO_LARGE = 1, /* over size_max, or all that is held is too much */
    FOREST_DAMAGED,
    FOREST_NO_BASE, /* a delta on an object that is not there */
    FOREST_CYCLE,   /* a delta on itself, over others */
};

/* In words: "is damaged". */
const char *forest_reason_text(enum forest_reason reason);

/*
 * All are called by several threads; `worker` numbers them from 0, below
 * pool_threads(forest_walk.threads).
 */
struct forest_visitor {
    /*
     * An object. `base` is what it is a delta on, or NULL, and `base_data`
     * what `enter` returned for that: NULL if it was not wanted. Deltas on
     * one base may be entered by several threads at a time. The objects are
     * valid until it returns, except that `base` of a later call is one that
     * was entered before.
     */
    void *(*enter)(void *payload, unsigned worker,
                   const struct forest_object *object,
                   const struct forest_object *base, void *base_data);
    /* No delta needs what `enter` returned any more. Not called for NULL. */
    void (*leave)(void *payload, unsigned worker, void *data);
    /* An object that is wanted, or may be (of unknown type), and not read. */
    void (*skip)(void *payload, unsigned worker, uint32_t number,
                 enum forest_reason reason);
    /* Find a base that is not in the pack. Returns 1 and *object, to be given
     * back by object_release, or 0. May be NULL: there are none. */
    int (*find)(void *payload, unsigned worker, const struct object_id *id,
                struct object *object);
    void *payload;
};

#define FOREST_TYPE(type) (1u << (type))
#define FOREST_TYPES                                                           \
    (FOREST_TYPE(OBJECT_COMMIT) | FOREST_TYPE(OBJECT_TREE) |                   \
     FOREST_TYPE(OBJECT_BLOB) | FOREST_TYPE(OBJECT_TAG))

/* Start from { .types = …, .size_max = … }; the rest may be zero. */
struct forest_walk {
    unsigned types;  /* FOREST_TYPE(…) | … */
    size_t size_max; /* a larger object is skipped, and what is made of it */
    /* A bit for each entry of the index, entry i in wanted[i / 64]; NULL: all.
     * Bases on the way to a wanted one are resolved, but not entered. */
    const uint64_t *wanted;
    /* What forest_object.number is, by entry; NULL: the entry itself. */
    const uint32_t *numbers;
    unsigned threads;        /* 0: as many as processors */
    const atomic_bool *stop; /* true ends the walk soon; may be NULL */
    atomic_size_t *done;     /* objects entered and skipped; may be NULL */
};

/*
 * Enter or skip each object of these types that is wanted, once. An object of
 * unknown type (damaged) is skipped by every walk that may want it.
 */
void forest_walk(const struct forest *forest, const struct forest_walk *walk,
                 const struct forest_visitor *visitor);

#endif

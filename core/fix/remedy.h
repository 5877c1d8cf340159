/*
 * The safe repairs of a file one by one, for who applies them elsewhere: in
 * terms of places, each for one finding alone.
 */
#ifndef TMPGUARD_CORE_FIX_REMEDY_H
#define TMPGUARD_CORE_FIX_REMEDY_H

#include "core/facts/facts.h"
#include "core/fix/fix.h"

/* What stands there gives way to `size` bytes. */
struct remedy_change {
    struct range range;  /* may be empty: then they are inserted */
    uint32_t start, end; /* the same in bytes of the file */
    char *with;
    size_t size;
};

struct remedy {
    struct verdict verdict;
    struct remedy_change *changes; /* sorted, disjoint, at least one */
    size_t changes_count, changes_room;
    struct buffer patch; /* the same as a unified diff, once it was asked for */
    bool is_bytes; /* the file is not UTF-8, and one of them is not ASCII */
};

/* A file; open it with remedies_open. */
struct remedies {
    struct text bytes;
    struct fix_options options;
    struct proof proof;
    const struct facts *facts; /* what the file holds alone: the proof's */
    struct fix fix;            /* all of it repaired */
    size_t *left;
};

#define REMEDIES_EMPTY ((struct remedies){ .left = NULL })

/*
 * Look at a file, whose bytes must outlive it. Each look at its bytes is taken
 * from *left, and what is more than that is not repaired. `fix.drops` says
 * whether `options.keeps` matters.
 * Returns 0, or -1 with *err and no remedies: all can be closed.
 */
int remedies_open(struct remedies *remedies, struct text bytes,
                  const struct fix_options *options, size_t *left,
                  struct error *err);

/*
 * How that finding is repaired while all others stay as they are, if that is
 * what `tmpguard fix` would do: a new remedy, or NULL.
 */
struct remedy *remedies_of(struct remedies *remedies,
                           const struct finding *finding);

/* Why there is none, in a sentence, static; NULL if that is not known. */
const char *remedies_why(const struct remedies *remedies,
                         const struct finding *finding);

/* Make its patch, of the file `path`. */
void remedy_patch(struct remedy *remedy, const struct remedies *remedies,
                  const char *path);

/* Give the memory back; closing twice is fine, and so is NULL. */
void remedies_close(struct remedies *remedies);
void remedy_free(struct remedy *remedy);

#endif

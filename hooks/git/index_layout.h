/*
 * The layout of an index file of versions 2 to 4 (gitformat-index(5)): where
 * its entries are, and what trees git knew their folders to make.
 *
 * The checksum at its end is not looked at, as git does not: it commits what
 * the bytes say. So nothing here is trusted for having been summed: whoever
 * reads an entry or a folder looks at exactly the bytes that git would.
 *
 * The entries are not parsed but stepped over, to find where they end: an
 * extension tells that, too (EOIE), but git writes it only when it is told to,
 * and a file in which the two differ would mean one thing to us and another to
 * a git that reads it with one thread.
 */
#ifndef TMPGUARD_HOOKS_GIT_INDEX_LAYOUT_H
#define TMPGUARD_HOOKS_GIT_INDEX_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/text.h"
#include "hooks/git/object.h"

/* A larger index is left to git, in bytes; and so are all names of one of
 * version 4, where each is written as its difference from the one before. */
#define INDEX_SIZE_MAX  ((size_t)UINT32_MAX)
#define INDEX_NAMES_MAX ((size_t)256 << 20)

/* A folder of the TREE extension: what tree its files make. */
struct index_folder {
    struct text name;     /* within its parent; points into the file's bytes */
    size_t entries_count; /* below it, at any depth */
    struct object_id id;  /* size 0: not known, something in it changed */
    size_t folders_count; /* itself and those below it, which follow it */
};

/* Start from INDEX_LAYOUT_EMPTY. */
struct index_layout {
    struct text bytes; /* of the file; they must outlive it */
    size_t id_size;
    uint32_t version;
    uint32_t entries_count;
    size_t entries_end;           /* where the extensions start */
    bool is_split;                /* most entries are in another file */
    bool is_sparse;               /* an entry may be a folder */
    struct index_folder *folders; /* the first is the root, if there is any */
    size_t folders_count, folders_room;
    uint32_t *starts;      /* of the entries, in the bytes; private */
    struct buffer names;   /* of version 4; private */
    uint32_t *name_starts; /* in them, and where the last one ends */
};

#define INDEX_LAYOUT_EMPTY ((struct index_layout){ .folders = NULL })

/*
 * Is the file whole, and nothing in it but what is known here? `id_size`: 20
 * SHA-1, 32 SHA-256. The order of the entries is not looked at, and of each
 * one no more than its size.
 */
bool index_layout_read(struct index_layout *layout, struct text bytes,
                       size_t id_size);

struct index_entry {
    struct text path; /* '/'-separated; of a folder, with one at its end */
    uint32_t mode;
    struct object_id id;
    unsigned stage;   /* 1 to 3: one side of a conflict */
    bool is_intended; /* to be added, but nothing of it is */
};

/* One entry; false if it is not one that git would write. */
bool index_layout_entry(struct index_entry *entry,
                        const struct index_layout *layout, uint32_t number);

void index_layout_release(struct index_layout *layout);

#endif

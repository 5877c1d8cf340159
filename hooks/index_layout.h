/*
 * The layout of an index file of versions 2 to 4 and SHA-1
 * (gitformat-index(5)), checked before libgit2 reads it: 1.5 asks for as much
 * memory as a number in the file says, recurses as deep as the file wants, and
 * takes a name to end where a NUL byte happens to be.
 */
#ifndef TMPGUARD_HOOKS_INDEX_LAYOUT_H
#define TMPGUARD_HOOKS_INDEX_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"
#include "hooks/object.h"

#define INDEX_ID_SIZE 20

/* A folder of the TREE extension: what tree its files make. */
struct index_folder {
    struct text name;     /* within its parent; points into the file's bytes */
    size_t entries_count; /* below it, at any depth */
    struct object_id id;  /* size 0: not known, something in it changed */
    size_t folders_count; /* itself and those below it, which follow it */
};

/* Start from INDEX_LAYOUT_EMPTY. */
struct index_layout {
    uint32_t entries_count;
    struct index_folder *folders; /* the first is the root, if there is any */
    size_t folders_count, folders_room;
};

#define INDEX_LAYOUT_EMPTY ((struct index_layout){ .folders = NULL })

/*
 * Is the file whole, and nothing in it but what libgit2 reads as git does?
 * False for a split or sparse index and for one without a checksum, too. The
 * order of the entries and the checksum itself are not looked at.
 */
bool index_layout_read(struct index_layout *layout, struct text bytes);

/* The folder of this name in a folder; NULL if TREE does not tell, or if the
 * folder is NULL. */
const struct index_folder *index_folder_in(const struct index_folder *folder,
                                           struct text name);

void index_layout_release(struct index_layout *layout);

#endif

/*
 * Which tree an index file makes, without reading its entries: for a file that
 * git wrote anew, when another with the same entries was read before
 * (index_layout.h). What comes behind the entries is where it was, then, and
 * in what git writes nothing else looks like it.
 */
#ifndef TMPGUARD_HOOKS_GIT_INDEX_ROOT_H
#define TMPGUARD_HOOKS_GIT_INDEX_ROOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hooks/git/object.h"

/* What a file has in common with one that has the same entries. */
struct index_shape {
    uint32_t version, entries_count;
    uint64_t entries_end; /* where the extensions start */
    size_t id_size;
};

/* The shape of an index file, which is read for it; false: it is not known. */
bool index_shape_read(struct index_shape *shape, const char *path,
                      size_t id_size);

/*
 * Does the file have the shape, and know what tree all of its entries make?
 * Then *tree is that.
 */
bool index_root(struct object_id *tree, const char *path,
                const struct index_shape *shape);

#endif

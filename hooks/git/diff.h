/*
 * What differs between a tree and another tree, or the index, as git lists it
 * (the raw format of git-diff-tree(1), with -z and without renames).
 */
#ifndef TMPGUARD_HOOKS_GIT_DIFF_H
#define TMPGUARD_HOOKS_GIT_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "hooks/git/object.h"

/* One side of a change; mode 0 and a zero id: not there. */
struct diff_side {
    uint32_t mode;
    struct object_id id;
};

struct diff_entry {
    char *path;   /* of the new side; owned */
    char *source; /* of a rename, the path of the old side; owned, or NULL */
    struct diff_side before, after;
    bool unmerged; /* the index holds a conflict: no side is known */
};

/* Sorted by path. Start from DIFF_EMPTY. */
struct diff {
    struct diff_entry *entries;
    size_t entries_count, entries_room;
};

#define DIFF_EMPTY ((struct diff){ .entries = NULL })

/*
 * Take raw entries off the front of *rest, up to something that is none, and
 * sort them. Returns 0, or -1 and *err if one is cut or malformed.
 */
int diff_parse(struct diff *diff, struct text *rest, struct error *err);

/* The change at `path`, or NULL. */
const struct diff_entry *diff_find(const struct diff *diff, const char *path);

/* Is it a file with contents: no symlink, no submodule, not absent? */
bool diff_is_file(const struct diff_side *side);

void diff_release(struct diff *diff);

#endif

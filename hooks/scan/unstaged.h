/*
 * Files of the working tree that are not what is staged.
 */
#ifndef TMPGUARD_HOOKS_SCAN_UNSTAGED_H
#define TMPGUARD_HOOKS_SCAN_UNSTAGED_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/base/intern.h"
#include "hooks/git/object.h"

/* Start from UNSTAGED_EMPTY. */
struct unstaged {
    struct intern paths;   /* of the files, relative to the root, */
    struct object_id *ids; /* and what is staged of them */
    size_t ids_count, ids_room;
};

#define UNSTAGED_EMPTY ((struct unstaged){ .ids = NULL })

/* Ask git about the repository of the current folder: 0, or -1 and *err. */
int unstaged_read(struct unstaged *unstaged, struct error *err);

/* Does the file differ from what is staged of it, now that it holds these
   bytes? A file that is not tracked does not. */
bool unstaged_has(const struct unstaged *unstaged, const char *path,
                  struct text bytes);

/* Give the memory back; releasing twice is fine. */
void unstaged_release(struct unstaged *unstaged);

#endif

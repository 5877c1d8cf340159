/*
 * Which new file of a commit is which file that is gone: the same blob, or
 * half of the lines, as git diff -M has it.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_RENAMES_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_RENAMES_H

#include <stddef.h>
#include <stdint.h>

#include "hooks/history/history_trees.h"

#define RENAMES_NONE UINT32_MAX

/* More pairs than this are not compared line by line: not renamed. */
#define RENAMES_PAIRS_MAX 10000

/* One side: the tree object, and files of it that have findings. */
struct rename_side {
    uint32_t tree;
    const struct tree_file *files;
    size_t count;
};

/*
 * For each file of `after` say in from[] which of `before` it was, or
 * RENAMES_NONE; no two were the same. A file that exists on both sides is
 * none. Only files that have a finding in common are compared.
 */
void renames_find(struct history_trees *trees, const struct rename_side *before,
                  const struct rename_side *after, uint32_t *from);

#endif

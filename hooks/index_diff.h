/*
 * What is staged, without git: an index against a tree. Folders are entered
 * only where they differ.
 */
#ifndef TMPGUARD_HOOKS_INDEX_DIFF_H
#define TMPGUARD_HOOKS_INDEX_DIFF_H

#include <stdbool.h>

#include "hooks/diff.h"
#include "hooks/index.h"

struct repo;

/* Trees that are read, at most; git is quicker when there are more. */
#define INDEX_DIFF_TREES_MAX 32

/*
 * Fill *diff with what `git diff-index --cached --no-renames
 * --ita-invisible-in-index` tells of the tree; one of size 0 has no files.
 * Returns true, or false and an empty diff if git has to be asked: a tree is
 * missing, damaged or not as git writes it, or there are too many of them.
 */
bool index_diff(struct diff *diff, const struct index *index, struct repo *repo,
                const struct object_id *tree);

#endif

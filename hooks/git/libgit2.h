/*
 * What is staged, as libgit2 reads the index: a reader that shares nothing with
 * ours (index_diff.h), for what that one leaves open. It knows ordinary
 * repositories and ordinary indexes alone: no split, sparse or unsummed one, no
 * SHA-256. All entries are read, and all of the tree.
 */
#ifndef TMPGUARD_HOOKS_GIT_LIBGIT2_H
#define TMPGUARD_HOOKS_GIT_LIBGIT2_H

#include <stdbool.h>

#include "hooks/git/diff.h"

struct repo;

/*
 * Fill *diff with what `git diff-index --cached --no-renames
 * --ita-invisible-in-index` tells of the tree; one of size 0 has no files.
 * Returns false and an empty diff if git has to be asked: there is no libgit2,
 * no such file, libgit2 refuses, or entries or trees are not in git's order.
 */
bool libgit2_diff(struct diff *diff, struct repo *repo,
                  const struct object_id *tree);

#endif

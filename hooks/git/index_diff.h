/*
 * What is staged, without git: an index against a tree. Folders are entered
 * only where they differ.
 *
 * What counts is what `git commit` would write. Of a folder that the index
 * knows the tree of (its TREE extension), that is this tree, if there is such
 * an object: git looks neither at the checksum of the index nor at the entries
 * below the folder. So neither is done here, and an index whose entries and
 * trees tell two stories is taken by the one that goes into the commit; where
 * git would mix the two, the answer is an error. All that is read of the index
 * besides, every entry of the folders that changed, is checked for git's order.
 */
#ifndef TMPGUARD_HOOKS_GIT_INDEX_DIFF_H
#define TMPGUARD_HOOKS_GIT_INDEX_DIFF_H

#include "core/base/error.h"
#include "hooks/git/diff.h"
#include "hooks/git/index.h"

struct repo;

/*
 * Fill *diff with what `git diff-index --cached --no-renames
 * --ita-invisible-in-index` tells of the tree; one of size 0 has no files.
 * Returns 1; 0 and an empty diff if git has to be asked: the index is split
 * and changed, out of order, or a tree is missing, damaged or not as git
 * writes it; -1 and *err if nobody can tell what would be committed.
 */
int index_diff(struct diff *diff, const struct index *index, struct repo *repo,
               const struct object_id *tree, struct error *err);

#endif

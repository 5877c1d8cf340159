/*
 * What one tree object has that another one has not. In a pack a tree is kept
 * as its difference from a similar one, nearly always an older state of the
 * same folder: who goes through all trees that way looks at the few entries
 * that differ, not at all of them. Format: git-mktree(1).
 */
#ifndef TMPGUARD_HOOKS_GIT_TREE_CHANGES_H
#define TMPGUARD_HOOKS_GIT_TREE_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hooks/git/object.h"

/*
 * Where the entries of a tree start in its bytes, which are not kept. Start
 * from { 0 }. TREE_STARTS_SIZE_MAX: larger trees are refused, in bytes.
 */
struct tree_starts {
    uint32_t *at;
    size_t at_count, at_room;
};

#define TREE_STARTS_SIZE_MAX ((size_t)64 << 20)

/* An entry that is new or other than before; `gone`: there is none any more.
 * Folders and other entries of one name are different entries. */
typedef void tree_change(void *payload, const struct tree_entry *entry,
                         bool gone);

/*
 * Fill *starts, whose memory is used again, for the tree `now`, and visit what
 * differs from `base`, in any order. An empty base has no entry: all are
 * visited.
 *
 * Returns 0, or -1 if `now` is no tree, is too large, or its entries are not
 * in git's order, each name once. What was visited until then is to be
 * forgotten, and *starts, too. The base must have passed.
 */
int tree_changes(struct text base, const struct tree_starts *base_starts,
                 struct text now, struct tree_starts *starts, size_t id_size,
                 tree_change *visit, void *payload);

/* Give the memory back; releasing twice is fine. */
void tree_starts_release(struct tree_starts *starts);

#endif

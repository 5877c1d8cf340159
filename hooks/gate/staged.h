/*
 * What is staged: the index against HEAD, and in a merge against every other
 * parent too. The index is the one that git would commit (GIT_INDEX_FILE);
 * what is only intended to be added is not in it, and no flag of an entry
 * hides it. The index is compared in process (hooks/git/index_diff.h); what
 * that leaves open, libgit2 compares (hooks/git/libgit2.h), and then git the
 * child.
 */
#ifndef TMPGUARD_HOOKS_GATE_STAGED_H
#define TMPGUARD_HOOKS_GATE_STAGED_H

#include "core/base/error.h"
#include "hooks/gate/change.h"

struct repo;

/*
 * Fill *change. The other parents of a merge are those of MERGE_HEAD, or in
 * the pre-merge-commit hook, where git has not written it yet, those that the
 * environment names as GITHEAD_<id>. Returns 0, or -1 and *err.
 */
int staged_read(struct change *change, struct repo *repo, struct error *err);

#endif

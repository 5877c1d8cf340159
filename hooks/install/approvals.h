/*
 * Which trees the gate let pass: a proof, commit by commit, of whether the
 * hooks run. It is evidence, not security: who can write in the git folder can
 * write here.
 *
 * The record is .git/tmpguard/approved, which all worktrees share: a line each
 *
 *     TREE VERSION SECONDS
 *
 * with the tree's id, the version of the rules and the time since 1970. A full
 * record becomes approved.1, in place of the one before.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_APPROVALS_H
#define TMPGUARD_HOOKS_INSTALL_APPROVALS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "hooks/git/object.h"

/* A record with more bytes is full: about 15,000 lines. */
#define APPROVALS_SIZE_MAX ((size_t)1 << 20)

/*
 * Add a line to the record in `git_dir`, the folder that worktrees share. If
 * that fails, nothing is said: no commit shall fail for it.
 */
void approvals_add(const char *git_dir, const struct object_id *tree);

/* Ids of trees, sorted once they were read. Start from APPROVALS_EMPTY. */
struct approvals {
    struct object_id *trees;
    size_t trees_count, trees_room;
    int64_t since; /* of the oldest line, seconds since 1970; 0: of none */
};

#define APPROVALS_EMPTY ((struct approvals){ .trees = NULL })

/*
 * Read the record in `git_dir`, or a file that is one. A line that is none is
 * passed over. A record that is not there is empty, but a file must be there.
 * Returns 0, or -1 and *err.
 */
int approvals_read(struct approvals *approvals, const char *git_dir,
                   struct error *err);
int approvals_read_file(struct approvals *approvals, const char *path,
                        struct error *err);

bool approvals_have(const struct approvals *approvals,
                    const struct object_id *tree);

void approvals_release(struct approvals *approvals);

/* Delete the record, and its folder if nothing else is in it. */
void approvals_forget(const char *git_dir);

#endif

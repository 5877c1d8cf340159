/*
 * A repository. An ordinary one is opened in process (repo_lines.h says which
 * they are), every other by git itself, a child, so that every kind
 * of repository and every variable of the environment (GIT_DIR, GIT_WORK_TREE,
 * GIT_INDEX_FILE, quarantine, linked worktrees, safe.directory) mean what they
 * mean to git, and a repository that git refuses is refused.
 */
#ifndef TMPGUARD_HOOKS_GIT_REPO_H
#define TMPGUARD_HOOKS_GIT_REPO_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "hooks/git/object.h"

struct odb;
struct repo;

/*
 * Open the repository that the current folder and the environment name.
 * Returns 1 and *repo, 0 if there is none, -1 and *err if there is one that
 * cannot be opened (ownership, damage): it is not a clean one.
 */
int repo_open(struct repo **repo, struct error *err);

/* Closing NULL is fine. */
void repo_close(struct repo *repo);

/* Absolute, without a '/' at the end; NULL for a bare repository. */
const char *repo_root(const struct repo *repo);

/* Absolute: the git folder of this worktree, and the one all worktrees share.
 */
const char *repo_git_dir(const struct repo *repo);
const char *repo_common_dir(const struct repo *repo);

/* 20 or 32 bytes. */
size_t repo_id_size(const struct repo *repo);

/* The object database, for object_read. */
struct odb *repo_odb(struct repo *repo);

/* The folder of its objects (GIT_OBJECT_DIRECTORY counts); absolute. */
const char *repo_objects_dir(const struct repo *repo);

/* The index file that git would use (GIT_INDEX_FILE counts), there or not;
 * absolute. */
const char *repo_index_path(const struct repo *repo);

/* The clone lacks history: a shallow boundary, or a partial clone. */
bool repo_is_shallow(const struct repo *repo);

/*
 * Resolve a revision as git words it ("HEAD~2", a tag) and peel it to a
 * commit. Returns 1, 0 if it names nothing (an unborn HEAD), -1 and *err, also
 * if it names an object that is missing or damaged.
 */
int repo_resolve(struct object_id *commit, struct repo *repo,
                 const char *revision, struct error *err);

/*
 * repo_resolve of HEAD, without another child: what it was when the repository
 * was opened. *tree is that of the commit, there or not; of size 0 if git could
 * not read it.
 */
int repo_head(struct object_id *commit, struct object_id *tree,
              struct repo *repo, struct error *err);

#endif

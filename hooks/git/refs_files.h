/*
 * The files that refs are in (gitrepository-layout(5)). git passes over a
 * folder of refs that it cannot open, and over all that is in it, without a
 * word: what it lists is compared with these.
 */
#ifndef TMPGUARD_HOOKS_GIT_REFS_FILES_H
#define TMPGUARD_HOOKS_GIT_REFS_FILES_H

#include "core/base/error.h"
#include "hooks/system/disk.h"

struct repo;

/*
 * Append the paths of all files that git may list in this worktree, absolute;
 * none where refs are not files. Returns 0, or -1 and *err: a folder cannot be
 * read.
 */
int refs_files_list(struct paths *files, const struct repo *repo,
                    struct error *err);

/* The name of the ref, in the path. */
const char *refs_file_name(const char *path, const struct repo *repo);

/* Is there an object's id in it? Returns 1, 0 if the file is gone or leads to
 * another ref, or -1 and *err. */
int refs_file_counts(const char *path, struct error *err);

/* Count the linked worktrees by their folders, which git passes over in the
 * same way. Returns 0, or -1 and *err. */
int refs_files_worktrees(size_t *count, const struct repo *repo,
                         struct error *err);

#endif

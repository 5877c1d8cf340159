/*
 * What HEAD leads to in a repository whose refs are files
 * (gitrepository-layout(5)).
 */
#ifndef TMPGUARD_HOOKS_GIT_REPO_BRANCH_H
#define TMPGUARD_HOOKS_GIT_REPO_BRANCH_H

#include <stddef.h>

/*
 * The id, in digits, that HEAD of the git folder is or that its branch has,
 * for free(). `id_size`: 20 SHA-1, 32 SHA-256. NULL if git has to be asked:
 * there is no commit yet, or HEAD leads anywhere but to a branch, or by a
 * link, or something is not as git writes it.
 */
char *repo_branch_head(const char *git_dir, const char *common_dir,
                       size_t id_size);

#endif

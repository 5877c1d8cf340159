/*
 * What a repository is opened with, for repo*.c alone: found by git
 * (repo_git.c), or, in ordinary repositories, without it (repo_own.c).
 */
#ifndef TMPGUARD_HOOKS_GIT_REPO_LINES_H
#define TMPGUARD_HOOKS_GIT_REPO_LINES_H

#include "core/base/error.h"

/* The lines that rev-parse answers with, in this order. ROOT is NULL in a bare
 * repository; HEAD is if there is none yet, or git cannot read it; HEAD_TREE
 * may be then and whenever git was not asked. */
enum {
    REPO_FORMAT, /* sha1 or sha256 */
    REPO_SHALLOW,
    REPO_GIT_DIR,
    REPO_COMMON_DIR,
    REPO_OBJECTS,
    REPO_INDEX,
    REPO_ROOT,
    REPO_HEAD,
    REPO_HEAD_TREE,
    REPO_LINES
};

struct repo_lines {
    char *lines[REPO_LINES];
};

/* See repo_open. */
int repo_git_open(struct repo_lines *repo, struct error *err);

/*
 * The same without a child, which would take longer than all the rest of a
 * check. Returns 1, or 0 and no lines if git is to be asked, which is always
 * right: there is no repository, or one that is not ordinary.
 *
 * Ordinary is a `.git` folder or file above the current folder, or an absolute
 * GIT_DIR, whose configuration names no more than formats and extensions that
 * are known here, and which belongs to this user where git wants that. Any
 * other variable of the environment that means something to git, a bare
 * repository, a HEAD that is no branch with a commit and no commit, a link
 * where git puts none, and whatever looks strange: that is for git.
 */
int repo_own_open(struct repo_lines *repo);

/* Releasing twice is fine. */
void repo_lines_release(struct repo_lines *repo);

#endif

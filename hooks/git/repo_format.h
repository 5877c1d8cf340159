/*
 * What a repository's own configuration says of it (gitrepository-layout(5),
 * the technical note on its versions). As git does, no other file is asked,
 * not one that it includes either.
 */
#ifndef TMPGUARD_HOOKS_GIT_REPO_FORMAT_H
#define TMPGUARD_HOOKS_GIT_REPO_FORMAT_H

#include <stdbool.h>

/* Start from REPO_FORMAT_EMPTY. */
struct repo_format {
    int version, bare; /* -1: it does not tell */
    char *worktree;    /* core.worktree, or NULL */
    bool has_worktree_config, is_sha256;
    bool needs_version; /* 1, for one of its extensions */
};

#define REPO_FORMAT_EMPTY ((struct repo_format){ .version = -1, .bare = -1 })

/*
 * Read the configuration of a git folder and of the one that it shares. False
 * if git has to be asked: it is unreadable, or has a version or an extension
 * that is not known here.
 */
bool repo_format_read(struct repo_format *format, const char *git_dir,
                      const char *common_dir);

void repo_format_release(struct repo_format *format);

#endif

/*
 * Paths as git has them behind "--": files and folders, relative to the
 * current folder.
 */
#ifndef TMPGUARD_HOOKS_GIT_PATHSPEC_H
#define TMPGUARD_HOOKS_GIT_PATHSPEC_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/text.h"

struct repo;

/* Relative to the root, without "." and ".."; "" is everything, with a '/' at
 * the end only what is below. */
struct pathspec {
    char **items;
    size_t items_count, items_room;
};

#define PATHSPEC_EMPTY ((struct pathspec){ .items = NULL })

/*
 * Read pathspecs. ":/PATH" is relative to the root, ":(literal)PATH" may have
 * "*?[\\" in it; no other magic and no wildcards. Returns 0, or -1 and *err:
 * ERROR_USAGE for those and for paths outside the repository. Release it in
 * either case.
 */
int pathspec_read(struct pathspec *spec, const struct repo *repo,
                  const char *const *paths, size_t count, struct error *err);

/* Is the path one of them, or below one? An empty pathspec has all. */
bool pathspec_has(const struct pathspec *spec, struct text path);

/* Releasing an empty one is fine. */
void pathspec_release(struct pathspec *spec);

#endif

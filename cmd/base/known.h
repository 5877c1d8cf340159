/*
 * Which file the baseline is, by the command line.
 */
#ifndef TMPGUARD_CMD_BASE_KNOWN_H
#define TMPGUARD_CMD_BASE_KNOWN_H

#include "cmd/base/options.h"

struct repo;

/*
 * What --baseline=FILE names; else `.tmpguard-baseline` at the top of the tree,
 * or in the current folder if `repo` is NULL. For free(); NULL in a bare
 * repository, which has no tree.
 */
char *known_path(const struct options *options, const struct repo *repo);

/* Is the current folder the top of the tree, or is there none? */
bool known_at_top(const struct repo *repo);

/*
 * With `--baseline FILE` the file stands among the arguments, where it can be
 * nothing else: take it out of *arguments, which is made anew, and return it.
 * NULL if there is none.
 */
const char *known_take(struct strings *arguments);

#endif

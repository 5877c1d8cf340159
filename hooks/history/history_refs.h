/*
 * The refs that git's options --branches, --tags, --remotes and --reflog mean.
 */
#ifndef TMPGUARD_HOOKS_HISTORY_HISTORY_REFS_H
#define TMPGUARD_HOOKS_HISTORY_HISTORY_REFS_H

#include <stdbool.h>

#include "core/base/error.h"
#include "hooks/git/object.h"
#include "hooks/history/history.h"
#include "hooks/joint/report.h"

/*
 * Is the ref `name` ("refs/heads/main", "HEAD") one of these? As in git, "*"
 * and "?" match '/' too, and a pattern with none of "*?[" is a folder of refs:
 * with an "/" and a "*" behind it. A reflog has no names.
 */
bool history_refs_match(const struct history_refs *refs, const char *name);

/* Say that the pattern, which is not NULL, matches nothing. Returns -1. */
int history_refs_none(const struct history_refs *refs, struct error *err);

typedef void history_refs_visit(const struct object_id *commit, void *payload);

/*
 * Visit every commit that a reflog names and git still has; those it does not
 * have are incomplete. Returns 0, or -1 and *err.
 */
int history_refs_each_logged(history_refs_visit *visit, void *payload,
                             struct report *report, struct error *err);

#endif

/*
 * Partial clones: a remote has promised to send, when asked, what they lack
 * (git's partial-clone documentation). It is never asked here.
 */
#ifndef TMPGUARD_HOOKS_GIT_PROMISE_H
#define TMPGUARD_HOOKS_GIT_PROMISE_H

#include <stdbool.h>

#include "hooks/git/object.h"

/* Is it a partial clone? `folder` is that of its objects. */
bool promise_given(const char *folder);

/*
 * Is it one that borrows nothing from other repositories? Then what is in no
 * pack of the folder and no loose file of it is missing, and git need not be
 * asked; it would try to fetch and fail, with two processes for each object.
 */
bool promise_is_all(const char *folder);

/* Has the folder a loose file of this name? */
bool promise_is_loose(const char *folder, const struct object_id *id);

#endif

/*
 * Objects folders that a repository borrows from (objects/info/alternates,
 * gitrepository-layout(5)), and those that these borrow from.
 */
#ifndef TMPGUARD_HOOKS_GIT_ALTERNATES_H
#define TMPGUARD_HOOKS_GIT_ALTERNATES_H

#include "hooks/system/disk.h"

/* So deep may they be nested, as in git. */
#define ALTERNATES_DEPTH_MAX 5

/*
 * Append an objects folder and all that it borrows from to *folders, each
 * once. What is not understood or not there is appended to *gaps, in words.
 */
void alternates_list(struct paths *folders, struct paths *gaps,
                     const char *folder);

#endif

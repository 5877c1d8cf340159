/*
 * What the environment says, which nothing below cmd/ reads.
 */
#ifndef TMPGUARD_CMD_ENVIRONMENT_H
#define TMPGUARD_CMD_ENVIRONMENT_H

#include <stdbool.h>

/*
 * The cache folder: $XDG_CACHE_HOME/tmpguard if that is absolute, otherwise
 * .cache/tmpguard in the home folder. Root takes neither from a folder that
 * belongs to somebody else (sudo keeps HOME), so that it never leaves files
 * of its own there. Returns a string for free(), or NULL if there is none.
 */
char *environment_cache_folder(void);

#endif

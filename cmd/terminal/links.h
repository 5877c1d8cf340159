/*
 * Terminals that make a link of what stands between `ESC ] 8 ; ; URI ESC \` and
 * the same without a URI. The C library is enough: tmpguard-hook asks, too.
 */
#ifndef TMPGUARD_CMD_TERMINAL_LINKS_H
#define TMPGUARD_CMD_TERMINAL_LINKS_H

#include <stdbool.h>

/* Does the environment name one? None can be asked. */
bool links_are_made(void);

#endif

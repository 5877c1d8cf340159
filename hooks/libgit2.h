/*
 * Starting libgit2, once in a process. git_libgit2_init reads the certificates
 * of every authority that the system trusts, for connections that are never
 * made here: 5 ms of the processor on Debian 12, as much as the rest of a
 * check. For the main thread, before there are others.
 */
#ifndef TMPGUARD_HOOKS_LIBGIT2_H
#define TMPGUARD_HOOKS_LIBGIT2_H

#include <stdbool.h>

/* All of it. Returns false if it cannot be. */
bool libgit2_start(void);

/*
 * As much as a git_index without a repository needs: memory, and a place for
 * errors. In libgit2 1.5 that goes without the rest; other versions are
 * started. What git_error_last says is of no use. Returns false if it cannot
 * be.
 */
bool libgit2_start_light(void);

#endif

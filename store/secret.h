/*
 * What makes the seals of rows ours: random bytes in a file of this user's
 * own, outside the cache's folder, so that rows of another machine, another
 * user or somebody's archive of that folder do not fit. It keeps out whoever
 * can write to the cache alone; whoever can read the user's files has it.
 */
#ifndef TMPGUARD_STORE_SECRET_H
#define TMPGUARD_STORE_SECRET_H

#include "core/base/error.h"

#define SECRET_FILE "cache.key"

/* The first half seals rows (seal.h); the rest is not used. */
#define SECRET_SIZE 32

struct secret {
    unsigned char bytes[SECRET_SIZE];
};

/*
 * Read SECRET_FILE in `folder`, an absolute path; both are made where they are
 * not, 0700 and 0600. A file of another size (its writer was killed) gets new
 * bytes, by which all rows become misses.
 *
 * Returns 0, or -1 and *err: ERROR_SYSTEM, or ERROR_STORE if folder or file
 * are not the user's alone or the file is being made right now.
 */
int secret_read(struct secret *secret, const char *folder, struct error *err);

#endif

/*
 * The folder the cache lives in: made, checked and owned by one process at a
 * time. Everything in it is reached through its descriptor.
 */
#ifndef TMPGUARD_STORE_FOLDER_H
#define TMPGUARD_STORE_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"

struct stat;

#define FOLDER_LOCK_NAME "cache.lock"

/* With less than this left on the disk, or less than 1 %, nothing is written.
 */
#define FOLDER_FREE_MIN ((uint64_t)200 << 20)

/* Start from FOLDER_CLOSED. */
struct folder {
    char *path; /* absolute, without symbolic links */
    int descriptor;
    int lock; /* FOLDER_LOCK_NAME, held for as long as it is open */
};

#define FOLDER_CLOSED ((struct folder){ NULL, -1, -1 })

/*
 * Make the folder, and up to `parents` above it, with mode 0700 where they are
 * not. Returns 0, or -1 and *err.
 */
int folder_make(const char *path, unsigned parents, struct error *err);

/*
 * Is the open folder, `path` for the words, safe to keep things in? Returns 0,
 * or -1 and *err (ERROR_STORE): another user's, writable by others, on a
 * network.
 */
int folder_check(int descriptor, const char *path, struct error *err);

/*
 * May we read and write what stands under a name of ours: a regular file of
 * this user, nobody else's to write, under no second name? (Under none: its
 * last owner has just deleted it.)
 */
bool folder_is_ours(const struct stat *about);

/*
 * Open the folder and become its owner, without waiting.
 *
 * Returns 0, or -1 and *err: ERROR_SYSTEM if it cannot be opened (a symbolic
 * link never is); ERROR_STORE if it is not safe (another user's, writable by
 * others, on a network) or another process's now. Close it in any case.
 */
int folder_open(struct folder *folder, const char *path, struct error *err);

/* May bytes still be written to this disk? */
bool folder_has_space(const struct folder *folder);

/* The rule behind it, in bytes. */
bool folder_space_enough(uint64_t available, uint64_t total);

/* Let go of it. Closing a closed folder is fine. */
void folder_close(struct folder *folder);

#endif

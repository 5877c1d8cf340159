/*
 * Putting tmpguard's hooks where git looks for them, and taking them out
 * again byte for byte. Whatever ran before still runs, first, and its failure
 * counts. What is not known to be ours is never overwritten or deleted.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_H
#define TMPGUARD_HOOKS_INSTALL_H

#include <stdbool.h>

#include "core/error.h"

/* One thing that was done, without a line end. */
typedef void install_say(const char *line, void *payload);

struct install_options {
    const char *program; /* tmpguard's absolute path, for the hooks */
    bool everywhere;     /* for all repositories of this user */
    /* Absolute paths; used, and needed, with `everywhere` alone. */
    const char *state_folder;  /* where the record is kept */
    const char *config_folder; /* where a hooks folder is made */
    const char *git_config;    /* this user's settings of git */
    install_say *say;
    void *payload;
};

/*
 * Install in the repository of the current folder, or for all. Doing it again
 * changes nothing, or repairs what is missing. On success the hooks fire for
 * commits, merges and pushes. Returns 0, or -1 and *err, with all as it was:
 *   ERROR_USAGE  there is no repository, or a hook is in the way,
 *   others       git or the system refused.
 */
int install_hooks(const struct install_options *options, struct error *err);

/*
 * Undo it. Returns 0, also if there was nothing to undo; 1 if something was
 * left in place because it was changed since (said so); -1 and *err.
 */
int uninstall_hooks(const struct install_options *options, struct error *err);

#endif

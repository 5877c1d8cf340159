/*
 * Putting tmpguard's hooks where git looks for them, and taking them out
 * again byte for byte. Whatever ran before still runs, first, and its failure
 * counts. What is not known to be ours is never overwritten or deleted.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_H

#include "core/base/error.h"

/* One thing that was done, without a line end. */
typedef void install_say(const char *line, void *payload);

/* What an installation is for. */
enum install_reach {
    INSTALL_HERE,    /* the repository of the current folder */
    INSTALL_USER,    /* all repositories of this user */
    INSTALL_MACHINE, /* those of all users */
    INSTALL_CLONES,  /* those that this user makes from now on, by git's
                      * template */
    INSTALL_SERVER,  /* the bare repository of the current folder, or what
                      * hosting software keeps there: what is pushed */
};

struct install_options {
    const char *program; /* tmpguard's absolute path, for the hooks */
    enum install_reach reach;
    /* Absolute paths; used, and needed, where it reaches further than here. */
    const char *state_folder;    /* where the record is kept */
    const char *config_folder;   /* where a hooks folder is made */
    const char *git_config;      /* the settings of git to change; NULL, with
                                  * INSTALL_MACHINE: the file that git names */
    const char *template_folder; /* INSTALL_CLONES: the template; NULL: the one
                                  * that is set, else one of our own */
    const char *path; /* PATH, to look for other gits; NULL: do not look */
    const char *home; /* this user's folder, or NULL */
    /* git's settings for all users, where nobody finds them without git; NULL:
     * they are in a usual place. */
    const char *settings;
    install_say *say;
    void *payload;
};

/*
 * Install in the repository of the current folder, or further. Doing it again
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

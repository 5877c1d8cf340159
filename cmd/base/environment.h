/*
 * What the environment says, which nothing below cmd/ reads.
 */
#ifndef TMPGUARD_CMD_BASE_ENVIRONMENT_H
#define TMPGUARD_CMD_BASE_ENVIRONMENT_H

#include <stdbool.h>

#include "hooks/git/config_search.h"
#include "store/store.h"

/*
 * The cache folder: $XDG_CACHE_HOME/tmpguard if that is absolute, otherwise
 * .cache/tmpguard in the home folder. Root takes neither from a folder that
 * belongs to somebody else (sudo keeps HOME), so that it never leaves files
 * of its own there. Returns a string for free(), or NULL if there is none.
 */
char *environment_cache_folder(void);

/*
 * Where things of this user are, each a string for free() or NULL: the
 * folders tmpguard/ in $XDG_CONFIG_HOME (~/.config) and $XDG_STATE_HOME
 * (~/.local/state), and the file that `git config --global` writes.
 */
char *environment_config_folder(void);
char *environment_state_folder(void);
char *environment_git_config(void);

/*
 * Where this user's cache is: false if there is no home folder. Release it in
 * either case.
 */
struct environment_cache {
    struct store_place place; /* made of these */
    char *folder, *state;
};

bool environment_cache(struct environment_cache *cache);
void environment_cache_release(struct environment_cache *cache);

/* Does a variable name git's template? */
bool environment_has_template(void);

/* Forget what names a repository: what follows looks for one itself. */
void environment_forget_repository(void);

/* The path, absolute, for free(). */
char *environment_absolute(const char *path);

/* Where git may read settings from: a superset, and whether a variable says
 * something that may concern us. Release it. */
void environment_git_places(struct config_places *places);

/* How a shell calls this program: "tmpguard" if PATH finds it, else its path.
 * For free(). */
char *environment_call(void);

/* The absolute path of this program, for free(), or NULL. */
char *environment_program(void);

#endif

/*
 * git's settings, as far as installing reads and changes them. A change keeps
 * a copy of the file from before and after in a folder, so that undoing it
 * restores each byte if nobody changed the file since, and else takes out
 * nothing but what was put in.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_CONFIG_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_CONFIG_H

#include <stdbool.h>

#include "core/base/error.h"
#include "hooks/install/install.h"

/* The name of our hook in git's settings; it must not be one of an event. */
#define CONFIG_HOOK "hook.tmpguard"

/* Does this git run hooks from its settings (since 2.54)? 1, 0, or -1, *err. */
int config_has_hooks(struct error *err);

#define CONFIG_HOOKS_PATH "core.hooksPath"
#define CONFIG_TEMPLATE   "init.templateDir"

/* Whose settings count: those that hold here, and of them fewer and fewer. */
enum config_view {
    CONFIG_HERE,
    CONFIG_SHARED, /* by all worktrees of the repository */
    CONFIG_USER,   /* where a repository says nothing */
    CONFIG_MACHINE /* where a user says nothing either */
};

/*
 * The path that such a key has. Returns 1 and a string for free(), 0 if it is
 * not set, -1 and *err.
 */
int config_path(char **value, const char *key, enum config_view view,
                struct error *err);

/* The same, of one file and what it includes. */
int config_path_in(char **value, const char *key, const char *file,
                   struct error *err);

/* Is core.hooksPath set for this one command, by git -c or by the
 * environment? 1 and a string for free(), 0, or -1 and *err. */
int config_passing_path(char **value, struct error *err);

/* The file with git's settings for the whole machine, there or not: a string
 * for free(); NULL and *err. */
char *config_of_machine(struct error *err);

/* Does the file have these values of the key, each on a line, and no others?
 * 1, 0, or -1 and *err; "": no value. */
int config_is(const char *file, const char *key, const char *lines,
              struct error *err);

/* Does the file say anything about our hook? 1, 0, or -1 and *err. */
int config_has_hook(const char *file, struct error *err);

/*
 * Set such a key, or our hook for pre-commit, pre-merge-commit and pre-push,
 * in `file`, with the copies in `folder`. Returns 0, or -1 and *err.
 */
int config_set_path(const char *file, const char *folder, const char *key,
                    const char *path, struct error *err);
int config_set_hook(const char *file, const char *folder, const char *command,
                    enum install_reach reach, struct error *err);

/*
 * Undo it. `path` is what the key was set to, NULL if it was our hook.
 * Deletes the copies. Returns 1, 0 if there was nothing to undo, or -1 and
 * *err.
 */
int config_undo(const char *file, const char *folder, const char *key,
                const char *path, struct error *err);

/*
 * Note in `folder` where more settings of git are, so that what reads them
 * without git looks there, too (hooks/git/config_search.h). Returns 0, or -1
 * and *err.
 */
int config_note_settings(const char *folder, const char *settings,
                         struct error *err);

/* Is that noted? */
bool config_notes_settings(const char *folder, const char *settings);

/* Take the note out, if there is one. Returns 0, or -1 and *err. */
int config_forget_settings(const char *folder, struct error *err);

/* The command of our hook as it holds here: 1 and a string for free(), 0 if
 * there is none, -1 and *err. */
int config_hook_command(char **command, struct error *err);

/* Does git, here, run our hook at the event? 1, 0, or -1 and *err. */
int config_lists_hook(const char *event, struct error *err);

#endif

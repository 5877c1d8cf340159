/*
 * For hooks/install/doctor: repairs in the words of a shell.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_DOCTOR_REPAIR_H
#define TMPGUARD_HOOKS_INSTALL_DOCTOR_REPAIR_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "hooks/install/scene.h"

/* Append a word of the shell, in quotes where it needs them. */
void repair_word(struct buffer *out, const char *word);

/* Append the command that takes a setting out of where it stands. */
void repair_unset(struct buffer *out, const struct setting *setting,
                  const char *key);

/* Is the folder one that tmpguard makes to stand before others? */
bool repair_is_our_folder(const char *path);

/*
 * Append the commands that install, in the place of a hook in git's settings,
 * scripts that this older git runs, too. `install`: the command of this one.
 */
void repair_for_old_git(struct buffer *out, const struct git *git,
                        const char *install);

/* The command that installs again what is there, as far as it reaches. */
const char *repair_install(const struct scene *scene);

#endif

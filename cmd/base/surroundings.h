/*
 * What the environment says of git, and of whether a hook fires. What is
 * pointed to belongs to the environment.
 */
#ifndef TMPGUARD_CMD_BASE_SURROUNDINGS_H
#define TMPGUARD_CMD_BASE_SURROUNDINGS_H

#include <stdbool.h>

/* There is room for all names that are looked for, and the NULL. */
#define SURROUNDINGS_MAX 24

struct surroundings {
    const char *path;      /* PATH, or what it is without one */
    const char *home;      /* this user's folder, or NULL */
    const char *temporary; /* the folder for what is not kept */
    /* The variables that are set and change which repository or settings git
     * uses; NULL at the end. */
    const char *variables[SURROUNDINGS_MAX];
    bool repository_is_named; /* GIT_DIR is one of them */
};

void surroundings_read(struct surroundings *around);

/*
 * Is this a question whether the hook fires (hooks/install/canary.h)? The word
 * to repeat, which has only letters and digits, or NULL. A variable that holds
 * anything else is a question, too: its word is "-".
 */
const char *surroundings_canary(void);

#endif

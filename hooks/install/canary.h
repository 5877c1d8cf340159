/*
 * The proof that a hook fires: git's own machinery is told to run it, with a
 * word in the environment that `tmpguard check` repeats before it fails. It
 * sees an index that does not exist, so that whatever else runs in the hook
 * finds nothing staged.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_CANARY_H
#define TMPGUARD_HOOKS_INSTALL_CANARY_H

#include "core/base/error.h"
#include "hooks/install/install_shim.h"
#include "hooks/install/scene.h"

/* The variable with the word: what `tmpguard check` looks for. */
#define CANARY_VARIABLE "TMPGUARD_CANARY"

/* Longer words are none, in letters. */
#define CANARY_WORD_MAX 64

enum canary_end {
    CANARY_NONE,    /* it was not run */
    CANARY_FIRED,   /* tmpguard answered, and the hook failed as it must */
    CANARY_IGNORED, /* tmpguard answered, and the hook passed */
    CANARY_SILENT,  /* tmpguard did not run */
    CANARY_LATE,    /* nor did it end in time */
};

/* Start from CANARY_EMPTY. */
struct canary {
    enum canary_end end;
    int status;    /* the hook's exit code */
    char *version; /* of the tmpguard that answered, or NULL */
    char *words;   /* the last line that was printed instead, or NULL */
};

#define CANARY_EMPTY ((struct canary){ .end = CANARY_NONE })

/*
 * Run the hook of `event` in the scene, or, if it is not NULL, the file
 * `apart`, which git does not run; `scratch` is a folder of ours that no
 * repository has anything in. Release it.
 */
void canary_run(struct canary *canary, const struct scene *scene,
                const struct shim_event *event, const char *apart,
                const char *scratch);

void canary_release(struct canary *canary);

/* Make and delete the scratch folder in `parent`; NULL and *err. */
char *canary_scratch(const char *parent, struct error *err);
void canary_scratch_remove(char *scratch);

#endif

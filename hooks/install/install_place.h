/*
 * One shim in a hooks folder: may it be put there, put it, take it out. A
 * hook that stood there is kept beside it under SHIM_BEFORE. In the place of
 * a hook manager's that runs what it took the place of, the shim is that.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_INSTALL_PLACE_H
#define TMPGUARD_HOOKS_INSTALL_INSTALL_PLACE_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "hooks/install/install.h"

struct place {
    char *path;   /* of the hook */
    char *before; /* where one that stood there is kept */
    bool quiet;   /* one of many: say only what went wrong */
    bool called;  /* a hook manager's that runs tmpguard: nothing to do */
};

struct place place_of(const char *folder, const char *event);
void place_release(struct place *place);

/*
 * May a shim be put there? With `alone` a hook that is there is in the way.
 * Returns 0, or -1 and *err (ERROR_USAGE), naming the hook and what to do.
 */
int place_check(const struct place *place, bool alone, struct error *err);

/* Put it there, after place_check. Returns 0, or -1 and *err. */
int place_put(const struct place *place, struct text shim,
              const struct install_options *options, struct error *err);

/* Is exactly this shim there, and would git run it? */
bool place_fires(const struct place *place, struct text shim);

/*
 * Take it out, and put back what was kept. Returns 0, 1 if a changed hook was
 * left, or -1 and *err.
 */
int place_undo(const struct place *place, const struct install_options *options,
               struct error *err);

/* Say one line of printf's making. */
void place_say(const struct install_options *options, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

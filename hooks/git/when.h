/*
 * Dates as git words them: "2 weeks ago", "2020-01-01", "yesterday noon".
 */
#ifndef TMPGUARD_HOOKS_GIT_WHEN_H
#define TMPGUARD_HOOKS_GIT_WHEN_H

#include <stdint.h>

#include "core/base/error.h"

/*
 * Seconds since 1970, from git itself, in the repository of the current
 * folder. Returns 0, or -1 and *err: ERROR_USAGE where git sees no date, which
 * its own --since would take for now, and where there is none (when_form.h).
 */
int when_parse(int64_t *seconds, const char *date, struct error *err);

#endif

/*
 * Could another file import mktemp from one that is repaired? Only then does
 * an import that the file needs no more have to stay.
 */
#ifndef TMPGUARD_HOOKS_SCAN_IMPORTERS_H
#define TMPGUARD_HOOKS_SCAN_IMPORTERS_H

#include <stdbool.h>

#include "core/base/buffer.h"

struct repo;

/* Start from { 0 }. */
struct importers {
    bool asked, failed;
    struct buffer listing; /* files that may, each with a NUL behind it */
};

/*
 * Errs on the side of yes: a package's own file; in a repository, if another
 * file may get the name from the module (mention.h); outside of one, if another
 * file of its folder may.
 */
bool importers_may_be(struct importers *importers, const struct repo *repo,
                      const char *path, const char *opens);

/* Give the memory back; releasing twice is fine. */
void importers_release(struct importers *importers);

#endif

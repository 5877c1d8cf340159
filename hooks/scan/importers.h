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
    struct buffer listing; /* files that have the word, each with a NUL */
};

/*
 * Errs on the side of yes: a package's own file; in a repository, if another
 * file has the words mktemp and the module's name; outside of one, if another
 * file of its folder has.
 */
bool importers_may_be(struct importers *importers, const struct repo *repo,
                      const char *path, const char *opens);

/* Give the memory back; releasing twice is fine. */
void importers_release(struct importers *importers);

#endif

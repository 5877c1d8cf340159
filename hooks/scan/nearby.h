/*
 * What one file is among those on disk that its imports lead to, and theirs:
 * what it gets from them counts, what others get from it does not. For who
 * looks at a file before it is written.
 */
#ifndef TMPGUARD_HOOKS_SCAN_NEARBY_H
#define TMPGUARD_HOOKS_SCAN_NEARBY_H

#include "core/base/error.h"
#include "core/base/intern.h"
#include "core/facts/facts.h"

struct memo;

/* So many files are looked at, and so many bytes of them; others count as
 * not there. */
#define NEARBY_FILES_MAX 256
#define NEARBY_BYTES_MAX ((size_t)16 << 20)

struct nearby_file {
    const char *root; /* of the tree, an absolute path */
    const char *path; /* below it; need not be there */
    struct text bytes;
};

/*
 * The files that have a say are put into *known, which is empty; or they are
 * those, and no other is looked for: another look at other bytes of the file.
 *
 * Returns 1 and the findings of the file, where they may be others than those
 * it has alone; 0 where they are not, and *facts is empty; -1 and *err if they
 * cannot be told.
 */
int nearby_scan(const struct nearby_file *file, struct intern *known,
                struct memo *memo, struct facts *facts, struct error *err);

#endif

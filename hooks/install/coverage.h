/*
 * Which commits have a tree that the gate never let pass: made where its hooks
 * do not run, past them, or by what runs no hooks.
 */
#ifndef TMPGUARD_HOOKS_INSTALL_COVERAGE_H
#define TMPGUARD_HOOKS_INSTALL_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "hooks/install/approvals.h"

struct coverage_commit {
    const char *id, *tree, *parents; /* hexadecimal; parents with spaces */
    const char *date;                /* of the author, ISO 8601 */
    const char *name, *email, *subject;
    bool approved;
    bool older; /* than the first tree that was recorded */
};

struct coverage_author {
    const char *name, *email;
    size_t commits, approved;
};

/* Start from COVERAGE_EMPTY. */
struct coverage {
    struct coverage_commit *commits; /* as git log orders them */
    size_t commits_count, commits_room;
    size_t approved;
    size_t older;                    /* of those that are not approved */
    struct coverage_author *authors; /* who has most that is not, first */
    size_t authors_count, authors_room;
    struct buffer bytes; /* what the strings point into */
};

#define COVERAGE_EMPTY ((struct coverage){ .commits = NULL })

/*
 * Look at the commits that `git log ARGUMENTS… --` names; revisions and
 * options, NULL at the end. Returns 0, or -1 and *err (ERROR_USAGE if git does
 * not know such a revision). Release it in either case.
 */
int coverage_read(struct coverage *coverage, const char *const *arguments,
                  const struct approvals *approvals, struct error *err);

void coverage_release(struct coverage *coverage);

#endif

/*
 * Every finding of a tree: on disk, of a commit, or of bytes at hand.
 */
#ifndef TMPGUARD_HOOKS_SCAN_SCAN_H
#define TMPGUARD_HOOKS_SCAN_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "hooks/joint/analyse.h"
#include "hooks/joint/report.h"

struct policy;
struct repo;

struct scan_options {
    bool codeql_compat; /* findings that are over_approximated too */
    unsigned threads;   /* that read files; 0: as many as processors */
    bool unused;        /* comments that excuse nothing, too (see unused.h) */
    struct policy *policy; /* takes that of the tree; NULL: there is none */
};

/*
 * All three add what they find to *report, suppressed findings too; those
 * that are not suppressed block. What could not be read or analysed is
 * incomplete. The report is sorted. They return 0, or -1 and *err if nothing
 * was scanned.
 */

/*
 * Files and folders on disk. Within a folder: symbolic links, submodules,
 * `.git` and special files are passed over, hidden files are not. Below the
 * root of `repo` (may be NULL) paths are relative to that root; else relative
 * to the folder if it is the only path given, else as given. A file that
 * several paths lead to is scanned once.
 * ERROR_USAGE if a path does not exist.
 */
int scan_paths(struct repo *repo, const char *const *paths, size_t count,
               const struct scan_options *options, struct analyser *analyser,
               struct report *report, struct error *err);

/* The tree of a commit. ERROR_USAGE if the revision does not exist, or the
 * policy in the tree is malformed. */
int scan_tree(struct repo *repo, const char *revision,
              const struct scan_options *options, struct analyser *analyser,
              struct report *report, struct error *err);

/* Bytes that would be the file `name`: its name says whether it is Python. */
int scan_bytes(const char *name, struct text bytes,
               const struct scan_options *options, struct analyser *analyser,
               struct report *report, struct error *err);

#endif

/*
 * How what was found in files on disk can be repaired: what `tmpguard fix`
 * would write.
 */
#ifndef TMPGUARD_HOOKS_SCAN_REMEDY_FILES_H
#define TMPGUARD_HOOKS_SCAN_REMEDY_FILES_H

#include "hooks/joint/report.h"

struct repo;

/* Note the remedies of the findings that open a file, if repairs are asked
 * for; the report is sorted. `repo` may be NULL. */
void remedy_files(struct report *report, const struct repo *repo);

/* The same for those from `from` on, all of one file with these bytes, from
 * which others may import what they like. */
void remedy_bytes(struct report *report, size_t from, struct text bytes);

#endif

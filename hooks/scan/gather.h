/*
 * The Python files of one scan, on disk or of a commit: decided together once
 * all are known, then reported.
 */
#ifndef TMPGUARD_HOOKS_SCAN_GATHER_H
#define TMPGUARD_HOOKS_SCAN_GATHER_H

#include "core/facts/facts.h"
#include "hooks/git/object.h"
#include "hooks/joint/imports.h"
#include "hooks/joint/report.h"
#include "hooks/scan/scan.h"

struct gather;

/* Files of a commit are read from `repo`, those on disk need none. */
struct gather *gather_open(struct repo *repo,
                           const struct scan_options *options);
void gather_close(struct gather *gather);

/* A Python file, shown as `path`: a blob; or the file on disk that `opens`
 * names, and what it imports. Of the two the other is NULL. */
void gather_file(struct gather *gather, const char *path, const char *opens,
                 const struct imports_words *imports,
                 const struct object_id *blob);

/* What the file last named is alone, NULL if that is incomplete; the facts are
 * taken. */
void gather_facts(struct gather *gather, struct facts *facts);

/* Decide, and report what there is: findings that are not suppressed block. */
void gather_report(struct gather *gather, struct report *report);

/* Report one file whose analysis is complete; the bytes are for excerpts. */
void gather_show(const struct scan_options *options, struct report *report,
                 const char *path, const struct facts *facts,
                 struct text bytes);

#endif

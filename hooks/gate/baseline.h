/*
 * The baseline: findings that are known, so that a scan can tell new ones.
 *
 *   # tmpguard baseline 1
 *   PATH <tab> FUNCTION <tab> STATEMENT
 *
 * One finding a line, as often as it is there, sorted by bytes. STATEMENT is
 * finding.statement in hexadecimal: it does not change when lines move. Of a
 * path, bytes that are not printable ASCII, the backslash, and what would make
 * its line look like a comment or a conflict are \xHH. Other lines that begin
 * with '#' are comments; the order does not matter when it is read.
 */
#ifndef TMPGUARD_HOOKS_GATE_BASELINE_H
#define TMPGUARD_HOOKS_GATE_BASELINE_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "hooks/joint/report.h"

#define BASELINE_FILE   ".tmpguard-baseline"
#define BASELINE_HEADER "# tmpguard baseline " /* and the version */

struct baseline_entry {
    char *path; /* owned */
    enum target target;
    struct digest statement;
    uint32_t line; /* where it was found; 0: it was read from a file */
};

/* Sorted. Start from BASELINE_EMPTY. */
struct baseline {
    struct baseline_entry *entries;
    size_t entries_count, entries_room;
};

#define BASELINE_EMPTY ((struct baseline){ .entries = NULL })

/*
 * Read a baseline from its bytes. Returns 0, or -1 and *err (ERROR_USAGE):
 * "NAME:LINE: …". Release it in either case.
 */
int baseline_parse(struct baseline *baseline, const char *name,
                   struct text bytes, struct error *err);

/* Append it as the bytes of its file. */
void baseline_format(const struct baseline *baseline, struct buffer *out);

/* The findings of a report that block. */
void baseline_of_report(struct baseline *baseline, const struct report *report);

/*
 * The findings of the report that the baseline has are known: they do not
 * block. Of several alike in a file, the first ones. Returns how many entries
 * of the baseline no finding needed.
 */
size_t baseline_apply(const struct baseline *baseline, struct report *report);

/*
 * Is one of the kind of `kind`, by all but its line, in the baseline and not
 * in `taken` yet, which has a flag for each entry? Then it is from now on.
 */
bool baseline_take(const struct baseline *baseline, bool *taken,
                   const struct baseline_entry *kind);

/* Add what the other one has more: of each kind as many as the one that has
 * the most. */
void baseline_join(struct baseline *baseline, const struct baseline *other);

/* What the second has and the first has not, and the other way round. Entries
 * are copied. */
void baseline_difference(const struct baseline *before,
                         const struct baseline *after, struct baseline *added,
                         struct baseline *gone);

/*
 * Take out of both what only went to another path: one of each that have the
 * same function and statement. They come, in pairs, into *from and *to.
 */
void baseline_take_moves(struct baseline *added, struct baseline *gone,
                         struct baseline *from, struct baseline *to);

/* Append a copy of an entry; sort it when all are in. */
void baseline_add(struct baseline *baseline,
                  const struct baseline_entry *entry);
void baseline_sort(struct baseline *baseline);

/* Is the path known to be unreadable, by the report, or in such a folder? */
bool baseline_is_unknown(const struct report *report, const char *path);

/* Empty again; releasing twice is fine. */
void baseline_release(struct baseline *baseline);

#endif

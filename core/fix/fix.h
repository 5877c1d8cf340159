/*
 * From a file's bytes and its findings to the file without them: what can be
 * repaired with certainty, and a sentence about each finding that cannot. A
 * pure function of its arguments.
 *
 * The result is analysed again. Where a finding is still there, another one
 * came up or something does not parse, it is withdrawn.
 */
#ifndef TMPGUARD_CORE_FIX_FIX_H
#define TMPGUARD_CORE_FIX_FIX_H

#include "core/fix/proof.h"
#include "core/fix/repair.h"

/* More findings than this in one file are not repaired. */
#define FIX_FINDINGS_MAX 1000

struct fix_options {
    bool unsafe; /* FIX_UNSAFE too */
    bool keeps;  /* other files may import what this one imports */
    /* Of the findings, this one alone is repaired; NULL: all are. */
    const struct finding *only;
};

/* What became of a finding. */
struct fix_item {
    struct verdict verdict;
    bool done;
};

/* Start from FIX_EMPTY. */
struct fix {
    struct fix_item *items; /* one for each finding */
    size_t items_count, done;
    bool drops; /* an import is gone that other files may want: see keeps */
    struct edits edits;  /* settled; none if nothing is done */
    struct buffer after; /* the file's bytes if something is */
};

#define FIX_EMPTY ((struct fix){ .items = NULL })

/*
 * Repair a file. What is suppressed or over_approximated is left alone.
 * Returns 0, or -1 with ERROR_LIMIT and an empty fix.
 */
int fix_file(struct fix *fix, struct text bytes, const struct finding *findings,
             size_t count, const struct fix_options *options,
             struct error *err);

/* The same of a file that is open, for several repairs of it. */
void fix_proved(struct fix *fix, struct proof *proof,
                const struct finding *findings, size_t count,
                const struct fix_options *options);

/* What would become of one finding alone, if nothing about the file forbids
   it. */
struct verdict fix_look(struct script *script, const struct finding *finding);

/* "safe", "unsafe", "manual" */
const char *fix_tier_name(enum fix_tier tier);

/* Give the memory back; releasing twice is fine. */
void fix_release(struct fix *fix);

#endif

/*
 * One insecure call in one blob. A finding knows no path: the same bytes have
 * the same findings wherever they stand.
 */
#ifndef TMPGUARD_CORE_RULE_FINDING_H
#define TMPGUARD_CORE_RULE_FINDING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/rule/rule.h"

/* Lines and columns count from 1; columns count code points. */
struct position {
    uint32_t line, column;
};

/* The end is exclusive. */
struct range {
    struct position start, end;
};

/* The comment that excuses a finding (see suppress.h); NONE: nothing does. */
enum suppression {
    SUPPRESSION_NONE,
    SUPPRESSION_TMPGUARD,
    SUPPRESSION_LGTM,
    SUPPRESSION_CODEQL,
    SUPPRESSION_NOQA,
    SUPPRESSION_NOSEC,
    SUPPRESSION_NOSONAR,
    SUPPRESSION_COUNT,
};

/* Which comments excuse: ever fewer of them. */
enum excuses {
    EXCUSES_ANY,
    EXCUSES_TMPGUARD, /* our own form only */
    EXCUSES_REASONED, /* our own form with a reason behind it */
    EXCUSES_NONE,
};

/* 128 bits of FNV-1a. */
struct digest {
    uint64_t high, low;
};

/*
 * Two findings of two versions of a file are the same if function and
 * statement are: the statement is the digest of the simple statement that
 * holds the call (or of a compound one's head), without blanks and comments.
 * line_hash and line_count are CodeQL's primaryLocationLineHash: the hash of
 * some 100 characters from the line on, and how often it came up so far.
 */
struct finding {
    enum target target;
    enum suppression suppression;
    bool reasoned; /* it is our own form, and gives a reason */
    struct range range;
    struct digest statement;
    uint32_t statement_first, statement_last; /* its lines, both inclusive */
    uint64_t line_hash;
    uint32_t line_count;
    uint32_t offset, size;  /* of the call, in bytes of the blob */
    bool over_approximated; /* reported with --codeql-compat only */
};

/* By line, column and function name: <0, 0, >0. */
int finding_compare(const struct finding *a, const struct finding *b);

/* The same call in two versions of a file, wherever it moved? */
bool finding_same(const struct finding *a, const struct finding *b);

/* Is there a comment that excuses it, among those that may? */
bool finding_excused(const struct finding *finding, enum excuses excuses);

/* "tmpguard", "noqa", …; "none". */
const char *suppression_name(enum suppression suppression);

#endif

/*
 * Comments that excuse a finding. RULE is RULE_ID; a list of ids in brackets
 * is separated by commas.
 *
 *   # tmpguard: ignore[RULE] why     on a line of the call's statement, or
 *                                    alone on the line above it
 *   # lgtm[RULE], # lgtm             on the line where the call starts, or
 *                                    alone on the line above; without RULE at
 *                                    the comment's start or behind a ';' only
 *   # codeql[RULE]                   alone on the line above the line where
 *                                    the call starts, or behind that line
 *   # noqa, # noqa: S306, …          behind any line of the call
 *   # nosec, # nosec B306, mktemp_q  likewise
 *   # NOSONAR                        likewise
 *
 * `lgtm`, `codeql` and `noqa` in any case; the first two stand anywhere in
 * the comment, the others behind a '#'. An id that is unknown, missing or
 * malformed excuses nothing: where a tool would take its comment for a bare
 * one because it did not understand the ids, this does not.
 */
#ifndef TMPGUARD_CORE_SUPPRESS_H
#define TMPGUARD_CORE_SUPPRESS_H

#include "core/finding.h"
#include "core/source.h"

struct suppress_comment {
    uint32_t line;
    bool alone; /* nothing but blanks before it on its line */
};

/* The comments of one form that excuse something, by line. */
struct suppress_form {
    struct suppress_comment *comments;
    size_t comments_count, comments_room;
};

struct suppress {
    struct suppress_form forms[SUPPRESSION_COUNT];
};

/* Lines from 1, both inclusive; a statement holds its call. */
struct suppress_lines {
    uint32_t call_first, call_last;
    uint32_t statement_first, statement_last;
};

/* Read the comments of a source, which is not needed afterwards. */
void suppress_open(struct suppress *suppress, const struct source *source);

/*
 * The form that excuses a call on these lines, or SUPPRESSION_NONE. The first
 * one in the order of enum suppression: our own comes before the others'.
 */
enum suppression suppress_find(const struct suppress *suppress,
                               const struct suppress_lines *lines);

/* Give the memory back; closing twice is fine. */
void suppress_close(struct suppress *suppress);

#endif

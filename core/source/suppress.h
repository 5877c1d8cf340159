/*
 * Where the comments stand that excuse a finding (what they say: directive.h).
 *
 *   tmpguard       on a line of the call's statement, or alone on the line
 *                  above it
 *   lgtm, codeql   behind the line where the call starts, or alone on the
 *                  line above
 *   noqa, nosec,   behind any line of the call
 *   NOSONAR
 */
#ifndef TMPGUARD_CORE_SOURCE_SUPPRESS_H
#define TMPGUARD_CORE_SOURCE_SUPPRESS_H

#include "core/source/directive.h"
#include "core/source/source.h"

struct suppress_comment {
    uint32_t line;
    bool alone;    /* nothing but blanks before it on its line */
    bool reasoned; /* our own form, and words stand behind it */
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

/* Where a comment of some form has to stand to excuse a call: lines. */
struct suppress_place {
    uint32_t first, last;
    bool anyhow; /* alone on its line, too, not behind code only */
    bool above;  /* or alone on the line above the first one */
};

/* By enum suppression; nothing for SUPPRESSION_NONE. */
struct suppress_places {
    struct suppress_place of[SUPPRESSION_COUNT];
};

struct suppress_places suppress_places(const struct suppress_lines *lines);

/* Nothing but blanks before the comment on its line, which starts there? */
bool suppress_stands_alone(const struct source *source, uint32_t line_start,
                           const struct comment *comment);

/* Read the comments of a source, which is not needed afterwards. */
void suppress_open(struct suppress *suppress, const struct source *source);

/*
 * The form that excuses a call on these lines, or SUPPRESSION_NONE. The first
 * one in the order of enum suppression: our own comes before the others'.
 */
enum suppression suppress_find(const struct suppress *suppress,
                               const struct suppress_lines *lines);

/* Does one of our own form that gives a reason excuse that call? */
bool suppress_reasoned(const struct suppress *suppress,
                       const struct suppress_lines *lines);

/* Give the memory back; closing twice is fine. */
void suppress_close(struct suppress *suppress);

#endif

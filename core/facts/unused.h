/*
 * Comments that name the rule and excuse no finding, and comments of our own
 * form that cannot excuse one as they are written.
 *
 * Bare ones (noqa, nosec, NOSONAR, lgtm) may be there for the rules of other
 * tools, so nothing is said about them. Nor about ruff's S306 and bandit's
 * B306 on a line that has one of the functions' names: those tools look at
 * the name, and where this analysis knows better (dead code, a name bound
 * anew) they still need their comment.
 */
#ifndef TMPGUARD_CORE_FACTS_UNUSED_H
#define TMPGUARD_CORE_FACTS_UNUSED_H

#include "core/base/error.h"
#include "core/source/directive.h"

struct unused_comment {
    enum suppression form;
    enum directive_kind kind; /* RULE: it is unused; UNKNOWN or MALFORMED */
    struct range range;
};

/* Start from UNUSED_EMPTY; sorted by place. */
struct unused {
    struct unused_comment *items;
    size_t items_count, items_room;
};

#define UNUSED_EMPTY ((struct unused){ .items = NULL })

/*
 * Those of a Python file with these findings, over_approximated ones
 * included: CodeQL needs the comments on them.
 *
 * Returns 0, or -1 with ERROR_LIMIT if the file is over a limit.
 */
int unused_find(struct unused *unused, struct text bytes,
                const struct finding *findings, size_t count,
                struct error *err);

/* What is wrong with it, in one word: "unused", "unknown-rule", "malformed". */
const char *unused_problem(const struct unused_comment *comment);

/* The same as a sentence for people. */
const char *unused_message(const struct unused_comment *comment);

/* Give the memory back; releasing twice is fine. */
void unused_release(struct unused *unused);

#endif

/*
 * What was found out about a file, before its places are looked up: where
 * calls of targets stand in what was parsed of it, and what it has to do with
 * other files. The same for all files of which the same was parsed.
 */
#ifndef TMPGUARD_CORE_FACTS_DECISION_H
#define TMPGUARD_CORE_FACTS_DECISION_H

#include "core/facts/site.h"
#include "core/slice/slice.h"

/* Start from DECISION_EMPTY. */
struct decision {
    struct site *sites; /* offsets of what was parsed */
    size_t sites_count, sites_room;
    struct intern needs, exports; /* as in the facts */
};

#define DECISION_EMPTY ((struct decision){ .sites = NULL })

/*
 * The facts of a file of which the slice was parsed, or, with DECISION_EMPTY,
 * nothing: its constants (constant.h) are among the exports. Returns 0, or -1
 * with empty facts and ERROR_LIMIT: there are too many findings or names.
 */
int decision_facts(const struct decision *decision, const struct source *source,
                   const struct slice *slice, struct facts *facts,
                   struct error *err);

/* A copy of its own. */
struct decision decision_copy(const struct decision *decision);

/* About how much memory it takes. */
size_t decision_size(const struct decision *decision);

/* Give the memory back; releasing twice is fine. */
void decision_release(struct decision *decision);

#endif

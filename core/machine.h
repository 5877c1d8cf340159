/*
 * Running code on sets of values instead of values: which calls can be a call
 * of a target?
 *
 * Within a unit, flow is by order: the machine keeps a state (env.h), goes
 * both ways at a branch, and repeats a loop until nothing changes. Units tell
 * each other what they pass, return and store through cells (cell.h), and run
 * until no cell grows any more. A function's results are in terms of its
 * parameters, so that each call gets what it put in.
 */
#ifndef TMPGUARD_CORE_MACHINE_H
#define TMPGUARD_CORE_MACHINE_H

#include "core/code.h"
#include "core/rule.h"

struct machine_site {
    uint32_t call; /* of code.calls */
    enum target target;
};

/* Start from MACHINE_SITES_EMPTY; free(items) in the end. */
struct machine_sites {
    struct machine_site *items;
    size_t items_count, items_room;
};

#define MACHINE_SITES_EMPTY ((struct machine_sites){ .items = NULL })

/*
 * Add the calls that can be a call of a target, each once a target.
 *
 * With `coarse`, what CodeQL takes for possible although it is not: stores to
 * attributes and items count whatever their order, results are the same for
 * all callers, and what is overwritten may still be seen by others.
 *
 * Returns 0, or -1 with ERROR_LIMIT: a set was too large or time is over.
 */
int machine_run(struct code *code, struct scopes *scopes, struct values *values,
                bool coarse, struct deadline *deadline,
                struct machine_sites *sites, struct error *err);

#endif

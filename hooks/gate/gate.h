/*
 * What one change introduces: the comparison behind every check. Files count
 * as what they are in their tree; a change to one may arm a call in another.
 */
#ifndef TMPGUARD_HOOKS_GATE_GATE_H
#define TMPGUARD_HOOKS_GATE_GATE_H

#include <stdbool.h>

#include "hooks/gate/change.h"
#include "hooks/gate/policy.h"
#include "hooks/git/object.h"
#include "hooks/joint/analyse.h"
#include "hooks/joint/report.h"
#include "hooks/joint/views.h"

struct baseline;
struct deadline;
struct repo;

/* A finding that is introduced, at `path` in `blob`. */
typedef void gate_visit(void *payload, const char *path,
                        const struct object_id *blob,
                        const struct finding *finding);

/* A file with findings, new at `path`, was at `older_path` in a parent. */
typedef void gate_moved(void *payload, const char *older_path,
                        const char *path);

/* Start from { .repo = … }; gate_release it. */
struct gate {
    struct repo *repo;
    struct analyser *analyser;
    struct report *report; /* takes what is incomplete, and the counts */
    struct views *views;   /* the gate's own; NULL: each file counts alone */
    struct policy *policy; /* takes that of the trees; NULL: there is none */
    bool codeql_compat;
    enum excuses excuses;
    bool touched; /* all findings of the files that a change touches */
    const struct deadline *deadline; /* NULL: none */
    /* Of a range: at each tip, what it lists does not block. NULL: nothing. */
    const struct baseline *known;
    gate_visit *visit;
    gate_moved *moved; /* may be NULL */
    void *payload;
    struct object shown; /* the file whose lines were wanted last */
    struct object_id shown_id;
    struct remedies remedies; /* of it, if repairs are asked for */
    struct hints hints;       /* of it, if hints are */
};

/* From here on, what the policy says holds. */
void gate_obey(struct gate *gate);

/* Visit what the change introduces. What the deadline leaves out makes the
 * report late. */
void gate_compare(const struct gate *gate, struct change *change);

/*
 * The findings that count of the Python file at `path` with these contents, in
 * the tree of `view` (NULL: alone).
 * Returns 1, 0 and no findings if it is not Python, -1 and *err.
 */
int gate_facts(const struct gate *gate, struct view *view, const char *path,
               const struct object_id *blob, struct facts *facts,
               struct error *err);

/* Add a finding that blocks to the report, with its lines. */
void gate_report(struct gate *gate, const char *path,
                 const struct object_id *blob, const struct finding *finding);

/* Give back what gate_report read, and the views. */
void gate_release(struct gate *gate);

#endif

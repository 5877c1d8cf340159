/*
 * Past commits: which of them are asked about, and each against its parents.
 */
#ifndef TMPGUARD_HOOKS_GATE_SPAN_H
#define TMPGUARD_HOOKS_GATE_SPAN_H

#include <stdbool.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "hooks/gate/change.h"
#include "hooks/git/object.h"

struct repo;

struct span_commit {
    struct object_id id, tree;
    struct object_id *parents; /* owned */
    size_t parents_count, parents_room;
    size_t turn; /* that it was added in, and is visited in */
};

/* Where the asker stands at the end; a tree alone is its own commit. */
struct span_tip {
    struct object_id commit, tree;
};

/* Start from SPAN_EMPTY. Commits are sorted by id. */
struct span {
    struct span_commit *commits;
    size_t commits_count, commits_room;
    struct span_tip *tips;
    size_t tips_count, tips_room;
};

#define SPAN_EMPTY ((struct span){ .commits = NULL })

/* Add one commit. Returns 0, or -1 and *err. */
int span_add(struct span *range, struct repo *repo,
             const struct object_id *commit, struct error *err);

/*
 * Add a tree as if it were a commit's, and note it as where the asker stands.
 * `parent` is a commit, or of size 0: then all of the tree is new.
 */
void span_add_tree(struct span *range, const struct object_id *tree,
                   const struct object_id *parent);

/* Add where the asker stands as if nothing led there: all of it is new. */
void span_add_tips(struct span *range);

/*
 * Add the commits that `git rev-list OPTIONS… --stdin` gives for `revisions`,
 * one on a line ("ID" or "^ID"). Returns 0, or -1 and *err.
 */
int span_list(struct span *range, struct repo *repo, struct text revisions,
              const char *const *options, struct error *err);

/* Mark those of the commits that `tip` leads to, each by its place. */
void span_mark(bool *marks, const struct span *range,
               const struct object_id *tip);

/* Note where the asker stands: a commit. Returns 0, or -1 and *err. */
int span_tip(struct span *range, struct repo *repo,
             const struct object_id *commit, struct error *err);

struct span_visitor {
    void (*change)(void *payload, const struct span_commit *commit,
                   struct change *change);
    /* A commit whose parents are not all there, or unreadable, and why. */
    void (*unreadable)(void *payload, const struct span_commit *commit,
                       const char *reason);
    void *payload;
};

/* Visit every commit as a change, in the order of the lists: what one tree
 * holds is mostly known from the one before. Returns 0, or -1 and *err. */
int span_each(struct span *range, struct repo *repo,
              const struct span_visitor *visitor, struct error *err);

void span_release(struct span *range);

#endif

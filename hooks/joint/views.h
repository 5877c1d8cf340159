/*
 * Views of the trees of one run, each made once as long as it is in use.
 */
#ifndef TMPGUARD_HOOKS_JOINT_VIEWS_H
#define TMPGUARD_HOOKS_JOINT_VIEWS_H

#include "hooks/joint/view.h"

struct views;

struct views *views_open(struct repo *repo, struct analyser *analyser,
                         bool codeql_compat);
void views_close(struct views *views);

/* Views made from here on are so. */
void views_set_compat(struct views *views, bool codeql_compat);

/* The view of a tree, the views' own; NULL and *err if it cannot be read. */
struct view *views_of_tree(struct views *views, const struct object_id *tree,
                           struct error *err);

/* The view of an index: what differs from a tree. Valid until the next one. */
struct view *views_of_index(struct views *views, const struct object_id *tree,
                            const struct diff *changes, struct error *err);

/* From here on, views that were not asked for lately may go. */
void views_trim(struct views *views);

#endif

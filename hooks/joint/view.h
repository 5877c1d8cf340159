/*
 * What the files of a tree are together: of a commit's tree, or of the index,
 * which is a tree and what differs from it.
 */
#ifndef TMPGUARD_HOOKS_JOINT_VIEW_H
#define TMPGUARD_HOOKS_JOINT_VIEW_H

#include "hooks/git/diff.h"
#include "hooks/joint/analyse.h"

struct view;

/*
 * What a view depends on. In another tree it comes to the same, unless what
 * stands at one of these paths differs, or another file is there that has needs
 * or exports, or that imports one of the words (imports_meet).
 * Start from { 0 }; view_trace_release it in the end.
 */
struct view_trace {
    struct intern paths, words;
};

struct view_of {
    struct object_id tree;
    const struct diff *changes; /* what stands differently from the tree, or
                                   NULL; must outlive the view */
    bool codeql_compat;
    struct view_trace *trace; /* filled while the view is made, or NULL */
};

/* Returns the view, or NULL and *err if the tree cannot be read. */
struct view *view_open(struct repo *repo, struct analyser *analyser,
                       const struct view_of *of, struct error *err);
void view_close(struct view *view);

/*
 * The facts of the file at `path`, which has that blob. Returns 1, 0 and no
 * facts if it is not Python, -1 and *err.
 */
int view_facts(struct view *view, const char *path,
               const struct object_id *blob, struct facts *facts,
               struct error *err);

/* Is the file something else than it is alone? */
bool view_is_changed(const struct view *view, const char *path);

/* Visit the files that are not what they are alone. */
typedef void view_visit(void *payload, const char *path,
                        const struct object_id *blob);
void view_each_changed(struct view *view, view_visit *visit, void *payload);

void view_trace_release(struct view_trace *trace);

#endif

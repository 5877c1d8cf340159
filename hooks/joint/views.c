#include "hooks/joint/views.h"

#include <stdlib.h>

#include "core/base/memory.h"

/* A commit and its parent, the next commit and its own: mostly these. */
#define KEPT 4

struct kept {
    struct object_id tree;
    struct view *view;
};

struct views {
    struct repo *repo;
    struct analyser *analyser;
    bool codeql_compat;
    struct kept *kept; /* the one asked for last in the end */
    size_t kept_count, kept_room;
    struct view *index;
};

struct views *views_open(struct repo *repo, struct analyser *analyser,
                         bool codeql_compat)
{
    struct views *views = memory_new(1, sizeof(*views));

    views->repo = repo;
    views->analyser = analyser;
    views->codeql_compat = codeql_compat;
    return views;
}

void views_set_compat(struct views *views, bool codeql_compat)
{
    views->codeql_compat = codeql_compat;
}

void views_close(struct views *views)
{
    if (!views)
        return;
    for (size_t i = 0; i < views->kept_count; i++)
        view_close(views->kept[i].view);
    view_close(views->index);
    free(views->kept);
    free(views);
}

/* The view of that tree goes to the end. */
static struct view *find(struct views *views, const struct object_id *tree)
{
    size_t i = 0, last = views->kept_count - 1;
    struct kept found;

    while (i < views->kept_count &&
           object_id_compare(&views->kept[i].tree, tree) != 0)
        i++;
    if (i == views->kept_count)
        return NULL;
    found = views->kept[i];
    for (; i < last; i++)
        views->kept[i] = views->kept[i + 1];
    views->kept[last] = found;
    return found.view;
}

struct view *views_of_tree(struct views *views, const struct object_id *tree,
                           struct error *err)
{
    const struct view_of of = { .tree = *tree,
                                .codeql_compat = views->codeql_compat };
    struct view *view = find(views, tree);

    if (view)
        return view;
    view = view_open(views->repo, views->analyser, &of, err);
    if (view)
        *ARRAY_PUSH(views->kept) = (struct kept){ *tree, view };
    return view;
}

struct view *views_of_index(struct views *views, const struct object_id *tree,
                            const struct diff *changes, struct error *err)
{
    const struct view_of of = { *tree, changes, views->codeql_compat, NULL };

    view_close(views->index);
    views->index = view_open(views->repo, views->analyser, &of, err);
    return views->index;
}

void views_trim(struct views *views)
{
    size_t gone = views->kept_count > KEPT ? views->kept_count - KEPT : 0;

    for (size_t i = 0; i < gone; i++)
        view_close(views->kept[i].view);
    for (size_t i = gone; i < views->kept_count; i++)
        views->kept[i - gone] = views->kept[i];
    views->kept_count -= gone;
}

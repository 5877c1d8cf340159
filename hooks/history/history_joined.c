#include "hooks/history/history_joined.h"

#include <stdlib.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "core/source/filetype.h"
#include "hooks/history/history_changes.h"
#include "hooks/history/history_rows.h"
#include "hooks/joint/imports.h"
#include "hooks/joint/view.h"

#define PROGRESS_STEP 16 /* commits */

/* What the files of a tree are together, and what that depends on; commits
 * share it. */
struct together {
    uint32_t uses;
    uint32_t *paths; /* in joining.paths, sorted */
    size_t paths_count, paths_room;
    struct intern words;
    struct tree_files changed; /* TREES_UNKNOWN: nothing is found there */
    uint32_t from, to;         /* what a reduced tree, the last, became */
};

struct joining {
    struct history_commits *commits;
    struct history_trees *trees;
    const struct history_options *options;
    struct analyser analyser;
    struct history_rows rows;
    struct intern paths;
    struct together **together; /* of each commit, while children need it */
    uint32_t *uses;             /* of each commit: children to come */
};

static void release(struct together *together)
{
    if (!together || --together->uses)
        return;
    free(together->paths);
    free(together->changed.files);
    intern_release(&together->words);
    free(together);
}

/* ---- a tree as a whole ----------------------------------------------------
 */

static int compare_numbers(const void *one, const void *two)
{
    const uint32_t *a = one, *b = two;

    return (*a > *b) - (*a < *b);
}

/* The words are taken. */
static void keep_trace(struct joining *joining, struct together *together,
                       struct view_trace *trace)
{
    for (uint32_t i = 0; i < intern_count(&trace->paths); i++)
        *ARRAY_PUSH(together->paths) =
            intern_add(&joining->paths, intern_text(&trace->paths, i));
    if (together->paths_count > 1)
        qsort(together->paths, together->paths_count, sizeof(*together->paths),
              compare_numbers);
    together->words = trace->words;
    trace->words = INTERN_EMPTY;
}

struct looking {
    struct joining *joining;
    struct view *view;
    struct together *together;
};

/* A file that is not what it is alone. */
static void keep_file(void *payload, const char *path,
                      const struct object_id *blob)
{
    struct looking *looking = payload;
    struct history_trees *trees = looking->joining->trees;
    uint32_t number = TREES_UNKNOWN;
    struct facts facts;
    struct error err;
    bool known = view_facts(looking->view, path, blob, &facts, &err) >= 0;

    if (!known || facts.findings_count)
        number =
            blobs_know_joined(trees->blobs, blob, known ? &facts : NULL, &err);
    *ARRAY_PUSH(looking->together->changed.files) =
        (struct tree_file){ intern_add(&trees->paths, text_of(path)), number };
}

static struct together *look(struct joining *joining, uint32_t commit)
{
    struct view_trace trace = { .paths = INTERN_EMPTY };
    struct view_of of = {
        .tree =
            trees_id(joining->trees, commits_tree(joining->commits, commit)),
        .codeql_compat = joining->options->codeql_compat,
        .trace = &trace,
    };
    struct looking looking = { .joining = joining };
    struct error err;

    looking.view =
        view_open(joining->trees->blobs->repo, &joining->analyser, &of, &err);
    if (looking.view) {
        looking.together = memory_new(1, sizeof(*looking.together));
        looking.together->from = UINT32_MAX;
        keep_trace(joining, looking.together, &trace);
        view_each_changed(looking.view, keep_file, &looking);
    } else {
        commits_report_why(joining->commits, commit, err.message,
                           joining->trees->blobs->report);
    }
    view_close(looking.view);
    view_trace_release(&trace);
    return looking.together;
}

/* ---- what differs from a parent -------------------------------------------
 */

struct comparing {
    struct joining *joining;
    const struct together *parent;
    bool matters;
};

static bool depends_on(const struct joining *joining,
                       const struct together *together, struct text path)
{
    uint32_t number = intern_find(&joining->paths, path);
    struct bound found = bound_in(0, together->paths_count);

    while (bound_open(&found))
        bound_step(&found, together->paths[found.middle] < number);
    return number != INTERN_NONE && found.low < together->paths_count &&
           together->paths[found.low] == number;
}

/* Does it import something that was searched for? Yes, if unreadable. */
static bool is_searched(const struct joining *joining,
                        const struct together *parent,
                        const struct object_id *blob)
{
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;
    bool result = false;

    if (intern_count(&parent->words))
        result =
            analyse_read(joining->trees->blobs->repo, blob, &bytes, &err) < 0 ||
            imports_meet(&parent->words, buffer_view(&bytes));
    buffer_release(&bytes);
    return result;
}

/* Has the file anything to say to others, or to get from them? */
static bool speaks(struct comparing *comparing, struct text path,
                   const struct object_id *blob)
{
    struct joining *joining = comparing->joining;
    struct facts facts;
    struct error err;
    char *name;
    int found;
    bool result;

    if (filetype_of_path(path) == FILETYPE_OTHER)
        return false;
    name = memory_copy(path.bytes, path.size);
    found = analyse_file(&joining->analyser, joining->trees->blobs->repo, name,
                         blob, &facts, &err);
    free(name);
    result = found < 0 || intern_count(&facts.needs) ||
             intern_count(&facts.exports) ||
             (found == 1 && is_searched(joining, comparing->parent, blob));
    facts_release(&facts);
    return result;
}

static bool compare(void *payload, struct text path,
                    const struct diff_side *now)
{
    struct comparing *comparing = payload;

    comparing->matters =
        depends_on(comparing->joining, comparing->parent, path) ||
        (diff_is_file(now) && speaks(comparing, path, &now->id));
    return !comparing->matters;
}

/* Does the answer of the parent hold for the commit, too? */
static bool holds(struct joining *joining, uint32_t parent, uint32_t commit)
{
    struct comparing comparing = { joining, joining->together[parent], false };

    return changes_each(joining->trees, commits_tree(joining->commits, parent),
                        commits_tree(joining->commits, commit), compare,
                        &comparing) == 0 &&
           !comparing.matters;
}

/* ---- all commits -----------------------------------------------------------
 */

static struct together *find(struct joining *joining, uint32_t commit)
{
    size_t count, first = 0;
    const uint32_t *parents = commits_parents(joining->commits, commit, &count);

    if (commits_tree(joining->commits, commit) == COMMIT_TREE_UNREAD)
        return NULL;
    while (first < count && !joining->together[parents[first]])
        first++;
    if (first == count || !holds(joining, parents[first], commit))
        return look(joining, commit);
    return joining->together[parents[first]];
}

/* The reduced tree with all that. */
static uint32_t apply(struct joining *joining, struct together *together,
                      uint32_t root)
{
    if (together->from == root)
        return together->to;
    together->from = root;
    for (size_t i = 0; i < together->changed.files_count; i++) {
        const struct tree_file *file = &together->changed.files[i];

        root = trees_put(joining->trees, root,
                         intern_text(&joining->trees->paths, file->path),
                         file->blob);
    }
    together->to = root;
    return root;
}

static void drop(struct joining *joining, uint32_t commit)
{
    release(joining->together[commit]);
    joining->together[commit] = NULL;
}

static void drop_parents(struct joining *joining, uint32_t commit)
{
    size_t count;
    const uint32_t *parents = commits_parents(joining->commits, commit, &count);

    for (size_t p = 0; p < count; p++)
        if (--joining->uses[parents[p]] == 0)
            drop(joining, parents[p]);
}

static void visit(struct joining *joining, uint32_t commit, uint32_t *root)
{
    struct together *together = find(joining, commit);

    if (together) {
        together->uses++;
        *root = apply(joining, together, *root);
    }
    joining->together[commit] = together;
    drop_parents(joining, commit);
    if (joining->uses[commit] == 0)
        drop(joining, commit);
}

void joined_find(uint32_t *roots, struct history_commits *commits,
                 struct history_trees *trees,
                 const struct history_options *options)
{
    size_t count = commits->order_count;
    struct joining joining = {
        .commits = commits,
        .trees = trees,
        .options = options,
        .together =
            memory_new(commits->commits_count, sizeof(struct together *)),
        .uses = commits_uses(commits),
    };

    rows_open(&joining.rows, trees->blobs->analyser);
    joining.analyser = (struct analyser){ .rows = &joining.rows.rows };
    for (size_t i = 0; i < count; i++) {
        if (options->progress && i % PROGRESS_STEP == 0)
            options->progress(options->payload, "trees", i, count);
        visit(&joining, commits->order[i], &roots[commits->order[i]]);
    }
    analyser_release(&joining.analyser);
    rows_close(&joining.rows);
    intern_release(&joining.paths);
    free(joining.together);
    free(joining.uses);
}

#include "hooks/joint/view.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/source/filetype.h"
#include "hooks/git/promise.h"
#include "hooks/git/repo.h"
#include "hooks/git/tree.h"
#include "hooks/joint/joint.h"
#include "hooks/joint/listing.h"
#include "hooks/joint/seeds.h"

struct view {
    struct repo *repo;
    struct analyser *analyser;
    struct listing listing;
    struct joint_tree tree;
    struct joint *joint;
    struct view_trace *trace; /* or NULL */
    /* while files are searched */
    const struct joint_search *search;
    bool lacks_promised; /* what is missing was to be fetched when needed */
    bool failed;         /* what stands at a path could not be told: why */
    struct error failure;
};

static void note_failure(struct view *view, const struct error *err)
{
    if (!view->failed)
        view->failure = *err;
    view->failed = true;
}

static void note_path(struct view *view, struct text path)
{
    if (view->trace)
        intern_add(&view->trace->paths, path);
}

/* ---- the tree, for the joint --------------------------------------------- */

/* 1 and what stands there, 0 if nothing does or it cannot be told. */
static int find(struct view *view, struct text path, struct diff_side *side)
{
    struct error err;
    int found = listing_find(side, &view->listing, path, &err);

    note_path(view, path);
    if (found < 0)
        note_failure(view, &err);
    return found == 1;
}

static enum modules_kind ask(void *context, struct text path)
{
    struct diff_side side;

    if (!find(context, path, &side))
        return MODULES_NOTHING;
    if ((side.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE)
        return MODULES_FOLDER;
    return diff_is_file(&side) ? MODULES_FILE : MODULES_NOTHING;
}

static int read_file(void *context, const char *path, struct buffer *bytes,
                     struct error *err)
{
    struct view *view = context;
    struct diff_side side;
    int found = listing_find(&side, &view->listing, text_of(path), err);

    note_path(view, text_of(path));
    if (found == 0)
        return error_set(err, ERROR_GIT, "there is no such file");
    return found < 0 ? -1 : analyse_read(view->repo, &side.id, bytes, err);
}

/* A partial clone lacks files that nobody needed yet: they are passed over. */
static void miss(struct view *view, const char *path, const struct error *err)
{
    note_path(view, text_of(path));
    if (!view->lacks_promised)
        view->search->miss(view->search->payload, path, err);
}

/* Is it kept that this very search does not want the file? */
static bool is_unwanted(struct view *view, const struct object_id *blob)
{
    struct buffer value = BUFFER_EMPTY;
    bool result =
        analyse_recall(view->analyser, ANALYSE_KIND_UNWANTED, blob, &value) &&
        text_equal(buffer_view(&value), view->search->identity);

    buffer_release(&value);
    return result;
}

/* Show the text of a Python file to the search that goes on. */
static void search_text(struct view *view, const char *path,
                        const struct object_id *blob, struct text text)
{
    const struct joint_search *search = view->search;

    if (!search->wanted(search->payload, text)) {
        analyse_remember(view->analyser, ANALYSE_KIND_UNWANTED, blob,
                         search->identity);
        return;
    }
    note_path(view, text_of(path));
    search->visit(search->payload, path, text);
}

/* The same with a file, if it is Python. */
static void search_blob(struct view *view, const char *path,
                        const struct object_id *blob)
{
    enum filetype type = filetype_of_path(text_of(path));
    struct buffer bytes = BUFFER_EMPTY;
    struct error err;

    if (type == FILETYPE_OTHER || is_unwanted(view, blob))
        return;
    if (analyse_read(view->repo, blob, &bytes, &err) < 0)
        miss(view, path, &err);
    else if (type == FILETYPE_PYTHON ||
             filetype_has_shebang(buffer_view(&bytes)))
        search_text(view, path, blob, buffer_view(&bytes));
    buffer_release(&bytes);
}

static bool is_overlaid(const struct view *view, const char *path)
{
    return view->listing.changes && diff_find(view->listing.changes, path);
}

static void visit_file(void *payload, const char *path,
                       const struct object_id *blob)
{
    struct view *view = payload;

    if (!is_overlaid(view, path))
        search_blob(view, path, blob);
}

static void miss_folder(void *payload, const char *path, const char *reason)
{
    struct view *view = payload;
    struct error err;

    error_set(&err, ERROR_GIT, "%.200s: %.200s", path, reason);
    if (!view->lacks_promised)
        note_failure(view, &err);
}

static void search(void *context, const struct joint_search *search_for)
{
    struct view *view = context;
    const struct diff *changes = view->listing.changes;
    const struct tree_visitor visitor = { .file = visit_file,
                                          .unreadable = miss_folder,
                                          .payload = view };

    view->search = search_for;
    if (view->listing.tree.size)
        tree_walk(view->repo, &view->listing.tree, &visitor);
    for (size_t i = 0; changes && i < changes->entries_count; i++) {
        const struct diff_entry *entry = &changes->entries[i];

        if (diff_is_file(&entry->after))
            search_blob(view, entry->path, &entry->after.id);
    }
}

/* ---- what is kept between runs ------------------------------------------- */

static int identify(void *context, struct text path, struct buffer *out)
{
    struct view *view = context;
    struct diff_side side;
    struct error err;
    int found = listing_find(&side, &view->listing, path, &err);

    note_path(view, path);
    if (found == 0)
        buffer_byte(out, '-');
    else if (found == 1 && (side.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE)
        buffer_byte(out, 'd');
    else if (found == 1)
        buffer_append(out, side.id.bytes, side.id.size);
    return found >= 0;
}

static int recall(void *context, struct text key, struct buffer *value)
{
    struct view *view = context;
    struct object_id id;

    object_id_of(&id, OBJECT_BLOB, key, OBJECT_ID_MAX);
    return analyse_recall(view->analyser, ANALYSE_KIND_TRACE, &id, value);
}

static void remember(void *context, struct text key, struct text value)
{
    struct view *view = context;
    struct object_id id;

    object_id_of(&id, OBJECT_BLOB, key, OBJECT_ID_MAX);
    analyse_remember(view->analyser, ANALYSE_KIND_TRACE, &id, value);
}

/* ---- the view ------------------------------------------------------------ */

static void add_seed(void *payload, const char *path, struct facts *facts)
{
    struct view *view = payload;

    if (is_overlaid(view, path))
        return;
    if (intern_count(&facts->needs) || intern_count(&facts->exports))
        note_path(view, text_of(path));
    joint_add(view->joint, path, facts);
}

/* What could not be read now is not read again: others were decided without
 * it. */
static void miss_seed(void *payload, const char *path, const struct error *err)
{
    struct view *view = payload;

    note_path(view, text_of(path));
    if (!view->lacks_promised && !is_overlaid(view, path))
        joint_add_failed(view->joint, path, err);
}

static void add_changes(struct view *view)
{
    const struct diff *changes = view->listing.changes;

    for (size_t i = 0; changes && i < changes->entries_count; i++) {
        const struct diff_entry *entry = &changes->entries[i];
        struct facts facts;
        struct error err;
        int found;

        if (!diff_is_file(&entry->after))
            continue;
        found = analyse_file(view->analyser, view->repo, entry->path,
                             &entry->after.id, &facts, &err);
        if (found == 1)
            joint_add(view->joint, entry->path, &facts);
        else if (found < 0)
            joint_add_failed(view->joint, entry->path, &err);
        facts_release(&facts);
    }
}

/* The tree of nothing need not be in the repository. */
static bool is_empty(const struct object_id *tree)
{
    struct object_id empty;

    if (tree->size == 0)
        return true;
    object_id_of(&empty, OBJECT_TREE, TEXT_EMPTY, tree->size);
    return object_id_compare(tree, &empty) == 0;
}

static void note_words(struct view *view)
{
    const struct intern *words = joint_words(view->joint);

    for (uint32_t i = 0; view->trace && i < intern_count(words); i++)
        intern_add(&view->trace->words, intern_text(words, i));
}

struct view *view_open(struct repo *repo, struct analyser *analyser,
                       const struct view_of *of, struct error *err)
{
    struct view *view = memory_new(1, sizeof(*view));
    const struct seeds_visitor visitor = { add_seed, miss_seed, view };
    int result = 0;

    view->repo = repo;
    view->analyser = analyser;
    view->listing = (struct listing){ .repo = repo,
                                      .tree = of->tree,
                                      .changes = of->changes };
    view->trace = of->trace;
    view->tree = (struct joint_tree){ .ask = ask,
                                      .read = read_file,
                                      .search = search,
                                      .identify = identify,
                                      .recall = recall,
                                      .remember = remember,
                                      .context = view };
    view->lacks_promised = promise_given(repo_objects_dir(repo));
    view->joint = joint_open(&view->tree, of->codeql_compat);
    if (is_empty(&of->tree))
        view->listing.tree.size = 0;
    else
        result = seeds_each(analyser, repo, &of->tree, &visitor, err);
    if (result < 0) {
        view_close(view);
        return NULL;
    }
    add_changes(view);
    joint_decide(view->joint);
    note_words(view);
    view->trace = NULL;
    if (view->failed) {
        *err = view->failure;
        view_close(view);
        return NULL;
    }
    return view;
}

void view_trace_release(struct view_trace *trace)
{
    intern_release(&trace->paths);
    intern_release(&trace->words);
}

void view_close(struct view *view)
{
    if (!view)
        return;
    joint_close(view->joint);
    listing_release(&view->listing);
    free(view);
}

static void copy_findings(struct facts *facts, const struct facts *from)
{
    *facts = FACTS_EMPTY;
    for (size_t i = 0; i < from->findings_count; i++)
        *ARRAY_PUSH(facts->findings) = from->findings[i];
}

int view_facts(struct view *view, const char *path,
               const struct object_id *blob, struct facts *facts,
               struct error *err)
{
    const struct joint_file *file = joint_find(view->joint, path);

    *facts = FACTS_EMPTY;
    if (file && file->is_incomplete) {
        *err = file->err;
        return -1;
    }
    if (!file)
        return analyse_file(view->analyser, view->repo, path, blob, facts, err);
    copy_findings(facts, &file->facts);
    return 1;
}

bool view_is_changed(const struct view *view, const char *path)
{
    const struct joint_file *file = joint_find(view->joint, path);

    return file && (file->is_changed || file->is_incomplete);
}

void view_each_changed(struct view *view, view_visit *visit, void *payload)
{
    for (size_t i = 0; i < joint_count(view->joint); i++) {
        const struct joint_file *file = joint_file(view->joint, i);
        struct diff_side side;

        if ((file->is_changed || file->is_incomplete) &&
            find(view, text_of(file->path), &side))
            visit(payload, file->path, &side.id);
    }
}

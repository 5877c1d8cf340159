/*
 * A form is the encoding of a reduced tree: items of three words, in the
 * order of the tree's entries. Form 0 is the empty tree, form 1 is a tree
 * that could not be read. The walk keeps its own stack: a folder is left when
 * its last entry was taken, and its form is then an item of the one above.
 */
#include "hooks/history_trees.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

enum { FORM_EMPTY, FORM_UNKNOWN };

enum kind { KIND_BLOB, KIND_TREE };

struct item {
    uint32_t name, kind;
    uint32_t value; /* of a blob: TREES_UNKNOWN too; of a tree: its form */
};

#define NOT_REDUCED 0 /* in `reduced`, where a form is kept plus one */

/* A folder that is being read. */
struct frame {
    struct object object;
    struct text rest;
    uint32_t tree;
    uint32_t name;      /* of the folder, in the one above */
    size_t folder_size; /* of the path of the one above */
    struct buffer form;
};

struct walk {
    struct history_trees *trees;
    struct buffer folder; /* the innermost one's path, a '/' at its end */
    struct frame *frames;
    size_t frames_count, frames_room;
};

static struct object_id id_of(const struct history_trees *trees, uint32_t tree)
{
    struct text bytes = intern_text(&trees->ids, tree);
    struct object_id id = { .size = (unsigned char)bytes.size };

    memcpy(id.bytes, bytes.bytes, bytes.size);
    return id;
}

/* The path of `name` in the innermost folder. */
static char *path_of(const struct walk *walk, struct text name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_text(&path, buffer_view(&walk->folder));
    buffer_text(&path, name);
    return buffer_detach(&path);
}

static void add_item(struct walk *walk, uint32_t name, enum kind kind,
                     uint32_t value)
{
    struct item item = { name, kind, value };

    buffer_append(&walk->frames[walk->frames_count - 1].form, &item,
                  sizeof(item));
}

static void add_form(struct walk *walk, uint32_t name, uint32_t form)
{
    if (form == FORM_UNKNOWN)
        add_item(walk, name, KIND_BLOB, TREES_UNKNOWN);
    else if (form != FORM_EMPTY)
        add_item(walk, name, KIND_TREE, form);
}

static void set_reduced(struct history_trees *trees, uint32_t tree,
                        uint32_t form)
{
    while (trees->reduced_count <= tree)
        (void)ARRAY_PUSH(trees->reduced);
    trees->reduced[tree] = form + 1;
}

static uint32_t get_reduced(const struct history_trees *trees, uint32_t tree)
{
    return tree < trees->reduced_count ? trees->reduced[tree] : NOT_REDUCED;
}

static void unreadable(const struct walk *walk, uint32_t tree, struct text name,
                       const char *reason)
{
    struct object_id id = id_of(walk->trees, tree);
    char hex[OBJECT_HEX_MAX], *path = path_of(walk, name);
    struct buffer text = BUFFER_EMPTY;

    buffer_format(&text, "tree %s: %s", object_id_format(&id, hex), reason);
    report_incomplete(walk->trees->blobs->report, *path ? path : ".",
                      text.bytes);
    buffer_release(&text);
    free(path);
}

/* Begin a folder; if it cannot be read it has the form UNKNOWN at once. */
static void enter(struct walk *walk, uint32_t tree, struct text name)
{
    struct object_id id = id_of(walk->trees, tree);
    struct object object = OBJECT_EMPTY;
    struct error err;
    int found = 1;

    if (walk->frames_count >= HISTORY_DEPTH_MAX)
        found = error_set(&err, ERROR_LIMIT, "folders are nested too deeply");
    else
        found = object_read(&object, walk->trees->blobs->repo, &id,
                            HISTORY_TREE_SIZE_MAX, &err);
    if (found == 0)
        error_set(&err, ERROR_GIT, "it is missing");
    if (found == 1 && object.type != OBJECT_TREE)
        found = error_set(&err, ERROR_FORMAT, "the object is no tree");
    if (found == 1) {
        uint32_t number = intern_add(&walk->trees->names, name);
        struct frame *frame = ARRAY_PUSH(walk->frames);

        frame->object = object;
        frame->rest = object.bytes;
        frame->tree = tree;
        frame->name = number;
        frame->folder_size = walk->folder.size;
        if (walk->frames_count > 1) {
            buffer_text(&walk->folder, name);
            buffer_byte(&walk->folder, '/');
        }
        return;
    }
    object_release(&object);
    unreadable(walk, tree, name, err.message);
    set_reduced(walk->trees, tree, FORM_UNKNOWN);
}

static void take_folder(struct walk *walk, const struct tree_entry *entry)
{
    struct history_trees *trees = walk->trees;
    size_t depth = walk->frames_count;
    uint32_t tree =
        intern_add(&trees->ids, (struct text){ (const char *)entry->id.bytes,
                                               entry->id.size });

    if (!get_reduced(trees, tree))
        enter(walk, tree, entry->name);
    if (walk->frames_count == depth)
        add_form(walk, intern_add(&trees->names, entry->name),
                 get_reduced(trees, tree) - 1);
}

static void take_file(struct walk *walk, const struct tree_entry *entry)
{
    struct history_trees *trees = walk->trees;
    uint32_t blob = blobs_add(trees->blobs, &entry->id);
    int found =
        blobs_look(trees->blobs, blob, buffer_view(&walk->folder), entry->name);

    if (found)
        add_item(walk, intern_add(&trees->names, entry->name), KIND_BLOB,
                 found > 0 ? blob : TREES_UNKNOWN);
}

/* The folder is read, or damaged: give it its form. */
static void leave(struct walk *walk, bool damaged)
{
    struct frame *frame = &walk->frames[walk->frames_count - 1];
    uint32_t form = FORM_UNKNOWN, name = frame->name;

    if (!damaged)
        form = intern_add(&walk->trees->forms, buffer_view(&frame->form));
    set_reduced(walk->trees, frame->tree, form);
    object_release(&frame->object);
    buffer_release(&frame->form);
    walk->folder.size = frame->folder_size;
    walk->frames_count--;
    if (damaged)
        unreadable(walk, frame->tree, intern_text(&walk->trees->names, name),
                   "the object is no tree");
    if (walk->frames_count)
        add_form(walk, name, form);
}

static void step(struct walk *walk)
{
    struct frame *frame = &walk->frames[walk->frames_count - 1];
    struct tree_entry entry;
    int found =
        tree_next(&entry, &frame->rest, id_of(walk->trees, frame->tree).size);

    if (found != 1)
        leave(walk, found < 0);
    else if ((entry.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE)
        take_folder(walk, &entry);
    else if ((entry.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_REGULAR)
        take_file(walk, &entry);
}

uint32_t trees_reduce(struct history_trees *trees, uint32_t tree)
{
    struct walk walk = { .trees = trees };

    if (intern_count(&trees->forms) == 0) {
        intern_add(&trees->forms, TEXT_EMPTY);
        intern_add(&trees->forms, TEXT("?"));
    }
    if (!get_reduced(trees, tree))
        enter(&walk, tree, TEXT_EMPTY);
    while (walk.frames_count)
        step(&walk);
    free(walk.frames);
    buffer_release(&walk.folder);
    return get_reduced(trees, tree) - 1;
}

/* What came of a blob that was pending when the form was made: its number,
 * TREES_UNKNOWN, or nothing that matters. */
static bool settled(const struct history_trees *trees, uint32_t *blob)
{
    const struct history_blob *about;

    if (*blob == TREES_UNKNOWN)
        return true;
    about = &trees->blobs->blobs[*blob];
    if (about->state == BLOB_UNKNOWN)
        *blob = TREES_UNKNOWN;
    return about->state == BLOB_UNKNOWN || about->count > 0;
}

/* Item `at` of a form; 0 behind its end. */
static int item_of(const struct history_trees *trees, uint32_t form, size_t at,
                   struct item *item)
{
    struct text bytes = intern_text(&trees->forms, form);

    if ((at + 1) * sizeof(*item) > bytes.size)
        return 0;
    memcpy(item, bytes.bytes + at * sizeof(*item), sizeof(*item));
    return 1;
}

static int compare_files(const void *one, const void *two)
{
    const struct tree_file *a = one, *b = two;

    return (a->path > b->path) - (a->path < b->path);
}

void tree_files_sort(struct tree_files *files)
{
    size_t kept = 0;

    if (files->files_count < 2)
        return;
    qsort(files->files, files->files_count, sizeof(*files->files),
          compare_files);
    for (size_t i = 0; i < files->files_count; i++)
        if (kept == 0 || files->files[kept - 1].path != files->files[i].path)
            files->files[kept++] = files->files[i];
    files->files_count = kept;
}

/* A folder of a form that is being listed: its items, and its path's size. */
struct level {
    uint32_t form;
    size_t at, path_size;
};

struct levels {
    struct level *at;
    size_t at_count, at_room;
};

static void flatten_item(struct history_trees *trees, struct levels *levels,
                         struct buffer *path, const struct item *item,
                         struct tree_files *files)
{
    uint32_t blob = item->value;

    if (item->kind == KIND_BLOB && !settled(trees, &blob))
        return;
    if (path->size)
        buffer_byte(path, '/');
    buffer_text(path, intern_text(&trees->names, item->name));
    if (item->kind == KIND_TREE) {
        *ARRAY_PUSH(levels->at) = (struct level){ item->value, 0, path->size };
        return;
    }
    *ARRAY_PUSH(files->files) =
        (struct tree_file){ intern_add(&trees->paths, buffer_view(path)),
                            blob };
}

static void only_unknown(struct history_trees *trees, struct tree_files *files)
{
    files->files_count = 0;
    *ARRAY_PUSH(files->files) =
        (struct tree_file){ intern_add(&trees->paths, TEXT_EMPTY),
                            TREES_UNKNOWN };
}

int trees_flatten(struct history_trees *trees, uint32_t reduced,
                  struct tree_files *files)
{
    struct levels levels = { .at = NULL };
    struct buffer path = BUFFER_EMPTY;
    struct item item;
    bool over;

    files->files_count = 0;
    *ARRAY_PUSH(levels.at) = (struct level){ reduced, 0, 0 };
    while (levels.at_count && files->files_count <= HISTORY_FILES_MAX) {
        struct level *level = &levels.at[levels.at_count - 1];

        path.size = level->path_size;
        if (item_of(trees, level->form, level->at++, &item))
            flatten_item(trees, &levels, &path, &item, files);
        else
            levels.at_count--;
    }
    over = levels.at_count > 0;
    free(levels.at);
    buffer_release(&path);
    if (over || reduced == FORM_UNKNOWN)
        only_unknown(trees, files);
    else
        tree_files_sort(files);
    return over ? -1 : 0;
}

/* Take the next component off *rest. */
static struct text component(struct text *rest)
{
    size_t end = text_find(*rest, '/', 0);
    struct text name = text_slice(*rest, 0, end);

    *rest = text_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
    return name;
}

/* The item `name` of a form; 0 if there is none. */
static int named_item(const struct history_trees *trees, uint32_t form,
                      struct text name, struct item *item)
{
    uint32_t number = intern_find(&trees->names, name);

    for (size_t at = 0; item_of(trees, form, at, item); at++)
        if (item->name == number)
            return 1;
    return 0;
}

int trees_find(const struct history_trees *trees, uint32_t reduced,
               uint32_t path, uint32_t *blob)
{
    struct text rest = intern_text(&trees->paths, path);

    while (reduced != FORM_UNKNOWN) {
        struct text name = component(&rest);
        struct item item;

        if (!named_item(trees, reduced, name, &item))
            return 0;
        *blob = item.value;
        if (item.kind == KIND_BLOB)
            return settled(trees, blob) &&
                   (rest.size == 0 || *blob == TREES_UNKNOWN);
        if (rest.size == 0)
            return 0;
        reduced = item.value;
    }
    *blob = TREES_UNKNOWN;
    return 1;
}

/* The entry `name` of a tree object: 1, 0, or -1 if it cannot be read. */
static int named_entry(const struct history_trees *trees,
                       const struct object_id *id, struct text name,
                       struct tree_entry *entry)
{
    struct object object = OBJECT_EMPTY;
    struct error err;
    struct text rest;
    int found = object_read(&object, trees->blobs->repo, id,
                            HISTORY_TREE_SIZE_MAX, &err);

    if (found == 0 || (found == 1 && object.type != OBJECT_TREE))
        found = -1;
    rest = object.bytes;
    while (found == 1) {
        found = tree_next(entry, &rest, id->size);
        if (found != 1 || text_equal(entry->name, name))
            break;
    }
    object_release(&object);
    return found;
}

int trees_has_path(const struct history_trees *trees, uint32_t tree,
                   uint32_t path)
{
    struct text rest = intern_text(&trees->paths, path);
    struct object_id id = id_of(trees, tree);
    int found = 1;

    while (rest.size && found == 1) {
        struct text name = component(&rest);
        struct tree_entry entry;

        found = named_entry(trees, &id, name, &entry);
        if (found == 1 && rest.size &&
            (entry.mode & OBJECT_MODE_TYPE) != OBJECT_MODE_TREE)
            return 0;
        if (found == 1)
            id = entry.id;
    }
    return found != 0;
}

void trees_release(struct history_trees *trees)
{
    intern_release(&trees->ids);
    intern_release(&trees->names);
    intern_release(&trees->forms);
    intern_release(&trees->paths);
    free(trees->reduced);
    *trees = (struct history_trees){ .blobs = NULL };
}

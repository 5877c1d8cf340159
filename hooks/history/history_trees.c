#include "hooks/history/history_trees.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/history/sweep.h"

void trees_begin(struct history_trees *trees, struct history_blobs *blobs)
{
    *trees = (struct history_trees){ .blobs = blobs };
    forms_begin(&trees->forms, &trees->names);
}

/* Where the trees are that are known so far. An odd commit may name one by an
 * id of another size: then each is looked for when it is needed. */
static void find_places(struct history_trees *trees)
{
    const struct tree_log *log = &trees->sweep->trees;
    struct text ids = intern_all(&trees->ids);
    uint32_t count = intern_count(&trees->ids), *numbers;

    if (ids.size != count * log->id_size)
        return;
    numbers = memory_new(count, sizeof(*numbers));
    sweep_find_all(trees->sweep, ids, count, numbers);
    for (uint32_t tree = 0; tree < count; tree++)
        numbers[tree] = tree_log_place(log, numbers[tree]);
    trees->places = numbers;
    trees->places_count = count;
}

void trees_use_sweep(struct history_trees *trees, struct sweep *sweep)
{
    trees->sweep = sweep;
    trees->names = sweep->trees.names;
    sweep->trees.names = INTERN_EMPTY;
    trees->swept = memory_new(sweep->trees.count, sizeof(*trees->swept));
    find_places(trees);
}

struct object_id trees_id(const struct history_trees *trees, uint32_t tree)
{
    struct text bytes = intern_text(&trees->ids, tree);
    struct object_id id = { .size = (unsigned char)bytes.size };

    memcpy(id.bytes, bytes.bytes, bytes.size);
    return id;
}

int trees_read(const struct history_trees *trees, const struct object_id *id,
               struct object *object, struct error *err)
{
    struct error ignored;
    int found = object_read(object, trees->blobs->repo, id,
                            HISTORY_TREE_SIZE_MAX, err ? err : &ignored);

    if (found == 0)
        return error_set(err ? err : &ignored, ERROR_GIT, "it is missing");
    if (found == 1 && object->type != OBJECT_TREE) {
        object_release(object);
        return error_set(err ? err : &ignored, ERROR_FORMAT,
                         "the object is no tree");
    }
    return found == 1 ? 0 : -1;
}

/* Why an unreadable tree is so: it is read once more. */
static void explain_lost(struct history_trees *trees, uint32_t tree,
                         struct text folder)
{
    struct object_id id = trees_id(trees, tree);
    struct object object = OBJECT_EMPTY;
    struct buffer reason = BUFFER_EMPTY, path = BUFFER_EMPTY;
    struct error err;
    char hex[OBJECT_HEX_MAX];
    uint32_t count = intern_count(&trees->lost);

    if (intern_add(&trees->lost,
                   (struct text){ (const char *)id.bytes, id.size }) < count)
        return;
    if (trees_read(trees, &id, &object, &err) == 0)
        error_set(&err, ERROR_FORMAT, "it is damaged or nested too deeply");
    object_release(&object);
    buffer_format(&reason, "tree %s: %s", object_id_format(&id, hex),
                  err.message);
    buffer_text(&path, folder.size ? folder : TEXT("."));
    report_incomplete(trees->blobs->report, path.bytes, reason.bytes);
    buffer_release(&reason);
    buffer_release(&path);
}

/*
 * What came of a blob that was not looked at, or pending, when the form was
 * made: its number, TREES_UNKNOWN, or false: nothing that matters.
 */
static bool settled(const struct history_trees *trees, struct text name,
                    uint32_t *blob)
{
    int found = blobs_look(trees->blobs, *blob, name);

    if (found < 0)
        *blob = TREES_UNKNOWN;
    return found != 0;
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

static void add_file(struct history_trees *trees, struct text path,
                     uint32_t blob, struct tree_files *files)
{
    *ARRAY_PUSH(files->files) =
        (struct tree_file){ intern_add(&trees->paths, path), blob };
}

static void flatten_file(struct history_trees *trees, struct buffer *path,
                         const struct form_item *item, struct tree_files *files)
{
    uint32_t blob = item->value;

    if (!settled(trees, intern_text(&trees->names, item->name), &blob))
        return;
    if (blob == TREES_UNKNOWN)
        blobs_explain(trees->blobs, item->value, path->bytes);
    add_file(trees, buffer_view(path), blob, files);
}

static void flatten_item(struct history_trees *trees, struct levels *levels,
                         struct buffer *path, const struct form_item *item,
                         struct tree_files *files)
{
    uint32_t lost;

    if (path->size)
        buffer_byte(path, '/');
    buffer_text(path, intern_text(&trees->names, item->name));
    if (item->kind == FORM_FILE) {
        flatten_file(trees, path, item, files);
    } else if (forms_is_lost(&trees->forms, item->value, &lost)) {
        explain_lost(trees, lost, buffer_view(path));
        add_file(trees, buffer_view(path), TREES_UNKNOWN, files);
    } else if (levels->at_count >= HISTORY_DEPTH_MAX) {
        report_incomplete(trees->blobs->report, path->bytes,
                          "folders are nested too deeply");
        add_file(trees, buffer_view(path), TREES_UNKNOWN, files);
    } else {
        *ARRAY_PUSH(levels->at) = (struct level){ item->value, 0, path->size };
    }
}

/* Returns 0, or -1 if there are too many. */
static int flatten(struct history_trees *trees, uint32_t reduced,
                   struct tree_files *files)
{
    struct levels levels = { .at = NULL };
    struct buffer path = BUFFER_EMPTY;
    struct form_item item;

    buffer_string(&path, "");
    *ARRAY_PUSH(levels.at) = (struct level){ reduced, 0, 0 };
    while (levels.at_count && files->files_count <= HISTORY_FILES_MAX) {
        struct level *level = &levels.at[levels.at_count - 1];

        path.size = level->path_size;
        if (forms_item(&trees->forms, level->form, level->at++, &item))
            flatten_item(trees, &levels, &path, &item, files);
        else
            levels.at_count--;
    }
    free(levels.at);
    buffer_release(&path);
    return files->files_count <= HISTORY_FILES_MAX ? 0 : -1;
}

int trees_flatten(struct history_trees *trees, uint32_t reduced,
                  struct tree_files *files)
{
    uint32_t lost;
    int result = 0;

    files->files_count = 0;
    if (forms_is_lost(&trees->forms, reduced, &lost)) {
        explain_lost(trees, lost, TEXT_EMPTY);
        add_file(trees, TEXT_EMPTY, TREES_UNKNOWN, files);
        return 0;
    }
    result = flatten(trees, reduced, files);
    if (result < 0) {
        files->files_count = 0;
        add_file(trees, TEXT_EMPTY, TREES_UNKNOWN, files);
    }
    tree_files_sort(files);
    return result;
}

/* Take the next component off *rest. */
static struct text component(struct text *rest)
{
    size_t end = text_find(*rest, '/', 0);
    struct text name = text_slice(*rest, 0, end);

    *rest = text_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
    return name;
}

int trees_find(const struct history_trees *trees, uint32_t reduced,
               uint32_t path, uint32_t *blob)
{
    struct text rest = intern_text(&trees->paths, path);
    uint32_t lost;

    while (!forms_is_lost(&trees->forms, reduced, &lost)) {
        struct text name = component(&rest);
        struct form_item item;

        if (!forms_find(&trees->forms, reduced, name, rest.size > 0, &item))
            return 0;
        *blob = item.value;
        if (item.kind == FORM_FILE)
            return settled(trees, name, blob);
        reduced = item.value;
    }
    *blob = TREES_UNKNOWN;
    return 1;
}

/* A folder on the way to a path, and the next one's name in it. */
struct stop {
    uint32_t form, name;
};

struct stops {
    struct stop *at;
    size_t at_count, at_room;
};

static uint32_t change_one(struct forms *forms, uint32_t form,
                           const struct form_item *item)
{
    struct form_items items = { .at = NULL };
    uint32_t changed;

    *ARRAY_PUSH(items.at) = *item;
    changed = forms_make(forms, form, &items);
    free(items.at);
    return changed;
}

/* Go down to the folder of the path: its form, and the file's name in *rest.
 * False if that cannot be read. */
static bool descend(struct history_trees *trees, uint32_t *form,
                    struct text *rest, struct stops *stops)
{
    uint32_t lost;

    while (!forms_is_lost(&trees->forms, *form, &lost)) {
        struct form_item item = { .value = FORM_EMPTY };
        struct text whole = *rest, name = component(rest);

        if (rest->size == 0) {
            *rest = whole;
            return true;
        }
        *ARRAY_PUSH(stops->at) =
            (struct stop){ *form, intern_add(&trees->names, name) };
        if (!forms_find(&trees->forms, *form, name, true, &item))
            item.value = FORM_EMPTY;
        *form = item.value;
    }
    return false;
}

uint32_t trees_put(struct history_trees *trees, uint32_t reduced,
                   struct text path, uint32_t blob)
{
    struct stops stops = { .at = NULL };
    uint32_t form = reduced;

    if (!descend(trees, &form, &path, &stops)) {
        free(stops.at);
        return reduced;
    }
    form = change_one(&trees->forms, form,
                      &(struct form_item){
                          .name = intern_add(&trees->names, path),
                          .kind = blob == TREES_UNKNOWN ? FORM_GONE : FORM_FILE,
                          .value = blob });
    while (stops.at_count--)
        form =
            change_one(&trees->forms, stops.at[stops.at_count].form,
                       &(struct form_item){
                           .name = stops.at[stops.at_count].name,
                           .folder = true,
                           .kind = form == FORM_EMPTY ? FORM_GONE : FORM_TREE,
                           .value = form });
    free(stops.at);
    return form;
}

/* The entry `name` of a tree object: 1, 0, or -1 if it cannot be read. */
static int named_entry(const struct history_trees *trees,
                       const struct object_id *id, struct text name,
                       struct tree_entry *entry)
{
    struct object object = OBJECT_EMPTY;
    struct text rest;
    int found = trees_read(trees, id, &object, NULL) < 0 ? -1 : 1;

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
    struct object_id id = trees_id(trees, tree);
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
    intern_release(&trees->paths);
    intern_release(&trees->lost);
    forms_release(&trees->forms);
    free(trees->reduced);
    free(trees->swept);
    free(trees->places);
    *trees = (struct history_trees){ .blobs = NULL };
}

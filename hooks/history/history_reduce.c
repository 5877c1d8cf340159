/*
 * A form depends on other ones: of the folders in it, and of the tree that the
 * log has it as a difference from. Whoever lacks one waits on a stack until it
 * is there. No folder holds itself, but a tree may be a difference from one of
 * its own folders, or from one that holds it: then the one that is waited for
 * is read, and has its form by its entries alone.
 */
#include "hooks/history/history_reduce.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/history/sweep.h"

/* What is kept of a tree: one of these, or a form plus KNOWN. */
enum { NONE, AWAITED, KNOWN };

/* A tree whose form is being made. */
struct frame {
    bool is_read;
    uint32_t tree;    /* if it is read: in trees->ids; else: its place */
    struct text rest; /* the entries that are to be read */
    struct object object;
    struct form_items items;
    uint32_t at; /* the change of the log that waits */
};

struct reduction {
    struct history_trees *trees;
    struct frame *frames;
    size_t frames_count, frames_room;
    size_t reading;          /* how many of them */
    struct form_items items; /* at hand: those of one record */
};

static uint32_t *state_of(struct history_trees *trees, uint32_t tree)
{
    while (trees->reduced_count <= tree)
        (void)ARRAY_PUSH(trees->reduced);
    return &trees->reduced[tree];
}

static uint32_t tree_of(struct history_trees *trees, const struct object_id *id)
{
    return intern_add(&trees->ids,
                      (struct text){ (const char *)id->bytes, id->size });
}

/* Begin to read a tree. What cannot be read has its form at once. */
static void read_tree(struct reduction *reduction, uint32_t tree)
{
    struct history_trees *trees = reduction->trees;
    struct object_id id = trees_id(trees, tree);
    struct object object = OBJECT_EMPTY;
    struct frame *frame;

    if (*state_of(trees, tree) == AWAITED ||
        reduction->reading >= HISTORY_DEPTH_MAX ||
        trees_read(trees, &id, &object, NULL) < 0) {
        *state_of(trees, tree) = forms_lost(&trees->forms, tree) + KNOWN;
        return;
    }
    *state_of(trees, tree) = AWAITED;
    frame = ARRAY_PUSH(reduction->frames);
    frame->is_read = true;
    frame->tree = tree;
    frame->object = object;
    frame->rest = object.bytes;
    reduction->reading++;
}

/* The form of a tree; false if it has to be waited for: then begin anew. */
static bool form_by_reading(struct reduction *reduction, uint32_t tree,
                            uint32_t *form)
{
    struct history_trees *trees = reduction->trees;

    if (*state_of(trees, tree) < KNOWN)
        read_tree(reduction, tree);
    if (*state_of(trees, tree) < KNOWN)
        return false;
    *form = *state_of(trees, tree) - KNOWN;
    return true;
}

static bool form_of_object(struct reduction *reduction, uint32_t number,
                           uint32_t *form)
{
    struct object_id id = sweep_id(reduction->trees->sweep, number);

    return form_by_reading(reduction, tree_of(reduction->trees, &id), form);
}

/* The form of a tree of the log. */
static bool form_of_place(struct reduction *reduction, uint32_t place,
                          uint32_t *form)
{
    uint32_t *state = &reduction->trees->swept[place];

    if (*state >= KNOWN) {
        *form = *state - KNOWN;
        return true;
    }
    if (*state == AWAITED)
        return form_of_object(
            reduction,
            tree_log_get(&reduction->trees->sweep->trees, place).object, form);
    *state = AWAITED;
    ARRAY_PUSH(reduction->frames)->tree = place;
    return false;
}

static bool form_of_folder(struct reduction *reduction,
                           const struct tree_log_change *change, uint32_t *form)
{
    return change->placed ? form_of_place(reduction, change->child, form)
                          : form_of_object(reduction, change->child, form);
}

/* The place in the log, or TREE_LOG_NONE. */
static uint32_t place_of(const struct history_trees *trees, uint32_t tree)
{
    struct object_id id;

    if (!trees->sweep)
        return TREE_LOG_NONE;
    if (tree < trees->places_count)
        return trees->places[tree];
    id = trees_id(trees, tree);
    return tree_log_place(&trees->sweep->trees, sweep_find(trees->sweep, &id));
}

static bool form_of_tree(struct reduction *reduction, uint32_t tree,
                         uint32_t *form)
{
    struct history_trees *trees = reduction->trees;
    uint32_t state = *state_of(trees, tree), place = TREE_LOG_NONE;

    if (state == NONE)
        place = place_of(trees, tree);
    if (place == TREE_LOG_NONE || trees->swept[place] == AWAITED)
        return form_by_reading(reduction, tree, form);
    if (!form_of_place(reduction, place, form))
        return false;
    *state_of(trees, tree) = *form + KNOWN;
    return true;
}

/* The innermost frame has its form. */
static void finish(struct reduction *reduction, uint32_t form)
{
    struct frame *frame = &reduction->frames[--reduction->frames_count];

    if (frame->is_read)
        *state_of(reduction->trees, frame->tree) = form + KNOWN;
    else
        reduction->trees->swept[frame->tree] = form + KNOWN;
    reduction->reading -= frame->is_read;
    object_release(&frame->object);
    free(frame->items.at);
}

static void add_folder(struct form_items *items, uint32_t name, uint32_t form)
{
    *ARRAY_PUSH(items->at) = (struct form_item){
        .name = name,
        .folder = true,
        .kind = form == FORM_EMPTY ? FORM_GONE : FORM_TREE,
        .value = form,
    };
}

static void add_file(struct form_items *items, uint32_t name, uint32_t blob)
{
    *ARRAY_PUSH(items->at) = (struct form_item){
        .name = name,
        .kind = blob == INTERN_NONE ? FORM_GONE : FORM_FILE,
        .value = blob,
    };
}

/* The number of a file's blob; INTERN_NONE if it holds no finding. */
static uint32_t look_at_file(struct history_trees *trees,
                             const struct tree_entry *entry)
{
    uint32_t blob = blobs_add(trees->blobs, &entry->id);

    return blobs_look(trees->blobs, blob, entry->name) ? blob : INTERN_NONE;
}

/* One entry of a tree that is read; again, if it is a folder to wait for. */
static void step_entry(struct reduction *reduction)
{
    struct history_trees *trees = reduction->trees;
    size_t at = reduction->frames_count - 1;
    struct frame *frame = &reduction->frames[at];
    struct text rest = frame->rest;
    struct tree_entry entry;
    uint32_t value;
    int found = tree_next(&entry, &rest, trees_id(trees, frame->tree).size);

    if (found != 1) {
        finish(reduction, found < 0 ? forms_lost(&trees->forms, frame->tree)
                                    : forms_make(&trees->forms, FORM_EMPTY,
                                                 &frame->items));
        return;
    }
    if ((entry.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE) {
        if (!form_of_tree(reduction, tree_of(trees, &entry.id), &value))
            return;
        frame = &reduction->frames[at];
        add_folder(&frame->items, intern_add(&trees->names, entry.name), value);
    } else if ((entry.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_REGULAR) {
        value = look_at_file(trees, &entry);
        add_file(&frame->items, intern_add(&trees->names, entry.name), value);
    }
    frame->rest = rest;
}

/* Are the forms known that a record of the log depends on? Else wait. */
static bool awaits_nothing(struct reduction *reduction,
                           const struct tree_log_record *record)
{
    size_t at = reduction->frames_count - 1;
    uint32_t i = reduction->frames[at].at, form;

    if (record->base != TREE_LOG_NONE &&
        !form_of_place(reduction, record->base, &form))
        return false;
    for (; i < record->count; i++)
        if (record->changes[i].folder &&
            record->changes[i].child != TREE_LOG_NONE &&
            !form_of_folder(reduction, &record->changes[i], &form))
            break;
    reduction->frames[at].at = i;
    return i == record->count;
}

static void add_change(struct reduction *reduction, struct form_items *items,
                       const struct tree_log_change *change)
{
    struct history_trees *trees = reduction->trees;
    uint32_t value = FORM_EMPTY;

    if (change->folder) {
        if (change->child != TREE_LOG_NONE)
            form_of_folder(reduction, change, &value);
        add_folder(items, change->name, value);
        return;
    }
    value = INTERN_NONE;
    if (change->child != TREE_LOG_NONE)
        value = sweep_blob(trees->sweep, trees->blobs, change->child,
                           intern_text(&trees->names, change->name));
    add_file(items, change->name, value);
}

/* A tree of the log; again, if there is something to wait for. */
static void step_record(struct reduction *reduction)
{
    struct history_trees *trees = reduction->trees;
    size_t at = reduction->frames_count - 1;
    uint32_t base = FORM_EMPTY, lost;
    struct tree_log_record record =
        tree_log_get(&trees->sweep->trees, reduction->frames[at].tree);
    struct form_items *items = &reduction->items;
    struct object_id id;

    if (!awaits_nothing(reduction, &record))
        return;
    if (record.base != TREE_LOG_NONE)
        form_of_place(reduction, record.base, &base);
    if (forms_is_lost(&trees->forms, base, &lost)) {
        id = sweep_id(trees->sweep, record.object);
        finish(reduction, forms_lost(&trees->forms, tree_of(trees, &id)));
        return;
    }
    items->at_count = 0;
    for (uint32_t i = 0; i < record.count; i++)
        add_change(reduction, items, &record.changes[i]);
    finish(reduction, forms_make(&trees->forms, base, items));
}

uint32_t reduce_tree(struct history_trees *trees, uint32_t tree)
{
    struct reduction reduction = { .trees = trees };
    uint32_t form;

    while (!form_of_tree(&reduction, tree, &form))
        while (reduction.frames_count)
            if (reduction.frames[reduction.frames_count - 1].is_read)
                step_entry(&reduction);
            else
                step_record(&reduction);
    free(reduction.frames);
    free(reduction.items.at);
    return form;
}

void reduce_know(struct history_trees *trees, uint32_t tree, uint32_t form)
{
    *state_of(trees, tree) = form + KNOWN;
}

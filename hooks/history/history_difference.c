#include "hooks/history/history_difference.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/tree_changes.h"
#include "hooks/history/history_reduce.h"

/* An entry that differs. */
struct change {
    uint32_t name;
    uint32_t mode;
    bool gone;
    struct object_id id;
};

/* A folder that is on the way. */
struct level {
    struct object base_tree;
    uint32_t base, tree;
    uint32_t name; /* in the folder around it */
    struct change *changes;
    size_t changes_count, changes_room;
    size_t at; /* the change that is next */
    struct form_items items;
};

struct difference {
    struct history_trees *trees;
    struct level *levels;
    size_t levels_count, levels_room;
};

struct visit {
    struct history_trees *trees;
    struct level *level;
};

static void note(void *payload, const struct tree_entry *entry, bool gone)
{
    struct visit *visit = payload;

    *ARRAY_PUSH(visit->level->changes) = (struct change){
        .name = intern_add(&visit->trees->names, entry->name),
        .mode = entry->mode & OBJECT_MODE_TYPE,
        .gone = gone,
        .id = entry->id,
    };
}

/* Find what differs. Returns 0, or -1 if that cannot be: read all of it. */
static int compare(struct history_trees *trees, struct level *level,
                   struct text now)
{
    struct tree_starts none = { .at = NULL }, old = none, new = none;
    struct visit visit = { trees, level };
    size_t id_size = trees_id(trees, level->tree).size;
    int result = tree_changes(TEXT_EMPTY, &none, level->base_tree.bytes, &old,
                              id_size, note, &visit);

    level->changes_count = 0;
    if (result == 0)
        result = tree_changes(level->base_tree.bytes, &old, now, &new, id_size,
                              note, &visit);
    tree_starts_release(&old);
    tree_starts_release(&new);
    return result;
}

static void release(struct level *level)
{
    object_release(&level->base_tree);
    free(level->changes);
    free(level->items.at);
}

/* Begin with a folder. False if its form has to be got by reading it. */
static bool enter(struct difference *difference,
                  const struct object_id *base_tree, uint32_t base,
                  uint32_t tree, uint32_t name)
{
    struct history_trees *trees = difference->trees;
    struct level level = {
        .base = base, .tree = tree, .name = name, .base_tree = OBJECT_EMPTY
    };
    struct object_id id = trees_id(trees, tree);
    struct object now = OBJECT_EMPTY;
    uint32_t lost;
    bool fine = difference->levels_count < HISTORY_DEPTH_MAX &&
                !forms_is_lost(&trees->forms, base, &lost) &&
                trees_read(trees, base_tree, &level.base_tree, NULL) == 0 &&
                trees_read(trees, &id, &now, NULL) == 0 &&
                compare(trees, &level, now.bytes) == 0;

    object_release(&now);
    if (fine)
        *ARRAY_PUSH(difference->levels) = level;
    else
        release(&level);
    return fine;
}

/* The folder `name` of the base's tree object; false if there is none. */
static bool find_folder(const struct level *level, struct text name,
                        size_t id_size, struct object_id *id)
{
    struct text rest = level->base_tree.bytes;
    struct tree_entry entry;

    while (tree_next(&entry, &rest, id_size) == 1)
        if ((entry.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE &&
            text_equal(entry.name, name)) {
            *id = entry.id;
            return true;
        }
    return false;
}

static void add(struct level *level, uint32_t name, bool folder,
                enum form_kind kind, uint32_t value)
{
    *ARRAY_PUSH(level->items.at) = (struct form_item){
        .name = name, .folder = folder, .kind = kind, .value = value
    };
}

static void add_folder(struct level *level, uint32_t name, uint32_t form)
{
    add(level, name, true, form == FORM_EMPTY ? FORM_GONE : FORM_TREE, form);
}

/* A folder is there, new or other than before: enter it, or have it read. */
static void take_folder(struct difference *difference,
                        const struct change *change)
{
    struct history_trees *trees = difference->trees;
    size_t at = difference->levels_count - 1;
    const struct level *level = &difference->levels[at];
    struct text name = intern_text(&trees->names, change->name);
    uint32_t tree =
        intern_add(&trees->ids, (struct text){ (const char *)change->id.bytes,
                                               change->id.size });
    struct form_item item = { .value = FORM_EMPTY };
    struct object_id base_tree;

    if (!forms_find(&trees->forms, level->base, name, true, &item))
        item.value = FORM_EMPTY;
    if (!find_folder(level, name, change->id.size, &base_tree) ||
        !enter(difference, &base_tree, item.value, tree, change->name))
        add_folder(&difference->levels[at], change->name,
                   reduce_tree(trees, tree));
}

static void take_file(struct history_trees *trees, struct level *level,
                      const struct change *change)
{
    struct text name = intern_text(&trees->names, change->name);
    bool found = false;
    uint32_t blob = 0;

    if (!change->gone && change->mode == OBJECT_MODE_REGULAR) {
        blob = blobs_add(trees->blobs, &change->id);
        found = blobs_look(trees->blobs, blob, name) != 0;
    }
    add(level, change->name, false, found ? FORM_FILE : FORM_GONE, blob);
}

static void leave(struct difference *difference)
{
    struct level *level = &difference->levels[--difference->levels_count];
    uint32_t form =
        forms_make(&difference->trees->forms, level->base, &level->items);

    reduce_know(difference->trees, level->tree, form);
    if (difference->levels_count)
        add_folder(level - 1, level->name, form);
    release(level);
}

static void step(struct difference *difference)
{
    struct level *level = &difference->levels[difference->levels_count - 1];
    struct change change;

    if (level->at == level->changes_count) {
        leave(difference);
        return;
    }
    change = level->changes[level->at++];
    if (change.mode != OBJECT_MODE_TREE)
        take_file(difference->trees, level, &change);
    else if (change.gone)
        add(level, change.name, true, FORM_GONE, 0);
    else
        take_folder(difference, &change);
}

uint32_t reduce_difference(struct history_trees *trees, uint32_t base_tree,
                           uint32_t base, uint32_t tree)
{
    struct difference difference = { .trees = trees };
    struct object_id id = trees_id(trees, base_tree);

    if (base_tree == tree)
        return base;
    if (enter(&difference, &id, base, tree, 0))
        while (difference.levels_count)
            step(&difference);
    free(difference.levels);
    return reduce_tree(trees, tree);
}

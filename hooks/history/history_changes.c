#include "hooks/history/history_changes.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/git/tree_changes.h"

/* An entry that differs. */
struct change {
    struct diff_side now;
    struct object_id before; /* of a folder; size 0: there was none */
    uint32_t name;           /* in `names` */
};

/* A folder that is on the way. */
struct level {
    struct change *changes;
    size_t changes_count, changes_room;
    size_t at;        /* the change that is next */
    size_t path_size; /* of the folder */
};

struct changes {
    struct history_trees *trees;
    changes_visit *visit;
    void *payload;
    struct level *levels;
    size_t levels_count, levels_room;
    struct intern names;
    struct buffer path;
    size_t seen;
};

static const struct object_id nothing = { .size = 0 };

/* ---- one folder ---------------------------------------------------------- */

static bool is_folder(uint32_t mode)
{
    return (mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE;
}

struct noting {
    struct changes *changes;
    struct level *level;
};

static void note(void *payload, const struct tree_entry *entry, bool gone)
{
    struct noting *noting = payload;
    struct change *change = ARRAY_PUSH(noting->level->changes);

    change->name = intern_add(&noting->changes->names, entry->name);
    change->now = (struct diff_side){ .mode = gone ? 0 : entry->mode };
    if (!gone)
        change->now.id = entry->id;
    if (gone && is_folder(entry->mode))
        change->before = entry->id;
}

/* Folders first, by name. */
static int compare_changes(const void *one, const void *two)
{
    const struct change *a = one, *b = two;
    bool is_a = is_folder(a->now.mode), is_b = is_folder(b->now.mode);

    if (is_a != is_b)
        return is_a ? -1 : 1;
    return (a->name > b->name) - (a->name < b->name);
}

/* Of the folders that differ: what they were before. */
static void find_before(const struct changes *changes, struct level *level,
                        struct text bytes, size_t id_size)
{
    struct tree_entry entry;

    if (level->changes_count > 1)
        qsort(level->changes, level->changes_count, sizeof(*level->changes),
              compare_changes);
    while (tree_next(&entry, &bytes, id_size) == 1) {
        struct change wanted = { .now.mode = entry.mode }, *found;

        wanted.name = intern_find(&changes->names, entry.name);
        if (!is_folder(entry.mode) || wanted.name == INTERN_NONE ||
            level->changes_count == 0)
            continue;
        found = bsearch(&wanted, level->changes, level->changes_count,
                        sizeof(*level->changes), compare_changes);
        if (found)
            found->before = entry.id;
    }
}

static int compare(struct changes *changes, struct level *level,
                   struct text before, struct text now, size_t id_size)
{
    struct level unused = { .changes = NULL };
    struct noting first = { changes, &unused }, second = { changes, level };
    struct tree_starts none = { .at = NULL }, old = none, new = none;
    int result = 0;

    if (before.size)
        result = tree_changes(TEXT_EMPTY, &none, before, &old, id_size, note,
                              &first);
    if (result == 0)
        result = tree_changes(before, &old, now, &new, id_size, note, &second);
    free(unused.changes);
    tree_starts_release(&old);
    tree_starts_release(&new);
    return result;
}

static int read_tree(const struct changes *changes, const struct object_id *id,
                     struct object *object)
{
    *object = OBJECT_EMPTY;
    return id->size ? trees_read(changes->trees, id, object, NULL) : 0;
}

/* Begin with a folder; an id of size 0 is one that is not there. */
static int enter(struct changes *changes, const struct object_id *before,
                 const struct object_id *now)
{
    struct level level = { .path_size = changes->path.size };
    struct object old, new = OBJECT_EMPTY;
    size_t id_size = before->size ? before->size : now->size;
    int result = changes->levels_count < HISTORY_DEPTH_MAX ? 0 : -1;

    if (read_tree(changes, before, &old) < 0 ||
        read_tree(changes, now, &new) < 0)
        result = -1;
    if (result == 0)
        result = compare(changes, &level, old.bytes, new.bytes, id_size);
    if (result == 0)
        find_before(changes, &level, old.bytes, id_size);
    changes->seen += level.changes_count;
    if (changes->seen > HISTORY_CHANGES_MAX)
        result = -1;
    object_release(&old);
    object_release(&new);
    if (result == 0)
        *ARRAY_PUSH(changes->levels) = level;
    else
        free(level.changes);
    return result;
}

/* ---- all of them --------------------------------------------------------- */

/* Returns 1 to go on, 0 if it is enough, -1. */
static int take(struct changes *changes, const struct change *change)
{
    bool in_both = is_folder(change->now.mode) && change->before.size;
    const struct object_id *now =
        is_folder(change->now.mode) ? &change->now.id : &nothing;

    if (changes->path.size)
        buffer_byte(&changes->path, '/');
    buffer_text(&changes->path, intern_text(&changes->names, change->name));
    if (!in_both && !changes->visit(changes->payload,
                                    buffer_view(&changes->path), &change->now))
        return 0;
    if (!now->size && !change->before.size)
        return 1;
    return enter(changes, &change->before, now) < 0 ? -1 : 1;
}

static int step(struct changes *changes)
{
    struct level *level = &changes->levels[changes->levels_count - 1];
    struct change change;

    changes->path.size = level->path_size;
    if (level->at == level->changes_count) {
        free(level->changes);
        changes->levels_count--;
        return 1;
    }
    change = level->changes[level->at++];
    return take(changes, &change);
}

int changes_each(struct history_trees *trees, uint32_t before, uint32_t now,
                 changes_visit *visit, void *payload)
{
    struct changes changes = { .trees = trees,
                               .visit = visit,
                               .payload = payload };
    struct object_id old = trees_id(trees, before), new = trees_id(trees, now);
    int result = 1;

    if (before != now)
        result = enter(&changes, &old, &new) < 0 ? -1 : 1;
    while (result > 0 && changes.levels_count)
        result = step(&changes);
    while (changes.levels_count)
        free(changes.levels[--changes.levels_count].changes);
    free(changes.levels);
    intern_release(&changes.names);
    buffer_release(&changes.path);
    return result < 0 ? -1 : 0;
}

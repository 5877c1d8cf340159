#include "hooks/git/tree.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/repo.h"

int tree_of_commit(struct object_id *tree, struct repo *repo,
                   const struct object_id *commit, struct error *err)
{
    struct commit_view view;
    struct object object;
    int found = object_read(&object, repo, commit, TREE_OBJECT_MAX, err);

    if (found != 1)
        return found;
    if (object.type != OBJECT_COMMIT || commit_parse(&view, object.bytes) < 0)
        found = error_set(err, ERROR_GIT, "the object is no commit");
    else
        *tree = view.tree;
    object_release(&object);
    return found;
}

static int read_tree(struct object *object, struct repo *repo,
                     const struct object_id *id, struct error *err)
{
    int found = object_read(object, repo, id, TREE_OBJECT_MAX, err);

    if (found == 0)
        return error_set(
            err, ERROR_GIT,
            "the folder's object is missing (git fsck tells more)");
    if (found == 1 && object->type != OBJECT_TREE) {
        object_release(object);
        return error_set(err, ERROR_GIT, "the folder's object is no tree");
    }
    return found < 0 ? -1 : 0;
}

/* The entry of one name in one tree. */
static int find_name(struct diff_side *side, struct repo *repo,
                     const struct object_id *tree, struct text name,
                     struct error *err)
{
    struct tree_entry entry;
    struct object object;
    struct text rest;
    int more;

    if (read_tree(&object, repo, tree, err) < 0)
        return -1;
    rest = object.bytes;
    do
        more = tree_next(&entry, &rest, tree->size);
    while (more == 1 && !text_equal(entry.name, name));
    if (more == 1)
        *side = (struct diff_side){ entry.mode, entry.id };
    else if (more < 0)
        error_set(err, ERROR_GIT, "the folder's object is malformed");
    object_release(&object);
    return more;
}

int tree_find(struct diff_side *side, struct repo *repo,
              const struct object_id *tree, const char *path, struct error *err)
{
    struct text rest = text_of(path);
    struct object_id folder = *tree;

    for (;;) {
        size_t end = text_find(rest, '/', 0);
        int found =
            find_name(side, repo, &folder, text_slice(rest, 0, end), err);

        if (found != 1 || end == rest.size)
            return found;
        if ((side->mode & OBJECT_MODE_TYPE) != OBJECT_MODE_TREE)
            return 0;
        folder = side->id;
        rest = text_slice(rest, end + 1, rest.size);
    }
}

/* A tree on the way down, and how much of the path belongs to it. */
struct level {
    struct object object;
    struct text rest;
    size_t path_size;
};

struct walk {
    struct repo *repo;
    const struct tree_visitor *visitor;
    struct level *levels;
    size_t levels_count, levels_room;
    struct buffer path;
    size_t entries;
};

static void unreadable(struct walk *walk, const char *reason)
{
    walk->visitor->unreadable(walk->visitor->payload,
                              walk->path.size ? walk->path.bytes : ".", reason);
}

static void descend(struct walk *walk, const struct object_id *tree)
{
    struct object object;
    struct level *level;
    struct error err;

    if (walk->levels_count >= TREE_DEPTH_MAX) {
        unreadable(walk, "over the limit of nested folders");
        return;
    }
    if (read_tree(&object, walk->repo, tree, &err) < 0) {
        unreadable(walk, err.message);
        return;
    }
    level = ARRAY_PUSH(walk->levels);
    level->object = object;
    level->rest = object.bytes;
    level->path_size = walk->path.size;
}

static void ascend(struct walk *walk)
{
    object_release(&walk->levels[--walk->levels_count].object);
}

static void set_path(struct walk *walk, size_t folder, struct text name)
{
    walk->path.size = folder;
    if (folder)
        buffer_byte(&walk->path, '/');
    buffer_text(&walk->path, name);
}

static void enter(struct walk *walk, const struct tree_entry *entry)
{
    const struct tree_visitor *visitor = walk->visitor;
    const struct diff_side side = { entry->mode, entry->id };

    if ((entry->mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE) {
        descend(walk, &entry->id);
        return;
    }
    if (visitor->entry)
        visitor->entry(visitor->payload, walk->path.bytes, &side);
    if (visitor->file &&
        (entry->mode & OBJECT_MODE_TYPE) == OBJECT_MODE_REGULAR)
        visitor->file(visitor->payload, walk->path.bytes, &entry->id);
}

static void step(struct walk *walk, size_t id_size)
{
    struct level *level = &walk->levels[walk->levels_count - 1];
    struct tree_entry entry;
    int more = tree_next(&entry, &level->rest, id_size);

    if (more == 1 && walk->entries++ < TREE_ENTRIES_MAX) {
        set_path(walk, level->path_size, entry.name);
        enter(walk, &entry);
        return;
    }
    if (walk->path.bytes)
        walk->path.bytes[walk->path.size = level->path_size] = '\0';
    if (more < 0)
        unreadable(walk, "the folder's object is malformed");
    if (more == 1)
        unreadable(walk, "over the limit of files in one tree");
    ascend(walk);
}

void tree_walk(struct repo *repo, const struct object_id *tree,
               const struct tree_visitor *visitor)
{
    struct walk walk = { .repo = repo, .visitor = visitor };

    descend(&walk, tree);
    while (walk.levels_count)
        step(&walk, tree->size);
    free(walk.levels);
    buffer_release(&walk.path);
}

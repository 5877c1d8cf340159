/*
 * Two lists are merged, name by name: the entries of a tree, and those of the
 * index below that folder. Both are in the order of git's trees, where the
 * name of a folder counts as if a '/' stood behind it; which for whole paths
 * is the order of their bytes. So the diff comes out sorted.
 */
#include "hooks/index_diff.h"

#include <string.h>

#include "core/buffer.h"
#include "core/memory.h"
#include "hooks/tree.h"

struct comparison {
    struct diff *diff;
    const struct index *index;
    struct repo *repo;
    struct buffer path; /* of the folder at hand, with a '/' at its end */
    size_t trees, depth;
};

/* A name, the same in a tree and in the index. */
struct name {
    struct text text;
    bool folder;
};

/* What the index holds under one name: the entries from first to end. */
struct item {
    struct name name;
    size_t first, end;
};

struct side {
    struct object object;
    struct text rest;
    struct tree_entry entry;
    struct name name;
    bool more; /* there is an entry */
};

static int compare_names(const struct name *a, const struct name *b)
{
    size_t size = a->text.size < b->text.size ? a->text.size : b->text.size;
    int order = size ? memcmp(a->text.bytes, b->text.bytes, size) : 0;
    unsigned char ends[2];

    if (order)
        return order;
    ends[0] = a->text.size > size ? (unsigned char)a->text.bytes[size]
                                  : (a->folder ? '/' : '\0');
    ends[1] = b->text.size > size ? (unsigned char)b->text.bytes[size]
                                  : (b->folder ? '/' : '\0');
    return (int)ends[0] - (int)ends[1];
}

/* ---- the tree ---- */

/* git knows four kinds of files, whatever bits an old tree has. */
static uint32_t canonical(uint32_t mode)
{
    switch (mode & OBJECT_MODE_TYPE) {
    case OBJECT_MODE_REGULAR:
        return OBJECT_MODE_REGULAR | (mode & 0100 ? 0755 : 0644);
    case OBJECT_MODE_SYMLINK:
        return OBJECT_MODE_SYMLINK;
    default:
        return OBJECT_MODE_GITLINK;
    }
}

/* Move on to the next entry; false if it is not one that git would write. */
static bool advance(struct side *side)
{
    struct name last = side->name;
    bool first = !side->more;
    int more = tree_next(&side->entry, &side->rest, INDEX_ID_SIZE);

    side->more = more == 1;
    if (more != 1)
        return more == 0;
    side->name.text = side->entry.name;
    side->name.folder =
        (side->entry.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE;
    return first || compare_names(&last, &side->name) < 0;
}

/* Nothing was read yet: release it whatever comes. */
static bool open_tree(struct side *side, struct comparison *at,
                      const struct object_id *tree)
{
    struct error err;

    *side = (struct side){ .object = OBJECT_EMPTY };
    if (!tree->size)
        return true;
    if (at->trees++ >= INDEX_DIFF_TREES_MAX ||
        object_read(&side->object, at->repo, tree, TREE_OBJECT_MAX, &err) !=
            1 ||
        side->object.type != OBJECT_TREE)
        return false;
    side->rest = side->object.bytes;
    return advance(side);
}

/* ---- the index ---- */

static bool is_below(const struct index_entry *entry, const char *folder,
                     size_t size)
{
    return strncmp(entry->path, folder, size) == 0;
}

/* The end of the entries from `first` whose paths begin like its own. */
static size_t end_of(const struct index *index, size_t first, size_t end,
                     size_t size)
{
    const char *path = index->entries[first].path;
    size_t low = first + 1, high = end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (is_below(&index->entries[middle], path, size))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What stands at `first` in a folder whose path has `skip` bytes. */
static struct item item_at(const struct index *index, size_t first, size_t end,
                           size_t skip)
{
    const char *path = index->entries[first].path;
    size_t size = strcspn(path + skip, "/");
    struct item item = { .first = first };

    item.name.text = (struct text){ path + skip, size };
    item.name.folder = path[skip + size] == '/';
    /* With the byte behind the name: '/', or the NUL of a path of its own. */
    item.end = end_of(index, first, end, skip + size + 1);
    return item;
}

/* ---- what differs ---- */

static struct diff_entry *add(struct comparison *at, struct text name)
{
    struct diff_entry *entry = ARRAY_PUSH(at->diff->entries);
    size_t folder = at->path.size;

    buffer_text(&at->path, name);
    entry->path = memory_copy(at->path.bytes, at->path.size);
    at->path.size = folder;
    return entry;
}

static void compare_files(struct comparison *at, const struct tree_entry *old,
                          const struct item *item)
{
    struct diff_side before = { .id = { .size = INDEX_ID_SIZE } };
    struct diff_side after = before;
    bool unmerged = false;
    struct diff_entry *entry;

    if (old)
        before = (struct diff_side){ canonical(old->mode), old->id };
    if (item->first < item->end) {
        const struct index_entry *new = &at->index->entries[item->first];

        unmerged = new->unmerged;
        if (!unmerged)
            after = (struct diff_side){ new->mode, new->id };
    }
    if (!unmerged && before.mode == after.mode &&
        object_id_compare(&before.id, &after.id) == 0)
        return;
    entry = add(at, item->name.text);
    entry->before = before;
    entry->after = after;
    entry->unmerged = unmerged;
}

/* Does git know that these entries make this tree? It commits what it knows. */
static bool is_known(const struct index_folder *known,
                     const struct object_id *tree, size_t entries)
{
    return known && known->id.size && known->entries_count == entries &&
           object_id_compare(&known->id, tree) == 0;
}

static bool compare_trees(struct comparison *at, const struct object_id *tree,
                          size_t first, size_t end,
                          const struct index_folder *known);

static bool enter(struct comparison *at, const struct tree_entry *old,
                  const struct item *item, const struct index_folder *parent)
{
    const struct index_folder *known = index_folder_in(parent, item->name.text);
    struct object_id tree = { .size = 0 };
    size_t folder = at->path.size;
    bool good;

    if (old)
        tree = old->id;
    if (at->depth >= TREE_DEPTH_MAX)
        return false;
    at->depth++;
    buffer_text(&at->path, item->name.text);
    buffer_byte(&at->path, '/');
    good = compare_trees(at, &tree, item->first, item->end, known);
    at->path.size = folder;
    at->depth--;
    return good;
}

/* The next name of either side, or of both; `first` moves behind it. */
static bool compare_next(struct comparison *at, struct side *side,
                         size_t *first, size_t end,
                         const struct index_folder *known)
{
    struct item item = { .first = *first, .end = *first };
    const struct tree_entry *old = NULL;
    int order = -1;
    bool good = true;

    if (*first < end) {
        item = item_at(at->index, *first, end, at->path.size);
        order = side->more ? compare_names(&side->name, &item.name) : 1;
    }
    if (order < 0)
        item = (struct item){ side->name, *first, *first };
    if (order <= 0)
        old = &side->entry;
    if (item.name.folder)
        good = enter(at, old, &item, known);
    else
        compare_files(at, old, &item);
    *first = item.end;
    return good && (!old || advance(side));
}

static bool compare_trees(struct comparison *at, const struct object_id *tree,
                          size_t first, size_t end,
                          const struct index_folder *known)
{
    struct side side;
    bool good;

    if (is_known(known, tree, end - first))
        return true;
    good = open_tree(&side, at, tree);
    while (good && (side.more || first < end))
        good = compare_next(at, &side, &first, end, known);
    object_release(&side.object);
    return good;
}

/* The folders that changed since git made their trees: these have to be read,
 * and perhaps others that are not in the list at all. */
static size_t count_unknown(const struct index_layout *layout)
{
    size_t count = 0;

    for (size_t i = 0; i < layout->folders_count; i++)
        count += layout->folders[i].id.size == 0;
    return count;
}

bool index_diff(struct diff *diff, const struct index *index, struct repo *repo,
                const struct object_id *tree)
{
    struct comparison at = { .diff = diff, .index = index, .repo = repo };
    bool good;

    *diff = DIFF_EMPTY;
    if (tree->size && count_unknown(&index->layout) > INDEX_DIFF_TREES_MAX)
        return false;
    good = compare_trees(&at, tree, 0, index->entries_count,
                         index->layout.folders);
    buffer_release(&at.path);
    if (!good)
        diff_release(diff);
    return good;
}

/*
 * Two lists are merged, name by name: the entries of a tree, and what the
 * index has in that folder, which is another tree if the index knows it, else
 * its entries, one after the other. Both are in the order of git's trees,
 * where the name of a folder counts as if a '/' stood behind it; which for
 * whole paths is the order of their bytes. So the diff comes out sorted.
 *
 * `next` moves over all entries of the index once, into a folder when it is
 * entered, and past one whose tree is known.
 */
#include "hooks/git/index_diff.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/tree.h"

enum outcome { FAILED = -1, ASK_GIT, GOOD };

struct comparison {
    struct diff *diff;
    const struct index_layout *layout;
    struct repo *repo;
    struct error *err;
    struct buffer path; /* of the folder at hand, with a '/' at its end */
    size_t depth;
    uint32_t next;
};

/* A name, the same in a tree and in the index. */
struct name {
    struct text text;
    bool folder;
};

struct item {
    struct name name;
    struct diff_side side; /* of a folder whose tree is not known: no id */
    bool unmerged;
    uint32_t first;                   /* entry of a folder */
    const struct index_folder *known; /* what TREE tells of the folder */
};

/* One side of a folder: a tree, or entries of the index, or nothing. */
struct side {
    struct object object;
    struct text rest;
    bool has_entries;
    const struct index_folder **folders; /* known in it, sorted by name */
    size_t folders_count;
    struct item item;
    bool more; /* there is an item */
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

/* Is the item behind the one before? */
static enum outcome in_order(const struct side *side, const struct name *last,
                             bool is_first)
{
    return is_first || compare_names(last, &side->item.name) < 0 ? GOOD
                                                                 : ASK_GIT;
}

/* ---- a tree -------------------------------------------------------------- */

/* git knows four kinds of files, whatever bits an old tree has. */
static uint32_t canonical(uint32_t mode)
{
    switch (mode & OBJECT_MODE_TYPE) {
    case OBJECT_MODE_REGULAR:
        return OBJECT_MODE_REGULAR | (mode & 0100 ? 0755 : 0644);
    case OBJECT_MODE_SYMLINK:
    case OBJECT_MODE_TREE:
        return mode & OBJECT_MODE_TYPE;
    default:
        return OBJECT_MODE_GITLINK;
    }
}

static enum outcome next_of_tree(const struct comparison *at, struct side *side)
{
    struct tree_entry entry;
    int more = tree_next(&entry, &side->rest, at->layout->id_size);

    side->more = more == 1;
    if (more != 1)
        return more == 0 ? GOOD : ASK_GIT;
    side->item = (struct item){
        .name = { entry.name,
                  (entry.mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE },
        .side = { canonical(entry.mode), entry.id },
    };
    return GOOD;
}

/* ---- entries of the index ------------------------------------------------ */

static bool is_below(const struct comparison *at, struct text path)
{
    return text_starts_with(path, buffer_view(&at->path));
}

static int compare_known(const void *one, const void *two)
{
    const struct index_folder *const *a = one, *const *b = two;

    return text_compare((*a)->name, (*b)->name);
}

static void list_folders(struct side *side, const struct index_folder *known)
{
    size_t count = 0;

    if (!known)
        return;
    for (size_t i = 1; i < known->folders_count; i += known[i].folders_count)
        count++;
    side->folders = memory_new(count, sizeof(*side->folders));
    for (size_t i = 1; i < known->folders_count; i += known[i].folders_count)
        side->folders[side->folders_count++] = &known[i];
    qsort(side->folders, count, sizeof(*side->folders), compare_known);
}

static const struct index_folder *find_folder(const struct side *side,
                                              struct text name)
{
    struct index_folder wanted = { .name = name };
    const struct index_folder *key = &wanted, **found;

    if (!side->folders_count)
        return NULL;
    found = bsearch(&key, side->folders, side->folders_count,
                    sizeof(*side->folders), compare_known);
    return found ? *found : NULL;
}

static enum outcome contradict(const struct comparison *at)
{
    error_set(at->err, ERROR_GIT,
              "the index contradicts itself about the folder %.200s: "
              "'git reset', then add again",
              at->path.bytes);
    return FAILED;
}

/*
 * Go past the entries of a folder whose tree is known, as many as are said to
 * be in it. git does so, right or wrong; where it is wrong, some of what it
 * commits stands in no entry.
 */
static enum outcome pass(struct comparison *at, const struct item *item)
{
    struct index_entry entry;
    size_t folder = at->path.size, count = item->known->entries_count;
    bool right = count && count <= at->layout->entries_count - item->first;

    buffer_text(&at->path, item->name.text);
    buffer_byte(&at->path, '/');
    at->next = item->first + (uint32_t)(right ? count : 0);
    right = right && index_layout_entry(&entry, at->layout, at->next - 1) &&
            is_below(at, entry.path);
    if (right && at->next < at->layout->entries_count)
        right = index_layout_entry(&entry, at->layout, at->next) &&
                !is_below(at, entry.path);
    if (!right)
        return contradict(at);
    at->path.size = folder;
    return GOOD;
}

/* The entries of one path: a file, or up to three sides of a conflict. */
static enum outcome take_file(struct comparison *at, struct side *side,
                              const struct index_entry *first)
{
    struct index_entry entry = *first;
    unsigned stage = first->stage;

    side->item.side = (struct diff_side){ first->mode, first->id };
    side->item.unmerged = stage != 0;
    while (++at->next < at->layout->entries_count) {
        if (!index_layout_entry(&entry, at->layout, at->next))
            return ASK_GIT;
        if (!text_equal(entry.path, first->path))
            break;
        if (!stage || entry.stage <= stage || entry.is_intended)
            return ASK_GIT;
        stage = entry.stage;
    }
    return GOOD;
}

/* The name of the item at the next entry, and, of a folder, the rest. */
static enum outcome take_folder(struct comparison *at, struct side *side,
                                const struct index_entry *entry)
{
    struct item *item = &side->item;

    item->side.mode = OBJECT_MODE_TREE;
    item->first = at->next;
    if (at->path.size + item->name.text.size + 1 == entry->path.size) {
        item->side.id = entry->id;
        at->next++;
        return GOOD;
    }
    item->known = find_folder(side, item->name.text);
    if (!item->known || !item->known->id.size)
        return GOOD;
    item->side.id = item->known->id;
    return pass(at, item);
}

static enum outcome next_of_entries(struct comparison *at, struct side *side)
{
    struct index_entry entry;
    struct text rest;
    size_t size;

    for (;; at->next++) {
        side->more = at->next < at->layout->entries_count;
        if (!side->more)
            return GOOD;
        if (!index_layout_entry(&entry, at->layout, at->next))
            return ASK_GIT;
        side->more = is_below(at, entry.path);
        if (!side->more)
            return GOOD;
        if (!entry.is_intended)
            break;
    }
    rest = text_slice(entry.path, at->path.size, entry.path.size);
    size = text_find(rest, '/', 0);
    side->item = (struct item){ .name = { text_slice(rest, 0, size),
                                          size < rest.size } };
    if (!size)
        return ASK_GIT;
    return side->item.name.folder ? take_folder(at, side, &entry)
                                  : take_file(at, side, &entry);
}

/* ---- either -------------------------------------------------------------- */

/* Move on to the next item, if it is one that git would write there. */
static enum outcome advance(struct comparison *at, struct side *side)
{
    struct name last = side->item.name;
    bool is_first = !side->more;
    enum outcome outcome;

    outcome =
        side->has_entries ? next_of_entries(at, side) : next_of_tree(at, side);
    return outcome == GOOD && side->more ? in_order(side, &last, is_first)
                                         : outcome;
}

static enum outcome open_tree(struct comparison *at, struct side *side,
                              const struct object_id *tree)
{
    struct error ignored;

    if (object_read(&side->object, at->repo, tree, TREE_OBJECT_MAX, &ignored) !=
            1 ||
        side->object.type != OBJECT_TREE)
        return ASK_GIT;
    side->rest = side->object.bytes;
    return advance(at, side);
}

static enum outcome open_entries(struct comparison *at, struct side *side,
                                 const struct item *item)
{
    if (at->layout->is_split)
        return ASK_GIT;
    at->next = item->first;
    side->has_entries = true;
    list_folders(side, item->known);
    return advance(at, side);
}

/* What git knew the folder to make, if it still has that. */
static enum outcome open_known(struct comparison *at, struct side *side,
                               const struct item *item)
{
    int found = object_read(&side->object, at->repo, &item->side.id,
                            TREE_OBJECT_MAX, at->err);

    if (found == 0 && item->known)
        return open_entries(at, side, item);
    if (found == 0)
        return ASK_GIT;
    if (found < 0)
        return FAILED;
    if (side->object.type != OBJECT_TREE)
        return contradict(at);
    side->rest = side->object.bytes;
    return advance(at, side);
}

/* ---- what differs -------------------------------------------------------- */

static struct diff_entry *add(struct comparison *at, struct text name)
{
    struct diff_entry *entry = ARRAY_PUSH(at->diff->entries);
    size_t folder = at->path.size;

    buffer_text(&at->path, name);
    entry->path = memory_copy(at->path.bytes, at->path.size);
    at->path.size = folder;
    return entry;
}

static void compare_files(struct comparison *at, const struct item *old,
                          const struct item *new)
{
    struct diff_side before = { .id.size = (unsigned char)at->layout->id_size };
    struct diff_side after = before;
    bool unmerged = new &&new->unmerged;
    struct diff_entry *entry;

    if (old)
        before = old->side;
    if (new && !unmerged)
        after = new->side;
    if (!unmerged && before.mode == after.mode &&
        object_id_compare(&before.id, &after.id) == 0)
        return;
    entry = add(at, old ? old->name.text : new->name.text);
    entry->before = before;
    entry->after = after;
    entry->unmerged = unmerged;
}

static enum outcome compare_folders(struct comparison *at,
                                    const struct item *old,
                                    const struct item *new);

static enum outcome enter(struct comparison *at, const struct item *old,
                          const struct item *new)
{
    size_t folder = at->path.size;
    enum outcome outcome;

    if (old && new &&new->side.id.size &&
        object_id_compare(&old->side.id, &new->side.id) == 0)
        return GOOD;
    if (at->depth >= TREE_DEPTH_MAX)
        return ASK_GIT;
    at->depth++;
    buffer_text(&at->path, old ? old->name.text : new->name.text);
    buffer_byte(&at->path, '/');
    outcome = compare_folders(at, old, new);
    at->path.size = folder;
    at->depth--;
    return outcome;
}

/* The next name of either side, or of both. */
static enum outcome compare_next(struct comparison *at, struct side *old,
                                 struct side *new)
{
    struct item *before = old->more ? &old->item : NULL;
    struct item *after = new->more ? &new->item : NULL;
    int order = before && after ? compare_names(&before->name, &after->name)
                                : (before ? -1 : 1);
    enum outcome outcome = GOOD;

    if (order < 0)
        after = NULL;
    if (order > 0)
        before = NULL;
    if ((before ? before : after)->name.folder)
        outcome = enter(at, before, after);
    else
        compare_files(at, before, after);
    if (outcome == GOOD && before)
        outcome = advance(at, old);
    if (outcome == GOOD && after)
        outcome = advance(at, new);
    return outcome;
}

static enum outcome compare_sides(struct comparison *at, struct side *old,
                                  struct side *new)
{
    enum outcome outcome = GOOD;

    while (outcome == GOOD && (old->more || new->more))
        outcome = compare_next(at, old, new);
    return outcome;
}

/* The contents of a folder of each side; NULL if it has none there. */
static enum outcome compare_folders(struct comparison *at,
                                    const struct item *old,
                                    const struct item *new)
{
    struct side before = { .object = OBJECT_EMPTY };
    struct side after = { .object = OBJECT_EMPTY };
    enum outcome outcome = GOOD;

    if (old)
        outcome = open_tree(at, &before, &old->side.id);
    if (outcome == GOOD && new)
        outcome = new->side.id.size ? open_known(at, &after, new)
                                    : open_entries(at, &after, new);
    if (outcome == GOOD)
        outcome = compare_sides(at, &before, &after);
    object_release(&before.object);
    object_release(&after.object);
    free(after.folders);
    return outcome;
}

/* The root: git takes its tree for the whole index without counting. */
static struct item root_of(const struct index_layout *layout)
{
    struct item item = { .side.mode = OBJECT_MODE_TREE };

    if (layout->folders_count) {
        item.known = layout->folders;
        item.side.id = layout->folders->id;
    }
    return item;
}

int index_diff(struct diff *diff, const struct index *index, struct repo *repo,
               const struct object_id *tree, struct error *err)
{
    struct comparison at = {
        .diff = diff, .layout = &index->layout, .repo = repo, .err = err
    };
    struct item new = root_of(&index->layout);
    struct item old = { .side = { OBJECT_MODE_TREE, *tree } };
    enum outcome outcome = GOOD;

    *diff = DIFF_EMPTY;
    if (!tree->size || object_id_compare(&old.side.id, &new.side.id) != 0)
        outcome = compare_folders(&at, tree->size ? &old : NULL, &new);
    buffer_release(&at.path);
    if (outcome != GOOD)
        diff_release(diff);
    return outcome;
}

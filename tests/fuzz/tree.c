/*
 * Any bytes as a few trees: the first byte says how many and of which hash,
 * two of each say its size. The first byte of an entry's id is the number of a
 * tree. Each is read on its own, as what differs from the one before it, and
 * as a folder of another: all agree with a list of its entries.
 */
#include "hooks/git/tree.h"

#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "hooks/git/tree_changes.h"
#include "hooks/git/tree_log.h"
#include "tests/fuzz/fuzz.h"

#define TREES_MAX 8
#define READS_MAX 64 /* of trees, by one walk */
#define PATHS_MAX 64 /* that are looked up after it */

struct item {
    struct tree_entry entry;
    struct text raw;
    bool seen;
};

struct list {
    char *copy; /* that `bytes` are */
    struct text bytes;
    struct item *items;
    size_t items_count, items_room;
    bool passes; /* is a tree, and in order */
    bool unique; /* no file has the name of a folder */
};

struct trees {
    struct list lists[TREES_MAX];
    size_t count, id_size, reads;
};

static char *copy_of(struct text bytes)
{
    char *copy = malloc(bytes.size ? bytes.size : 1);

    HOLDS(copy != NULL);
    memcpy(copy, bytes.bytes, bytes.size);
    return copy;
}

/* Linked in the place of object_read. */
int __wrap_object_read(struct object *object, struct repo *repo,
                       const struct object_id *id, size_t size_max,
                       struct error *err);

int __wrap_object_read(struct object *object, struct repo *repo,
                       const struct object_id *id, size_t size_max,
                       struct error *err)
{
    struct trees *trees = (void *)repo;
    size_t number = id->bytes[0];

    HOLDS(id->size == trees->id_size);
    *object = OBJECT_EMPTY;
    if (number >= trees->count)
        return 0;
    if (trees->reads++ >= READS_MAX)
        return error_set(err, ERROR_LIMIT, "read often enough");
    HOLDS(trees->lists[number].bytes.size <= size_max);
    object->type = id->bytes[1] % 2 ? OBJECT_BLOB : OBJECT_TREE;
    object->bytes = trees->lists[number].bytes;
    object->bytes.bytes = object->owner = copy_of(object->bytes);
    object->give_back = free;
    return 1;
}

static bool is_folder(const struct tree_entry *entry)
{
    return (entry->mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE;
}

/* "MODE NAME", a NUL, and the id. */
static void check_entry(const struct tree_entry *entry, struct text raw,
                        size_t id_size)
{
    static const unsigned char zeroes[OBJECT_ID_MAX];
    const char *end = entry->name.bytes + entry->name.size;

    HOLDS(entry->name.size > 0 && entry->name.bytes > raw.bytes + 1);
    HOLDS(text_find(entry->name, '/', 0) == entry->name.size);
    HOLDS(text_find(entry->name, '\0', 0) == entry->name.size);
    HOLDS(end + 1 + id_size == raw.bytes + raw.size);
    HOLDS(entry->name.bytes[-1] == ' ' && *end == '\0');
    HOLDS(entry->id.size == id_size);
    HOLDS(memcmp(entry->id.bytes, end + 1, id_size) == 0);
    HOLDS(memcmp(entry->id.bytes + id_size, zeroes, OBJECT_ID_MAX - id_size) ==
          0);
}

/* In git's order the name of a folder ends with '/'. */
static void write_key(struct buffer *key, const struct tree_entry *entry)
{
    buffer_clear(key);
    buffer_text(key, entry->name);
    buffer_byte(key, is_folder(entry) ? '/' : '\0');
}

static bool is_sorted(const struct list *list)
{
    struct buffer one = BUFFER_EMPTY, two = BUFFER_EMPTY;
    bool sorted = true;

    for (size_t i = 1; i < list->items_count && sorted; i++) {
        write_key(&one, &list->items[i - 1].entry);
        write_key(&two, &list->items[i].entry);
        sorted = text_compare(buffer_view(&one), buffer_view(&two)) < 0;
    }
    buffer_release(&one);
    buffer_release(&two);
    return sorted;
}

static void list_entries(struct list *list, size_t id_size)
{
    struct intern names = INTERN_EMPTY;
    struct text rest = list->bytes, before = rest;
    struct tree_entry entry;
    int more;

    while ((more = tree_next(&entry, &rest, id_size)) == 1) {
        struct text raw = text_slice(before, 0, before.size - rest.size);

        check_entry(&entry, raw, id_size);
        *ARRAY_PUSH(list->items) = (struct item){ entry, raw, false };
        intern_add(&names, entry.name);
        before = rest;
    }
    HOLDS(more < 0 || rest.size == 0);
    list->passes = more == 0 && is_sorted(list);
    list->unique = intern_count(&names) == list->items_count;
    intern_release(&names);
}

/* The entry of the same name and kind; NULL if there is none. */
static const struct item *same_in(const struct list *list,
                                  const struct tree_entry *entry)
{
    for (size_t i = 0; i < list->items_count; i++)
        if (text_equal(list->items[i].entry.name, entry->name) &&
            is_folder(&list->items[i].entry) == is_folder(entry))
            return &list->items[i];
    return NULL;
}

struct compared {
    struct list *base, *now;
};

static void see(void *payload, const struct tree_entry *entry, bool gone)
{
    const struct compared *compared = payload;
    struct list *list = gone ? compared->base : compared->now;

    for (size_t i = 0; i < list->items_count; i++)
        if (list->items[i].entry.name.bytes == entry->name.bytes) {
            HOLDS(!list->items[i].seen);
            list->items[i].seen = true;
            return;
        }
    HOLDS(false && "an entry of the tree");
}

static void expect_seen(struct compared compared)
{
    for (size_t i = 0; i < compared.now->items_count; i++) {
        struct item *item = &compared.now->items[i];
        const struct item *old = same_in(compared.base, &item->entry);

        HOLDS(item->seen == (!old || !text_equal(old->raw, item->raw)));
        item->seen = false;
    }
    for (size_t i = 0; i < compared.base->items_count; i++) {
        struct item *item = &compared.base->items[i];

        HOLDS(item->seen == !same_in(compared.now, &item->entry));
        item->seen = false;
    }
}

static void forget(struct list *list)
{
    for (size_t i = 0; i < list->items_count; i++)
        list->items[i].seen = false;
}

static void check_starts(const struct tree_starts *starts,
                         const struct list *list)
{
    HOLDS(starts->at_count == list->items_count);
    for (size_t i = 0; i < starts->at_count; i++)
        HOLDS(list->bytes.bytes + starts->at[i] == list->items[i].raw.bytes);
}

/* A base that does not pass is none: it has no entry. */
static void check_changes(struct list *base, struct list *now, size_t id_size)
{
    struct list nothing = { .bytes = TEXT_EMPTY };
    struct tree_starts old = { .at = NULL }, starts = { .at = NULL };
    struct compared alone = { &nothing, base }, compared = { base, now };
    int result;

    result = tree_changes(TEXT_EMPTY, &starts, base->bytes, &old, id_size, see,
                          &alone);
    HOLDS((result == 0) == base->passes);
    if (result == 0) {
        check_starts(&old, base);
        expect_seen(alone);
        result = tree_changes(base->bytes, &old, now->bytes, &starts, id_size,
                              see, &compared);
        HOLDS((result == 0) == now->passes);
    }
    if (result == 0) {
        check_starts(&starts, now);
        expect_seen(compared);
    }
    forget(base);
    forget(now);
    tree_starts_release(&old);
    tree_starts_release(&starts);
}

static void find(const void *objects, const unsigned char *ids, size_t count,
                 uint32_t *numbers)
{
    const struct trees *trees = objects;

    for (size_t i = 0; i < count; i++, ids += trees->id_size)
        numbers[i] = *ids < trees->count ? *ids : TREE_LOG_NONE;
}

/* The object of an entry, by its number, if the log has to know of it. */
static uint32_t child_of(const struct tree_log *log,
                         const struct tree_entry *entry)
{
    struct text id = { (const char *)entry->id.bytes, entry->id.size };
    uint32_t number;

    find(log->objects, entry->id.bytes, 1, &number);
    if (!is_folder(entry) &&
        ((entry->mode & OBJECT_MODE_TYPE) != OBJECT_MODE_REGULAR ||
         filetype_of_path(entry->name) == FILETYPE_OTHER))
        return TREE_LOG_NONE;
    if (number != TREE_LOG_NONE)
        return number;
    return log->objects_count + intern_find(&log->missing, id);
}

static uint32_t object_of(const struct tree_log *log,
                          const struct tree_log_change *change)
{
    bool in_log = change->child != TREE_LOG_NONE && change->folder &&
                  tree_log_place(log, change->child) != TREE_LOG_NONE;

    if (!change->placed) {
        HOLDS(!in_log);
        return change->child;
    }
    HOLDS(change->folder);
    return tree_log_get(log, change->child).object;
}

/* The changes since the tree before it lead to what the tree has. `children`
 * are those of that tree, by name and kind. */
static void expect_recorded(uint32_t *children, const struct tree_log *log,
                            uint32_t number, const struct list *list)
{
    size_t count = 2 * (size_t)intern_count(&log->names);
    uint32_t *want = memory_new(count, sizeof(*want));
    struct tree_log_record record;

    HOLDS(tree_log_place(log, number) != TREE_LOG_NONE);
    record = tree_log_get(log, tree_log_place(log, number));
    HOLDS(record.object == number);
    HOLDS(record.base == TREE_LOG_NONE ||
          tree_log_get(log, record.base).object + 1 == number);
    if (record.base == TREE_LOG_NONE)
        memset(children, 0xff, count * sizeof(*children));
    for (uint32_t i = 0; i < record.count; i++)
        children[2 * (size_t)record.changes[i].name +
                 record.changes[i].folder] = object_of(log, &record.changes[i]);
    memset(want, 0xff, count * sizeof(*want));
    for (size_t i = 0; i < list->items_count; i++) {
        const struct tree_entry *entry = &list->items[i].entry;
        uint32_t child = child_of(log, entry);

        if (child != TREE_LOG_NONE)
            want[2 * (size_t)intern_find(&log->names, entry->name) +
                 is_folder(entry)] = child;
    }
    HOLDS(memcmp(want, children, count * sizeof(*want)) == 0);
    free(want);
}

/* Each tree is a difference from the one before it, where that passes. */
static void check_log(struct trees *trees)
{
    struct tree_log log = { .id_size = trees->id_size,
                            .objects_count = (uint32_t)trees->count,
                            .find = find,
                            .objects = trees };
    void *data[TREES_MAX + 1] = { NULL };
    uint32_t *children;

    tree_log_begin(&log, 2);
    for (uint32_t i = 0; i < trees->count; i++) {
        struct text before = i ? trees->lists[i - 1].bytes : TEXT_EMPTY;

        data[i + 1] = tree_log_enter(&log, i % 2, i, trees->lists[i].bytes,
                                     i - 1, before, data[i]);
        HOLDS(!data[i + 1] == !trees->lists[i].passes);
    }
    tree_log_end(&log);
    children =
        memory_new(2 * (size_t)intern_count(&log.names), sizeof(*children));
    for (uint32_t i = 0; i < trees->count; i++) {
        if (trees->lists[i].passes)
            expect_recorded(children, &log, i, &trees->lists[i]);
        else
            HOLDS(tree_log_place(&log, i) == TREE_LOG_NONE);
        tree_log_leave(&log, i % 2, data[i + 1]);
    }
    free(children);
    tree_log_release(&log);
}

struct walked {
    char *paths[PATHS_MAX];
    struct object_id blobs[PATHS_MAX];
    size_t count;
};

static void note_file(void *payload, const char *path,
                      const struct object_id *blob)
{
    struct walked *walked = payload;

    HOLDS(*path && *path != '/' && path[strlen(path) - 1] != '/');
    if (walked->count == PATHS_MAX)
        return;
    walked->paths[walked->count] = memory_copy(path, strlen(path));
    walked->blobs[walked->count++] = *blob;
}

static void note_unreadable(void *payload, const char *path, const char *reason)
{
    (void)payload;
    HOLDS(*path && *reason);
}

static int find_path(struct diff_side *side, struct trees *trees,
                     const char *path)
{
    struct object_id root = { .size = (unsigned char)trees->id_size };
    struct error err;

    trees->reads = 0;
    return tree_find(side, (struct repo *)(void *)trees, &root, path, &err);
}

/* Where no two entries have one name, each file is found where it was met. */
static void check_walk(struct trees *trees)
{
    struct object_id root = { .size = (unsigned char)trees->id_size };
    struct walked walked = { .count = 0 };
    struct tree_visitor visitor = { .file = note_file,
                                    .unreadable = note_unreadable,
                                    .payload = &walked };
    struct diff_side side;
    bool unique = true;

    for (size_t i = 0; i < trees->count; i++)
        unique &= trees->lists[i].unique;
    trees->reads = 0;
    tree_walk((struct repo *)(void *)trees, &root, &visitor);
    for (size_t i = 0; i < walked.count; i++) {
        if (find_path(&side, trees, walked.paths[i]) != 1)
            HOLDS(!unique);
        else if (unique)
            HOLDS(object_id_compare(&side.id, &walked.blobs[i]) == 0);
        free(walked.paths[i]);
    }
    HOLDS(find_path(&side, trees, "") <= 0);
    HOLDS(find_path(&side, trees, "/a") <= 0);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Each tree has memory of its own: reading over its end is noticed. */
static void split(struct trees *trees, const uint8_t *bytes, size_t size)
{
    size_t at = 1 + 2 * trees->count;

    for (size_t i = 0; i < trees->count; i++) {
        size_t said = (size_t)bytes[1 + 2 * i] << 8 | bytes[2 + 2 * i];
        struct text tree = { (const char *)bytes + at,
                             smaller(said, size - at) };

        at += tree.size;
        tree.bytes = trees->lists[i].copy = copy_of(tree);
        trees->lists[i].bytes = tree;
        list_entries(&trees->lists[i], trees->id_size);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct trees trees = { .id_size = size && bytes[0] % 2 ? 32 : 20,
                           .count = size ? 1 + bytes[0] / 2 % TREES_MAX : 0 };

    if (size < 1 + 2 * trees.count)
        return 0;
    split(&trees, bytes, size);
    for (size_t i = 1; i < trees.count; i++)
        check_changes(&trees.lists[i - 1], &trees.lists[i], trees.id_size);
    check_log(&trees);
    check_walk(&trees);
    for (size_t i = 0; i < trees.count; i++) {
        free(trees.lists[i].copy);
        free(trees.lists[i].items);
    }
    return 0;
}

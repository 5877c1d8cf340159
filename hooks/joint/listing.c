#include "hooks/joint/listing.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/git/tree.h"

static void put(struct listing *listing, struct text path,
                struct diff_side side)
{
    uint32_t number = intern_add(&listing->paths, path);

    if (number == listing->sides_count)
        *ARRAY_PUSH(listing->sides) = side;
    else
        listing->sides[number] = side;
}

/* What the changes put there, with the folders around it. */
static void put_change(struct listing *listing, const struct diff_entry *entry)
{
    struct text path = text_of(entry->path);

    put(listing, path, entry->after);
    while (entry->after.mode && (path = text_folder(path)).size)
        if (intern_find(&listing->paths, path) == INTERN_NONE)
            put(listing, path, (struct diff_side){ .mode = OBJECT_MODE_TREE });
}

static void open_listing(struct listing *listing)
{
    const struct diff *changes = listing->changes;

    if (listing->sides_count)
        return;
    put(listing, TEXT_EMPTY,
        (struct diff_side){ OBJECT_MODE_TREE, listing->tree });
    for (size_t i = 0; changes && i < changes->entries_count; i++)
        put_change(listing, &changes->entries[i]);
}

/* An entry of a folder. Where the changes have a file it is known already;
 * a folder that they put something in may have more. */
static void put_entry(struct listing *listing, struct text path,
                      const struct tree_entry *entry)
{
    uint32_t known = intern_find(&listing->paths, path);
    bool is_folder = (entry->mode & OBJECT_MODE_TYPE) == OBJECT_MODE_TREE;

    if (known == INTERN_NONE ||
        (is_folder && listing->sides[known].mode == OBJECT_MODE_TREE))
        put(listing, path, (struct diff_side){ entry->mode, entry->id });
}

static int put_entries(struct listing *listing, struct text folder,
                       struct text rest, size_t id_size)
{
    struct buffer path = BUFFER_EMPTY;
    struct tree_entry entry;
    size_t size;
    int more;

    buffer_text(&path, folder);
    if (folder.size)
        buffer_byte(&path, '/');
    size = path.size;
    while ((more = tree_next(&entry, &rest, id_size)) == 1) {
        path.size = size;
        buffer_text(&path, entry.name);
        put_entry(listing, buffer_view(&path), &entry);
    }
    buffer_release(&path);
    return more;
}

static int read_folder(struct listing *listing, struct text folder,
                       const struct object_id *id, struct error *err)
{
    struct object object;
    int found;

    if (id->size == 0)
        return 0;
    found = object_read(&object, listing->repo, id, TREE_OBJECT_MAX, err);
    if (found < 0)
        return -1;
    if (found == 0 || object.type != OBJECT_TREE ||
        put_entries(listing, folder, object.bytes, id->size) < 0)
        found = error_set(
            err, ERROR_GIT, "the object of folder %.*s is missing or malformed",
            (int)(folder.size < 200 ? folder.size : 200), folder.bytes);
    object_release(&object);
    return found < 0 ? -1 : 0;
}

/* Read the entries of a folder, once, if there is such a folder. */
static int list(struct listing *listing, struct text folder, struct error *err)
{
    uint32_t before = intern_count(&listing->folders);
    uint32_t number = intern_find(&listing->paths, folder);
    struct object_id id;

    if (number == INTERN_NONE ||
        (listing->sides[number].mode & OBJECT_MODE_TYPE) != OBJECT_MODE_TREE ||
        intern_add(&listing->folders, folder) < before)
        return 0;
    id = listing->sides[number].id;
    return read_folder(listing, folder, &id, err);
}

int listing_find(struct diff_side *side, struct listing *listing,
                 struct text path, struct error *err)
{
    uint32_t number;

    open_listing(listing);
    if (path.size && list(listing, TEXT_EMPTY, err) < 0)
        return -1;
    /* From the root inwards, so that each folder is known when it is read. */
    for (size_t end = text_find(path, '/', 0); end < path.size;
         end = text_find(path, '/', end + 1))
        if (list(listing, text_slice(path, 0, end), err) < 0)
            return -1;
    number = intern_find(&listing->paths, path);
    if (number == INTERN_NONE || listing->sides[number].mode == 0)
        return 0;
    *side = listing->sides[number];
    return 1;
}

void listing_release(struct listing *listing)
{
    intern_release(&listing->paths);
    intern_release(&listing->folders);
    free(listing->sides);
    listing->sides = NULL;
    listing->sides_count = listing->sides_room = 0;
}

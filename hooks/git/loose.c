#include "hooks/git/loose.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/system/mapping.h"

#define FOLDERS    256
#define ROOM_MIN   ((size_t)4096)
#define GROWTH     4
#define DIGITS_MAX 19

static void note(struct paths *gaps, const char *path)
{
    struct error err;

    error_set_errno(&err, "%s", path);
    *ARRAY_PUSH(gaps->items) = memory_copy(err.message, strlen(err.message));
}

static void add(struct loose_list *list, const struct object_id *id)
{
    size_t at = list->count * (size_t)id->size;

    if (at + id->size > list->ids_room) {
        list->ids_room = list->ids_room ? 2 * list->ids_room : ROOM_MIN;
        list->ids = memory_resize(list->ids, list->ids_room, 1);
    }
    memcpy(list->ids + at, id->bytes, id->size);
    list->count++;
}

/* Names that are no ids are others' business: temporary files. */
static int list_folder(struct loose_list *list, const char *path,
                       const char *first, size_t id_size)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    if (!folder)
        return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
    while (errno = 0, (entry = readdir(folder))) {
        struct buffer hex = BUFFER_EMPTY;
        struct object_id id;

        buffer_format(&hex, "%s%s", first, entry->d_name);
        if (object_id_parse(&id, buffer_view(&hex)) == 0 && id.size == id_size)
            add(list, &id);
        buffer_release(&hex);
    }
    closedir(folder);
    return errno ? -1 : 0;
}

static int compare(const void *one, const void *two, void *size)
{
    return memcmp(one, two, *(size_t *)size);
}

void loose_list(struct loose_list *list, const char *folder, size_t id_size,
                struct paths *gaps)
{
    for (unsigned i = 0; i < FOLDERS; i++) {
        struct buffer path = BUFFER_EMPTY;

        buffer_format(&path, "%s/%02x", folder, i);
        if (list_folder(list, path.bytes, path.bytes + path.size - 2, id_size) <
            0)
            note(gaps, path.bytes);
        buffer_release(&path);
    }
    if (list->count)
        qsort_r(list->ids, list->count, id_size, compare, &id_size);
}

void loose_list_release(struct loose_list *list)
{
    free(list->ids);
    *list = (struct loose_list){ .count = 0 };
}

static int damaged(struct error *err)
{
    return error_set(err, ERROR_GIT, "a loose object is damaged");
}

static bool take_type(enum object_type *type, struct text *rest)
{
    static const struct {
        struct text name;
        enum object_type type;
    } types[] = { { { "blob ", 5 }, OBJECT_BLOB },
                  { { "tree ", 5 }, OBJECT_TREE },
                  { { "commit ", 7 }, OBJECT_COMMIT },
                  { { "tag ", 4 }, OBJECT_TAG } };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (text_starts_with(*rest, types[i].name)) {
            *type = types[i].type;
            *rest = text_slice(*rest, types[i].name.size, rest->size);
            return true;
        }
    return false;
}

/* Digits without a zero in front, and a NUL byte. */
static bool take_size(size_t *size, struct text *rest)
{
    size_t end = text_find(*rest, '\0', 0);

    *size = 0;
    if (end == rest->size || end == 0 || end > DIGITS_MAX ||
        (rest->bytes[0] == '0' && end > 1))
        return false;
    for (size_t i = 0; i < end; i++) {
        if (rest->bytes[i] < '0' || rest->bytes[i] > '9')
            return false;
        *size = *size * 10 + (size_t)(rest->bytes[i] - '0');
    }
    *rest = text_slice(*rest, end + 1, rest->size);
    return true;
}

/*
 * All of it, for free(): libdeflate cannot inflate just the head, which tells
 * the size. Four times the memory is tried where there was too little.
 */
static int inflate_whole(struct text *bytes, struct inflater *inflater,
                         struct text deflated, size_t size_max,
                         struct error *err)
{
    size_t limit = size_max + OBJECT_HEAD_MAX, room = ROOM_MIN, size;
    enum inflate_result result;

    while (room / GROWTH < deflated.size)
        room *= GROWTH;
    for (;;) {
        char *out;

        if (room > limit)
            room = limit;
        out = memory_resize(NULL, room, 1);
        result = inflate_all(inflater, deflated, out, room, &size);
        if (result == INFLATE_DONE) {
            *bytes = (struct text){ out, size };
            return 1;
        }
        free(out);
        if (result == INFLATE_DAMAGED)
            return damaged(err);
        if (room == limit)
            return error_set(err, ERROR_LIMIT, "over the limit of %zu bytes",
                             size_max);
        room = room < limit / GROWTH ? room * GROWTH : limit;
    }
}

static void give_back(void *owner)
{
    free(owner);
}

int loose_parse(struct object *object, struct inflater *inflater,
                struct text deflated, size_t size_max, struct error *err)
{
    struct text whole = TEXT_EMPTY, rest;
    union {
        const char *bytes;
        void *owner;
    } memory;
    size_t size;

    *object = OBJECT_EMPTY;
    if (inflate_whole(&whole, inflater, deflated, size_max, err) < 0)
        return -1;
    memory.bytes = whole.bytes;
    object->owner = memory.owner;
    object->give_back = give_back;
    rest = whole;
    if (!take_type(&object->type, &rest) || !take_size(&size, &rest) ||
        size != rest.size) {
        object_release(object);
        return damaged(err);
    }
    object->bytes = rest;
    if (size <= size_max)
        return 1;
    object_release(object);
    return error_set(err, ERROR_LIMIT, "over the limit of %zu bytes", size_max);
}

int loose_read(struct object *object, struct inflater *inflater,
               const char *folder, const struct object_id *id, size_t size_max,
               struct error *err)
{
    struct buffer path = BUFFER_EMPTY;
    char hex[OBJECT_HEX_MAX];
    struct text deflated;
    int found;

    *object = OBJECT_EMPTY;
    object_id_format(id, hex);
    buffer_format(&path, "%s/%.2s/%s", folder, hex, hex + 2);
    found = mapping_open(&deflated, path.bytes, err);
    if (found == 1)
        found = loose_parse(object, inflater, deflated, size_max, err);
    mapping_close(&deflated);
    buffer_release(&path);
    return found;
}

#include "hooks/index_layout.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "hooks/tree.h"

#define HEADER_SIZE    12
#define FLAGS_AT       60 /* after times, owner, mode, size and id */
#define NAME_AT        62
#define EXTENSION_HEAD 8
#define NUMBER_DIGITS  9

#define VERSION_PREFIXED 4

#define FLAG_EXTENDED  0x4000u
#define FLAG_NAME_SIZE 0x0fffu
#define EXTENDED_KNOWN 0x6000u /* intent-to-add, skip-worktree */

static uint32_t number16(const char *at)
{
    const unsigned char *bytes = (const unsigned char *)at;

    return (uint32_t)bytes[0] << 8 | bytes[1];
}

static uint32_t number32(const char *at)
{
    return number16(at) << 16 | number16(at + 2);
}

static void skip(struct text *rest, size_t size)
{
    *rest = text_slice(*rest, size, rest->size);
}

/* Of version 4, how many bytes of the name before are not in this one. */
static bool take_cut(size_t *cut, struct text bytes, size_t *at)
{
    unsigned byte;

    *cut = 0;
    do {
        if (*at == bytes.size || *cut > FLAG_NAME_SIZE)
            return false;
        byte = (unsigned char)bytes.bytes[(*at)++];
        *cut = (*cut << 7) + (byte & 0x7f) + (byte & 0x80 ? 1 : 0);
    } while (byte & 0x80);
    return true;
}

/* The name's size of the entry before in, of this one out. */
static bool take_prefixed_name(struct text *rest, size_t at, size_t *name_size)
{
    size_t cut, end;

    if (!take_cut(&cut, *rest, &at) || cut > *name_size)
        return false;
    end = text_find(*rest, '\0', at);
    if (end == rest->size)
        return false;
    *name_size += end - at - cut;
    skip(rest, end + 1);
    return true;
}

/* The entry is filled up with one to eight NUL bytes. */
static bool take_name(struct text *rest, size_t at, size_t *name_size)
{
    size_t end = text_find(*rest, '\0', at), size = (end + 8) & ~(size_t)7;

    if (size > rest->size)
        return false;
    *name_size = end - at;
    skip(rest, size);
    return true;
}

static bool take_entry(struct text *rest, uint32_t version, size_t *name_size)
{
    size_t at = NAME_AT;
    uint32_t flags;
    bool taken;

    if (rest->size < NAME_AT + 2)
        return false;
    flags = number16(rest->bytes + FLAGS_AT);
    if (flags & FLAG_EXTENDED) {
        if (version < 3 || number16(rest->bytes + NAME_AT) & ~EXTENDED_KNOWN)
            return false;
        at += 2;
    }
    taken = version >= VERSION_PREFIXED
                ? take_prefixed_name(rest, at, name_size)
                : take_name(rest, at, name_size);
    return taken && *name_size &&
           (flags & FLAG_NAME_SIZE) ==
               (*name_size < FLAG_NAME_SIZE ? *name_size : FLAG_NAME_SIZE);
}

/* Decimal digits up to `end`; -1 for "-1". */
static bool take_number(int64_t *number, struct text *rest, char end)
{
    size_t size = text_find(*rest, end, 0);

    *number = -1;
    if (size == rest->size || size == 0 || size > NUMBER_DIGITS)
        return false;
    if (!text_equal(text_slice(*rest, 0, size), TEXT("-1"))) {
        *number = 0;
        for (size_t i = 0; i < size; i++) {
            if (rest->bytes[i] < '0' || rest->bytes[i] > '9')
                return false;
            *number = *number * 10 + (rest->bytes[i] - '0');
        }
    }
    skip(rest, size + 1);
    return true;
}

/* "NAME\0ENTRIES FOLDERS\n", the id unless ENTRIES is -1, then the FOLDERS. */
static bool take_folder(struct index_layout *layout, struct text *rest,
                        size_t depth)
{
    size_t place = layout->folders_count, end = text_find(*rest, '\0', 0);
    struct index_folder *folder = ARRAY_PUSH(layout->folders);
    int64_t entries, folders;

    if (depth > TREE_DEPTH_MAX || end == rest->size)
        return false;
    folder->name = text_slice(*rest, 0, end);
    skip(rest, end + 1);
    if (!take_number(&entries, rest, ' ') ||
        !take_number(&folders, rest, '\n') || folders < 0)
        return false;
    if (entries >= 0) {
        if (rest->size < INDEX_ID_SIZE)
            return false;
        folder->entries_count = (size_t)entries;
        folder->id.size = INDEX_ID_SIZE;
        memcpy(folder->id.bytes, rest->bytes, INDEX_ID_SIZE);
        skip(rest, INDEX_ID_SIZE);
    }
    while (folders--)
        if (!take_folder(layout, rest, depth + 1))
            return false;
    layout->folders[place].folders_count = layout->folders_count - place;
    return true;
}

/* Those whose names begin with a small letter change what the entries mean. */
static bool take_extension(struct index_layout *layout, struct text *rest)
{
    struct text content;
    size_t size;

    if (rest->size < EXTENSION_HEAD || rest->bytes[0] < 'A' ||
        rest->bytes[0] > 'Z')
        return false;
    size = number32(rest->bytes + 4);
    if (size > rest->size - EXTENSION_HEAD)
        return false;
    content = text_slice(*rest, EXTENSION_HEAD, EXTENSION_HEAD + size);
    if (text_starts_with(*rest, TEXT("TREE")) &&
        (layout->folders_count || !take_folder(layout, &content, 0) ||
         content.size || layout->folders[0].name.size))
        return false;
    skip(rest, EXTENSION_HEAD + size);
    return true;
}

static bool is_zero(struct text bytes)
{
    for (size_t i = 0; i < bytes.size; i++)
        if (bytes.bytes[i])
            return false;
    return true;
}

bool index_layout_read(struct index_layout *layout, struct text bytes)
{
    size_t name_size = 0;
    uint32_t version;
    struct text rest;

    if (bytes.size < HEADER_SIZE + INDEX_ID_SIZE ||
        !text_starts_with(bytes, TEXT("DIRC")) ||
        is_zero(text_slice(bytes, bytes.size - INDEX_ID_SIZE, bytes.size)))
        return false;
    version = number32(bytes.bytes + 4);
    if (version < 2 || version > VERSION_PREFIXED)
        return false;
    layout->entries_count = number32(bytes.bytes + 8);
    rest = text_slice(bytes, HEADER_SIZE, bytes.size - INDEX_ID_SIZE);
    for (uint32_t i = 0; i < layout->entries_count; i++)
        if (!take_entry(&rest, version, &name_size))
            return false;
    while (rest.size)
        if (!take_extension(layout, &rest))
            return false;
    return true;
}

const struct index_folder *index_folder_in(const struct index_folder *folder,
                                           struct text name)
{
    size_t at = 1;

    while (folder && at < folder->folders_count) {
        if (text_equal(folder[at].name, name))
            return &folder[at];
        at += folder[at].folders_count;
    }
    return NULL;
}

void index_layout_release(struct index_layout *layout)
{
    free(layout->folders);
    *layout = INDEX_LAYOUT_EMPTY;
}

#include "hooks/git/index_layout.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/tree.h"

#define HEADER_SIZE    12
#define MODE_AT        24
#define ID_AT          40 /* after times, owner, mode and size */
#define EXTENSION_HEAD 8
#define NUMBER_DIGITS  9

#define VERSION_PREFIXED 4

#define FLAG_EXTENDED   0x4000u
#define FLAG_NAME_SIZE  0x0fffu
#define FLAG_STAGE_AT   12
#define EXTENDED_KNOWN  0x6000u /* intent-to-add, skip-worktree */
#define EXTENDED_INTENT 0x2000u

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

/* ---- entries ------------------------------------------------------------- */

/* Where the entries and extensions end: the checksum follows. */
static size_t end_of(const struct index_layout *layout)
{
    return layout->bytes.size - layout->id_size;
}

static uint32_t flags_of(const struct index_layout *layout, size_t start)
{
    return number16(layout->bytes.bytes + start + ID_AT + layout->id_size);
}

/* Where the name starts, or the number in front of it; 0 if there is none. */
static size_t name_start(const struct index_layout *layout, size_t start)
{
    size_t at = start + ID_AT + layout->id_size + 2, end = end_of(layout);
    uint32_t extended;

    if (at + 2 > end)
        return 0;
    if (!(flags_of(layout, start) & FLAG_EXTENDED))
        return at;
    extended = number16(layout->bytes.bytes + at);
    return layout->version >= 3 && !(extended & ~EXTENDED_KNOWN) ? at + 2 : 0;
}

/* An entry is filled up with one to eight NUL bytes: where the next starts, or
 * 0. */
static size_t behind(const struct index_layout *layout, size_t start,
                     size_t name, size_t size)
{
    size_t next = start + ((name - start + size + 8) & ~(size_t)7);

    return next <= end_of(layout) ? next : 0;
}

/* Where the entry behind this one starts, or 0. */
static size_t step(const struct index_layout *layout, size_t start)
{
    size_t name = start + ID_AT + layout->id_size + 2;
    uint32_t flags;

    if (name > end_of(layout))
        return 0;
    flags = number16(layout->bytes.bytes + name - 2);
    /* Nearly all of them, and there may be a million. */
    if (!(flags & FLAG_EXTENDED) && (flags & FLAG_NAME_SIZE) < FLAG_NAME_SIZE)
        return behind(layout, start, name, flags & FLAG_NAME_SIZE);
    name = name_start(layout, start);
    if (!name)
        return 0;
    if ((flags & FLAG_NAME_SIZE) < FLAG_NAME_SIZE)
        return behind(layout, start, name, flags & FLAG_NAME_SIZE);
    return behind(layout, start, name,
                  text_find(layout->bytes, '\0', name) - name);
}

/* Of version 4, how many bytes of the name before are not in this one. */
static bool take_cut(size_t *cut, struct text bytes, size_t *at)
{
    unsigned byte;

    *cut = 0;
    do {
        if (*at == bytes.size || *cut > UINT32_MAX)
            return false;
        byte = (unsigned char)bytes.bytes[(*at)++];
        *cut = (*cut << 7) + (byte & 0x7f) + (byte & 0x80 ? 1 : 0);
    } while (byte & 0x80);
    return true;
}

/* The name before, without its end, and this one's behind it. */
static bool add_name(struct index_layout *layout, uint32_t number, size_t cut,
                     struct text ending)
{
    struct buffer *names = &layout->names;
    size_t before = layout->name_starts[number ? number - 1 : 0];
    size_t kept = names->size - before;

    if (cut > kept)
        return false;
    kept -= cut;
    if (kept + ending.size > INDEX_NAMES_MAX - names->size)
        return false;
    layout->name_starts[number] = (uint32_t)names->size;
    buffer_extend(names, kept);
    memcpy(names->bytes + names->size - kept, names->bytes + before, kept);
    buffer_text(names, ending);
    layout->name_starts[number + 1] = (uint32_t)names->size;
    return true;
}

/* step, of version 4. */
static size_t step_prefixed(struct index_layout *layout, uint32_t number,
                            size_t start)
{
    struct text bytes = text_slice(layout->bytes, 0, end_of(layout));
    size_t at = name_start(layout, start), cut, end;

    if (!at || !take_cut(&cut, bytes, &at))
        return 0;
    end = text_find(bytes, '\0', at);
    if (end == bytes.size ||
        !add_name(layout, number, cut, text_slice(bytes, at, end)))
        return 0;
    return end + 1;
}

/* Where the extensions start, or 0. */
static size_t step_over(struct index_layout *layout)
{
    size_t count = layout->entries_count, at = HEADER_SIZE;

    if (count > layout->bytes.size / (ID_AT + layout->id_size))
        return 0;
    layout->starts = memory_new(count, sizeof(*layout->starts));
    if (layout->version >= VERSION_PREFIXED)
        layout->name_starts =
            memory_new(count + 1, sizeof(*layout->name_starts));
    for (uint32_t i = 0; at && i < count; i++) {
        layout->starts[i] = (uint32_t)at;
        at = layout->name_starts ? step_prefixed(layout, i, at)
                                 : step(layout, at);
    }
    return at;
}

static struct text path_of(const struct index_layout *layout, uint32_t number)
{
    size_t start, name, end;

    if (layout->name_starts)
        return text_slice(buffer_view(&layout->names),
                          layout->name_starts[number],
                          layout->name_starts[number + 1]);
    start = layout->starts[number];
    name = name_start(layout, start);
    end = text_find(layout->bytes, '\0', name);
    return text_slice(layout->bytes, name, end);
}

static bool is_known_mode(const struct index_layout *layout,
                          const struct index_entry *entry)
{
    if (entry->path.bytes[entry->path.size - 1] == '/')
        return layout->is_sparse && entry->mode == OBJECT_MODE_TREE;
    return entry->mode == (OBJECT_MODE_REGULAR | 0644) ||
           entry->mode == (OBJECT_MODE_REGULAR | 0755) ||
           entry->mode == OBJECT_MODE_SYMLINK ||
           entry->mode == OBJECT_MODE_GITLINK;
}

bool index_layout_entry(struct index_entry *entry,
                        const struct index_layout *layout, uint32_t number)
{
    size_t start = layout->starts[number];
    const char *at = layout->bytes.bytes + start;
    uint32_t flags = flags_of(layout, start), size = flags & FLAG_NAME_SIZE;

    *entry = (struct index_entry){ .path = path_of(layout, number),
                                   .mode = number32(at + MODE_AT),
                                   .id.size = (unsigned char)layout->id_size,
                                   .stage = flags >> FLAG_STAGE_AT & 3 };
    memcpy(entry->id.bytes, at + ID_AT, layout->id_size);
    if (flags & FLAG_EXTENDED)
        entry->is_intended =
            number16(at + ID_AT + layout->id_size + 2) & EXTENDED_INTENT;
    /* A split index has entries without a name. */
    return entry->path.size &&
           (entry->path.size < FLAG_NAME_SIZE ? entry->path.size
                                              : FLAG_NAME_SIZE) == size &&
           is_known_mode(layout, entry);
}

/* ---- extensions ---------------------------------------------------------- */

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
        if (rest->size < layout->id_size)
            return false;
        folder->entries_count = (size_t)entries;
        folder->id.size = (unsigned char)layout->id_size;
        memcpy(folder->id.bytes, rest->bytes, layout->id_size);
        skip(rest, layout->id_size);
    }
    while (folders--)
        if (!take_folder(layout, rest, depth + 1))
            return false;
    layout->folders[place].folders_count = layout->folders_count - place;
    return true;
}

static bool take_trees(struct index_layout *layout, struct text content)
{
    return !layout->folders_count && take_folder(layout, &content, 0) &&
           !content.size && !layout->folders[0].name.size;
}

/* What changes the meaning of the entries has a name with a small letter. */
static bool take_extension(struct index_layout *layout, struct text *rest)
{
    struct text name, content;
    size_t size;

    if (rest->size < EXTENSION_HEAD)
        return false;
    name = text_slice(*rest, 0, 4);
    size = number32(rest->bytes + 4);
    if (size > rest->size - EXTENSION_HEAD)
        return false;
    content = text_slice(*rest, EXTENSION_HEAD, EXTENSION_HEAD + size);
    skip(rest, EXTENSION_HEAD + size);
    if (text_equal(name, TEXT("TREE")))
        return take_trees(layout, content);
    if (text_equal(name, TEXT("link")))
        return layout->is_split = true;
    if (text_equal(name, TEXT("sdir")))
        return layout->is_sparse = true;
    return name.bytes[0] >= 'A' && name.bytes[0] <= 'Z';
}

bool index_layout_read(struct index_layout *layout, struct text bytes,
                       size_t id_size)
{
    struct text rest;
    size_t at;

    layout->bytes = bytes;
    layout->id_size = id_size;
    if (bytes.size < HEADER_SIZE + id_size || bytes.size > INDEX_SIZE_MAX ||
        !text_starts_with(bytes, TEXT("DIRC")))
        return false;
    layout->version = number32(bytes.bytes + 4);
    layout->entries_count = number32(bytes.bytes + 8);
    if (layout->version < 2 || layout->version > VERSION_PREFIXED)
        return false;
    at = step_over(layout);
    if (!at)
        return false;
    layout->entries_end = at;
    rest = text_slice(bytes, at, end_of(layout));
    while (rest.size)
        if (!take_extension(layout, &rest))
            return false;
    return true;
}

void index_layout_release(struct index_layout *layout)
{
    free(layout->folders);
    free(layout->starts);
    free(layout->name_starts);
    buffer_release(&layout->names);
    *layout = INDEX_LAYOUT_EMPTY;
}

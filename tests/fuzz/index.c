/*
 * Any bytes as an index: no entry, name or folder lies outside of it, and what
 * its folders are said to hold nests.
 */
#include "hooks/git/index_layout.h"

#include "tests/fuzz/fuzz.h"

static bool is_within(struct text part, struct text whole)
{
    return part.bytes >= whole.bytes &&
           part.bytes + part.size <= whole.bytes + whole.size;
}

static void read_entries(const struct index_layout *layout)
{
    struct text names = buffer_view(&layout->names);

    for (uint32_t i = 0; i < layout->entries_count; i++) {
        struct index_entry entry;

        if (!index_layout_entry(&entry, layout, i))
            continue;
        HOLDS(entry.path.size > 0 && entry.stage <= 3);
        HOLDS(entry.id.size == layout->id_size);
        HOLDS(is_within(entry.path,
                        layout->version == 4 ? names : layout->bytes));
        HOLDS(text_find(entry.path, '\0', 0) == entry.path.size);
    }
}

/* The folders below one end where it ends. */
static void walk_folders(const struct index_layout *layout)
{
    for (size_t i = 0; i < layout->folders_count; i++) {
        const struct index_folder *folder = &layout->folders[i];
        size_t at = 1;

        HOLDS(is_within(folder->name, layout->bytes));
        HOLDS(folder->id.size == 0 || folder->id.size == layout->id_size);
        HOLDS(folder->folders_count >= 1 &&
              folder->folders_count <= layout->folders_count - i);
        while (at < folder->folders_count)
            at += folder[at].folders_count;
        HOLDS(at == folder->folders_count);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text input = { (const char *)bytes, size };
    static const size_t sizes[] = { 20, 32 };

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct index_layout layout = INDEX_LAYOUT_EMPTY;

        if (index_layout_read(&layout, input, sizes[i])) {
            read_entries(&layout);
            walk_folders(&layout);
        }
        index_layout_release(&layout);
    }
    return 0;
}

#include "hooks/git/packs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/alternates.h"
#include "hooks/git/packs_parts.h"
#include "hooks/system/pool.h"

static void note(struct packs *packs, const char *path, const char *why)
{
    struct buffer gap = BUFFER_EMPTY;

    buffer_format(&gap, "%s: %s", path, why);
    *ARRAY_PUSH(packs->gaps.items) = buffer_detach(&gap);
}

/* What is out of order is not found by git either. To see it all ids are
 * read: not for a few objects, of which git is asked if they are not found. */
static bool is_in_order(const struct packs *packs, const struct pack *pack)
{
    return !packs->numbered || pack_index_is_sorted(&pack->index);
}

static void add_pack(struct packs *packs, const char *path)
{
    struct packs_list *list;
    struct pack pack;
    struct error err;
    int found = pack_open(&pack, path, packs->id_size, &err);

    if (found <= 0) {
        note(packs, path, found < 0 ? err.message : "it or its pack is gone");
        return;
    }
    if (!is_in_order(packs, &pack)) {
        note(packs, path, "the index of a pack is out of order");
        pack_close(&pack);
        return;
    }
    list = ARRAY_PUSH(packs->lists);
    list->pack = pack;
}

/* Of "pack-….pack" that there is "pack-….idx", too. */
static void check_index(struct packs *packs, const char *folder,
                        struct text name)
{
    struct buffer path = BUFFER_EMPTY;

    buffer_format(&path, "%s/pack/", folder);
    buffer_text(&path, text_slice(name, 0, name.size - (sizeof("pack") - 1)));
    buffer_string(&path, "idx");
    if (!disk_has(path.bytes))
        note(packs, path.bytes, "a pack has no index");
    buffer_release(&path);
}

static void add_packs(struct packs *packs, const char *folder)
{
    struct buffer path = BUFFER_EMPTY;
    struct dirent *entry;
    DIR *listing;

    buffer_format(&path, "%s/pack", folder);
    listing = opendir(path.bytes);
    if (!listing && errno != ENOENT)
        note(packs, path.bytes, "unreadable");
    while (listing && (errno = 0, entry = readdir(listing))) {
        struct text name = text_of(entry->d_name);

        if (text_ends_with(name, TEXT(".pack")))
            check_index(packs, folder, name);
        if (!text_ends_with(name, TEXT(".idx")))
            continue;
        buffer_clear(&path);
        buffer_format(&path, "%s/pack/%s", folder, entry->d_name);
        add_pack(packs, path.bytes);
    }
    if (listing && errno)
        note(packs, folder, "unreadable");
    if (listing)
        closedir(listing);
    buffer_release(&path);
}

static void add_loose(struct packs *packs, const char *folder)
{
    struct packs_list *list = ARRAY_PUSH(packs->lists);

    list->loose = true;
    list->pack = PACK_EMPTY;
    list->folder = folder;
    loose_list(&list->ids, folder, packs->id_size, &packs->gaps);
    list->types = memory_new(list->ids.count, 1);
}

/* Larger packs first: what is there twice is read with its neighbours. */
static int compare(const void *one, const void *two)
{
    const struct packs_list *a = one, *b = two;

    if (a->loose != b->loose)
        return a->loose - b->loose;
    if (a->pack.index.count != b->pack.index.count)
        return a->pack.index.count < b->pack.index.count ? 1 : -1;
    return 0;
}

static struct id_list ids_of(const struct packs_list *list)
{
    if (list->loose)
        return (struct id_list){ list->ids.ids, list->ids.count };
    return (struct id_list){ list->pack.index.count
                                 ? pack_index_id(&list->pack.index, 0)
                                 : NULL,
                             list->pack.index.count };
}

static int number(struct packs *packs, struct error *err)
{
    struct id_list *lists = memory_new(packs->lists_count, sizeof(*lists));
    uint64_t total = 0;

    for (size_t i = 0; i < packs->lists_count; i++) {
        lists[i] = ids_of(&packs->lists[i]);
        total += lists[i].count;
    }
    if (total < PACK_INDEX_COUNT_MAX)
        id_table_open(&packs->table, lists, packs->lists_count, packs->id_size);
    free(lists);
    return total < PACK_INDEX_COUNT_MAX
               ? 0
               : error_set(err, ERROR_LIMIT, "too many objects");
}

static struct packs *begin(const char *folder, size_t id_size, bool numbered)
{
    struct packs *packs = memory_new(1, sizeof(*packs));

    packs->id_size = id_size;
    packs->numbered = numbered;
    alternates_list(&packs->folders, &packs->gaps, folder);
    for (size_t i = 0; i < packs->folders.items_count; i++) {
        add_packs(packs, packs->folders.items[i]);
        if (numbered)
            add_loose(packs, packs->folders.items[i]);
    }
    return packs;
}

/* Threads that share one list while its ids are read alone. */
struct ahead {
    struct packs_list *list;
    unsigned threads;
};

static void open_ahead(void *job)
{
    struct ahead *ahead = job;

    packs_list_forest(ahead->list, ahead->threads);
}

static int number_beside(struct packs *packs, unsigned threads,
                         struct error *err)
{
    struct ahead ahead = { packs->lists, threads };
    struct pool *pool;
    int result;

    if (packs->lists_count == 0 || packs->lists[0].loose)
        return number(packs, err);
    pool = pool_open(pool_threads(threads) > 1 ? 2 : 1, open_ahead);
    pool_give(pool, &ahead, 0, SIZE_MAX);
    result = number(packs, err);
    pool_close(pool);
    return result;
}

int packs_open(struct packs **packs, const char *folder, size_t id_size,
               unsigned threads, struct error *err)
{
    struct packs *made = begin(folder, id_size, true);

    if (made->lists_count)
        qsort(made->lists, made->lists_count, sizeof(*made->lists), compare);
    if (number_beside(made, threads, err) == 0) {
        *packs = made;
        return 0;
    }
    packs_close(made);
    return -1;
}

struct packs *packs_open_unnumbered(const char *folder, size_t id_size)
{
    return begin(folder, id_size, false);
}

void packs_end_walks(struct packs *packs)
{
    for (size_t i = 0; i < packs->lists_count; i++) {
        struct packs_list *list = &packs->lists[i];

        forest_close(list->forest);
        list->forest = NULL;
        pack_close(&list->pack);
    }
}

void packs_close(struct packs *packs)
{
    if (!packs)
        return;
    packs_end_walks(packs);
    for (size_t i = 0; i < packs->lists_count; i++) {
        loose_list_release(&packs->lists[i].ids);
        free(packs->lists[i].types);
    }
    free(packs->lists);
    id_table_close(&packs->table);
    paths_release(&packs->folders);
    paths_release(&packs->gaps);
    free(packs);
}

uint32_t packs_count(const struct packs *packs)
{
    return packs->table.count;
}

uint32_t packs_find(const struct packs *packs, const struct object_id *id)
{
    return id->size == packs->id_size ? id_table_find(&packs->table, id->bytes)
                                      : PACKS_NONE;
}

void packs_find_all(const struct packs *packs, const unsigned char *ids,
                    size_t count, uint32_t *numbers)
{
    id_table_find_all(&packs->table, ids, count, numbers);
}

void packs_id(const struct packs *packs, uint32_t number, struct object_id *id)
{
    *id = (struct object_id){ .size = (unsigned char)packs->id_size };
    memcpy(id->bytes, id_table_id(&packs->table, number), packs->id_size);
}

const struct paths *packs_folders(const struct packs *packs)
{
    return &packs->folders;
}

const struct paths *packs_gaps(const struct packs *packs)
{
    return &packs->gaps;
}

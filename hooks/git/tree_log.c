#include "hooks/git/tree_log.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/tree_changes.h"

/* Where a tree's changes are, up to those of the next one of its worker. */
struct tree_log_entry {
    uint32_t object;
    uint32_t base;   /* an object, or TREE_LOG_NONE; in the end, its place */
    uint32_t first;  /* change of the worker */
    uint32_t worker; /* its number */
};

#define AT_ONCE  64                  /* objects that are found together */
#define KEPT_MAX ((size_t)256 << 10) /* larger starts are not used again */

/* What is handed over for differences from a tree; then idle, until the thread
 * that was told so has another tree. */
struct kept {
    struct tree_starts starts;
    struct kept *next;
};

/* What one thread met. Its own numbers of names, and of missing objects from
 * objects_count on, are replaced at the end. */
struct tree_log_worker {
    struct intern names, missing;
    struct tree_log_entry *entries;
    size_t entries_count, entries_room;
    struct tree_log_change *changes;
    size_t changes_count, changes_room;
    /* Changes whose child is not found yet, and the ids of these. */
    size_t open[AT_ONCE];
    unsigned char ids[AT_ONCE * OBJECT_ID_MAX];
    size_t open_count;
    struct kept *idle;
};

/* One tree that is looked at. */
struct visit {
    struct tree_log *log;
    struct tree_log_worker *worker;
};

#define NAMES_MAX   (UINT32_C(1) << 30)
#define CHANGES_MAX (UINT32_MAX - 1)

void tree_log_begin(struct tree_log *log, unsigned threads)
{
    log->workers_count = threads;
    log->workers = memory_new(threads, sizeof(*log->workers));
    log->places = memory_new(log->objects_count, sizeof(*log->places));
}

static void find_children(const struct tree_log *log,
                          struct tree_log_worker *worker)
{
    uint32_t numbers[AT_ONCE];

    log->find(log->objects, worker->ids, worker->open_count, numbers);
    for (size_t i = 0; i < worker->open_count; i++) {
        const unsigned char *id = worker->ids + i * log->id_size;

        if (numbers[i] == TREE_LOG_NONE)
            numbers[i] =
                log->objects_count +
                intern_add(&worker->missing,
                           (struct text){ (const char *)id, log->id_size });
        worker->changes[worker->open[i]].child = numbers[i];
    }
    worker->open_count = 0;
}

/* The child of the last change is to be found. */
static void open_child(const struct visit *visit, const struct object_id *id)
{
    struct tree_log_worker *worker = visit->worker;

    if (worker->open_count == AT_ONCE)
        find_children(visit->log, worker);
    memcpy(worker->ids + worker->open_count * visit->log->id_size, id->bytes,
           visit->log->id_size);
    worker->open[worker->open_count++] = worker->changes_count - 1;
}

static void forget_changes(struct tree_log_worker *worker, size_t first)
{
    worker->changes_count = first;
    while (worker->open_count && worker->open[worker->open_count - 1] >= first)
        worker->open_count--;
}

static void note(void *payload, const struct tree_entry *entry, bool gone)
{
    struct visit *visit = payload;
    uint32_t type = entry->mode & OBJECT_MODE_TYPE;
    bool folder = type == OBJECT_MODE_TREE;

    if (!folder && filetype_of_path(entry->name) == FILETYPE_OTHER)
        return;
    /* A file that became a link is gone. */
    if (!folder && type != OBJECT_MODE_REGULAR)
        gone = true;
    *ARRAY_PUSH(visit->worker->changes) = (struct tree_log_change){
        .name =
            intern_add(&visit->worker->names, entry->name) & (NAMES_MAX - 1),
        .folder = folder,
        .child = TREE_LOG_NONE,
    };
    if (!gone)
        open_child(visit, &entry->id);
}

static struct kept *take_kept(struct tree_log_worker *worker)
{
    struct kept *kept = worker->idle;

    if (!kept)
        return memory_new(1, sizeof(*kept));
    worker->idle = kept->next;
    return kept;
}

static void forget_kept(struct kept *kept)
{
    tree_starts_release(&kept->starts);
    free(kept);
}

void tree_log_leave(struct tree_log *log, unsigned worker, void *data)
{
    struct tree_log_worker *mine = &log->workers[worker];
    struct kept *kept = data;

    if (!kept)
        return;
    if (kept->starts.at_room > KEPT_MAX / sizeof(*kept->starts.at)) {
        forget_kept(kept);
        return;
    }
    kept->next = mine->idle;
    mine->idle = kept;
}

void *tree_log_enter(struct tree_log *log, unsigned worker, uint32_t number,
                     struct text bytes, uint32_t base, struct text base_bytes,
                     void *base_data)
{
    struct visit visit = { log, &log->workers[worker] };
    const struct tree_starts none = { .at = NULL };
    struct kept *of_base = base_data, *kept = take_kept(visit.worker);
    size_t first = visit.worker->changes_count;

    /* What differs from a tree that was not recorded is nothing to go by. */
    if (!of_base) {
        base = TREE_LOG_NONE;
        base_bytes = TEXT_EMPTY;
    }
    if (tree_changes(base_bytes, of_base ? &of_base->starts : &none, bytes,
                     &kept->starts, log->id_size, note, &visit) < 0 ||
        visit.worker->changes_count > CHANGES_MAX) {
        forget_changes(visit.worker, first);
        tree_log_leave(log, worker, kept);
        return NULL;
    }
    *ARRAY_PUSH(visit.worker->entries) =
        (struct tree_log_entry){ number, base, (uint32_t)first, worker };
    return kept;
}

/* For each number of `some` the number in `all`. */
static uint32_t *join(struct intern *all, const struct intern *some)
{
    uint32_t count = intern_count(some);
    uint32_t *numbers = memory_new(count, sizeof(*numbers));

    for (uint32_t i = 0; i < count; i++)
        numbers[i] = intern_add(all, intern_text(some, i));
    return numbers;
}

static void renumber_change(const struct tree_log *log,
                            struct tree_log_change *change,
                            const uint32_t *names, const uint32_t *missing)
{
    change->name = names[change->name] & (NAMES_MAX - 1);
    if (change->child >= log->objects_count) {
        if (change->child != TREE_LOG_NONE)
            change->child = log->objects_count +
                            missing[change->child - log->objects_count];
    } else if (change->folder && log->places[change->child]) {
        change->placed = true;
        change->child = log->places[change->child] - 1;
    }
}

static void forget_idle(struct tree_log_worker *worker)
{
    while (worker->idle) {
        struct kept *kept = worker->idle;

        worker->idle = kept->next;
        forget_kept(kept);
    }
}

static void renumber(struct tree_log *log, struct tree_log_worker *worker)
{
    uint32_t *names = join(&log->names, &worker->names);
    uint32_t *missing = join(&log->missing, &worker->missing);

    for (size_t i = 0; i < worker->changes_count; i++)
        renumber_change(log, &worker->changes[i], names, missing);
    free(names);
    free(missing);
    intern_release(&worker->names);
    intern_release(&worker->missing);
}

/* All entries in a row, those of each worker in their order. */
static void place_entries(struct tree_log *log)
{
    size_t count = 0;

    for (unsigned i = 0; i < log->workers_count; i++)
        count += log->workers[i].entries_count;
    log->entries = memory_new(count, sizeof(*log->entries));
    for (unsigned i = 0; i < log->workers_count; i++) {
        struct tree_log_worker *worker = &log->workers[i];

        for (size_t k = 0; k < worker->entries_count; k++) {
            log->entries[log->count++] = worker->entries[k];
            log->places[worker->entries[k].object] = log->count;
        }
        free(worker->entries);
        worker->entries = NULL;
    }
    for (uint32_t place = 0; place < log->count; place++) {
        struct tree_log_entry *entry = &log->entries[place];

        if (entry->base != TREE_LOG_NONE)
            entry->base = tree_log_place(log, entry->base);
    }
}

void tree_log_end(struct tree_log *log)
{
    for (unsigned i = 0; i < log->workers_count; i++) {
        find_children(log, &log->workers[i]);
        forget_idle(&log->workers[i]);
    }
    place_entries(log);
    for (unsigned i = 0; i < log->workers_count; i++)
        renumber(log, &log->workers[i]);
    log->filetypes = memory_new(intern_count(&log->names), 1);
    for (uint32_t i = 0; i < intern_count(&log->names); i++)
        log->filetypes[i] =
            (unsigned char)filetype_of_path(intern_text(&log->names, i));
}

uint32_t tree_log_place(const struct tree_log *log, uint32_t object)
{
    uint32_t place = object < log->objects_count ? log->places[object] : 0;

    return place ? place - 1 : TREE_LOG_NONE;
}

struct tree_log_record tree_log_get(const struct tree_log *log, uint32_t place)
{
    const struct tree_log_entry *entry = &log->entries[place];
    const struct tree_log_worker *worker = &log->workers[entry->worker];
    bool last = place + 1 == log->count || entry[1].worker != entry->worker;
    size_t end = last ? worker->changes_count : entry[1].first;

    return (struct tree_log_record){
        .object = entry->object,
        .base = entry->base,
        .count = (uint32_t)(end - entry->first),
        .changes = worker->changes ? worker->changes + entry->first : NULL,
    };
}

const struct tree_log_change *tree_log_changes(const struct tree_log *log,
                                               unsigned part, size_t *count)
{
    static const struct tree_log_change none;
    const struct tree_log_worker *worker;

    if (part >= log->workers_count)
        return NULL;
    worker = &log->workers[part];
    *count = worker->changes_count;
    return worker->changes ? worker->changes : &none;
}

void tree_log_release(struct tree_log *log)
{
    for (unsigned i = 0; i < log->workers_count; i++) {
        forget_idle(&log->workers[i]);
        free(log->workers[i].entries);
        free(log->workers[i].changes);
    }
    free(log->workers);
    free(log->places);
    free(log->entries);
    free(log->filetypes);
    intern_release(&log->names);
    intern_release(&log->missing);
    *log = (struct tree_log){ .workers = NULL };
}

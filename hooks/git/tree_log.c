#include "hooks/git/tree_log.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "hooks/git/tree_changes.h"

/* Where a tree's changes are. */
struct tree_log_entry {
    uint32_t base, first, count;
    uint32_t worker; /* its number plus one; 0: not recorded */
};

#define AT_ONCE 64 /* objects that are found together */

/* What one thread met. Its own numbers of names, and of missing objects from
 * objects_count on, are replaced at the end. */
struct tree_log_worker {
    struct intern names, missing;
    struct tree_log_change *changes;
    size_t changes_count, changes_room;
    /* Changes whose child is not found yet, and the ids of these. */
    size_t open[AT_ONCE];
    unsigned char ids[AT_ONCE * OBJECT_ID_MAX];
    size_t open_count;
};

/* One tree that is looked at. */
struct visit {
    struct tree_log *log;
    struct tree_log_worker *worker;
};

#define NAMES_MAX   (UINT32_C(1) << 31)
#define CHANGES_MAX (UINT32_MAX - 1)

void tree_log_begin(struct tree_log *log, unsigned threads)
{
    log->workers_count = threads;
    log->workers = memory_new(threads, sizeof(*log->workers));
    log->entries = memory_new(log->objects_count, sizeof(*log->entries));
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

void *tree_log_enter(struct tree_log *log, unsigned worker, uint32_t number,
                     struct text bytes, uint32_t base, struct text base_bytes,
                     void *base_data)
{
    struct visit visit = { log, &log->workers[worker] };
    const struct tree_starts none = { .at = NULL };
    struct tree_starts *starts = memory_new(1, sizeof(*starts));
    size_t first = visit.worker->changes_count, count;

    /* What differs from a tree that was not recorded is nothing to go by. */
    if (!base_data) {
        base = TREE_LOG_NONE;
        base_bytes = TEXT_EMPTY;
    }
    if (tree_changes(base_bytes, base_data ? base_data : &none, bytes, starts,
                     log->id_size, note, &visit) < 0 ||
        visit.worker->changes_count > CHANGES_MAX) {
        forget_changes(visit.worker, first);
        tree_log_leave(starts);
        return NULL;
    }
    count = visit.worker->changes_count - first;
    log->entries[number] =
        (struct tree_log_entry){ base, (uint32_t)first, (uint32_t)count,
                                 worker + 1 };
    return starts;
}

void tree_log_leave(void *data)
{
    struct tree_starts *starts = data;

    if (starts)
        tree_starts_release(starts);
    free(starts);
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

static void renumber(struct tree_log *log, struct tree_log_worker *worker)
{
    uint32_t *names, *missing;

    find_children(log, worker);
    names = join(&log->names, &worker->names);
    missing = join(&log->missing, &worker->missing);
    for (size_t i = 0; i < worker->changes_count; i++) {
        struct tree_log_change *change = &worker->changes[i];

        change->name = names[change->name] & (NAMES_MAX - 1);
        if (change->child != TREE_LOG_NONE &&
            change->child >= log->objects_count)
            change->child = log->objects_count +
                            missing[change->child - log->objects_count];
    }
    free(names);
    free(missing);
    intern_release(&worker->names);
    intern_release(&worker->missing);
}

void tree_log_end(struct tree_log *log)
{
    for (unsigned i = 0; i < log->workers_count; i++)
        renumber(log, &log->workers[i]);
    log->filetypes = memory_new(intern_count(&log->names), 1);
    for (uint32_t i = 0; i < intern_count(&log->names); i++)
        log->filetypes[i] =
            (unsigned char)filetype_of_path(intern_text(&log->names, i));
}

bool tree_log_get(const struct tree_log *log, uint32_t number,
                  struct tree_log_record *record)
{
    const struct tree_log_worker *worker;
    const struct tree_log_entry *entry;

    if (number >= log->objects_count || !log->entries[number].worker)
        return false;
    entry = &log->entries[number];
    worker = &log->workers[entry->worker - 1];
    *record = (struct tree_log_record){
        .base = entry->base,
        .count = entry->count,
        .changes = entry->count ? worker->changes + entry->first : NULL,
    };
    return true;
}

void tree_log_expect(const struct tree_log *log, uint32_t number)
{
    __builtin_prefetch(&log->entries[number]);
}

void tree_log_release(struct tree_log *log)
{
    for (unsigned i = 0; i < log->workers_count; i++)
        free(log->workers[i].changes);
    free(log->workers);
    free(log->entries);
    free(log->filetypes);
    intern_release(&log->names);
    intern_release(&log->missing);
    *log = (struct tree_log){ .workers = NULL };
}

#include "hooks/git/commit_log.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/memory.h"

/* Where the record of a commit is. */
struct commit_log_entry {
    uint32_t worker; /* its number plus one; 0: none */
    uint32_t at;     /* in its heads */
};

struct head {
    int64_t committed;
    size_t ids; /* where they begin: of the tree, of the parents */
    uint32_t parents_count;
};

struct commit_log_worker {
    struct head *heads;
    size_t heads_count, heads_room;
    struct buffer ids;
};

void commit_log_begin(struct commit_log *log, size_t id_size,
                      uint32_t objects_count, unsigned threads)
{
    *log = (struct commit_log){
        .id_size = id_size,
        .objects_count = objects_count,
        .workers = memory_new(threads, sizeof(*log->workers)),
        .workers_count = threads,
        .entries = memory_new(objects_count, sizeof(*log->entries)),
    };
}

void commit_log_enter(struct commit_log *log, unsigned worker, uint32_t number,
                      struct text bytes)
{
    struct commit_log_worker *mine = &log->workers[worker];
    struct commit_view view;
    struct object_id parent;
    struct head *head;

    if (number >= log->objects_count || commit_parse(&view, bytes) < 0 ||
        view.tree.size != log->id_size || mine->heads_count >= UINT32_MAX)
        return;
    head = ARRAY_PUSH(mine->heads);
    head->committed = view.committed;
    head->ids = mine->ids.size;
    buffer_append(&mine->ids, view.tree.bytes, log->id_size);
    for (; commit_next_parent(&parent, &view.parents) == 1;
         head->parents_count++) {
        if (parent.size != log->id_size)
            return;
        buffer_append(&mine->ids, parent.bytes, log->id_size);
    }
    log->entries[number] =
        (struct commit_log_entry){ worker + 1,
                                   (uint32_t)mine->heads_count - 1 };
}

bool commit_log_get(const struct commit_log *log, uint32_t number,
                    struct commit_log_record *record)
{
    const struct commit_log_worker *worker;
    const struct commit_log_entry *entry;
    const struct head *head;

    if (number >= log->objects_count || !log->entries[number].worker)
        return false;
    entry = &log->entries[number];
    worker = &log->workers[entry->worker - 1];
    head = &worker->heads[entry->at];
    record->committed = head->committed;
    record->parents_count = head->parents_count;
    record->tree = (const unsigned char *)worker->ids.bytes + head->ids;
    record->parents = record->tree + log->id_size;
    return true;
}

void commit_log_release(struct commit_log *log)
{
    for (unsigned i = 0; i < log->workers_count; i++) {
        free(log->workers[i].heads);
        buffer_release(&log->workers[i].ids);
    }
    free(log->workers);
    free(log->entries);
    *log = (struct commit_log){ .workers = NULL };
}

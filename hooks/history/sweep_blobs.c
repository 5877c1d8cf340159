#include "hooks/history/sweep_blobs.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/facts/memo.h"
#include "core/facts/scan.h"
#include "core/source/filetype.h"
#include "core/source/literal.h"
#include "hooks/system/pool.h"

/* A verdict from FOUND on: FOUND + place * POOL_THREADS_MAX + worker. */
enum { UNREAD, CLEAN, FOUND };

#define FOUND_MAX ((UINT32_MAX - FOUND) / POOL_THREADS_MAX)

struct sweep_blobs_worker {
    struct sweep_blob *found;
    size_t found_count, found_room;
};

void sweep_blobs_begin(struct sweep_blobs *blobs, uint32_t objects_count,
                       unsigned threads)
{
    *blobs = (struct sweep_blobs){
        .objects_count = objects_count,
        .verdicts = memory_new(objects_count, sizeof(*blobs->verdicts)),
        .workers = memory_new(threads, sizeof(*blobs->workers)),
        .workers_count = threads,
        .memo = memo_open(),
    };
}

static void find(struct sweep_blobs *blobs, unsigned worker, uint32_t number,
                 struct text bytes, bool shebang)
{
    struct sweep_blobs_worker *mine = &blobs->workers[worker];
    struct sweep_blob blob = { .known = UINT32_MAX, .shebang = shebang };

    blob.failed = scan_findings(bytes, blobs->memo, &blob.facts, &blob.err) < 0;
    if (mine->found_count >= FOUND_MAX) {
        facts_release(&blob.facts);
        return;
    }
    blobs->verdicts[number] =
        (uint32_t)(FOUND + mine->found_count * POOL_THREADS_MAX + worker);
    *ARRAY_PUSH(mine->found) = blob;
}

enum literal_glance *sweep_blobs_enter(struct sweep_blobs *blobs,
                                       unsigned worker, uint32_t number,
                                       struct text bytes, bool by_name,
                                       enum literal_glance *idle)
{
    static enum literal_glance least[] = { LITERAL_NONE, LITERAL_LONE };
    bool shebang = filetype_has_shebang(bytes);
    enum literal_glance glance = LITERAL_NONE;

    if (!idle && (by_name || shebang)) {
        glance = literal_glance(bytes);
        idle = glance <= LITERAL_LONE ? &least[glance] : NULL;
    }
    if (scan_worthwhile_glanced(bytes, glance))
        find(blobs, worker, number, bytes, shebang);
    else
        blobs->verdicts[number] = CLEAN;
    return idle;
}

void sweep_blobs_end(struct sweep_blobs *blobs)
{
    memo_close(blobs->memo);
    blobs->memo = NULL;
}

enum sweep_verdict sweep_blobs_get(struct sweep_blobs *blobs, uint32_t number,
                                   struct sweep_blob **blob)
{
    uint32_t verdict =
        number < blobs->objects_count ? blobs->verdicts[number] : UNREAD;

    if (verdict < FOUND)
        return verdict == CLEAN ? SWEEP_CLEAN : SWEEP_UNREAD;
    verdict -= FOUND;
    *blob = &blobs->workers[verdict % POOL_THREADS_MAX]
                 .found[verdict / POOL_THREADS_MAX];
    return SWEEP_KNOWN;
}

uint64_t sweep_blobs_analysed(const struct sweep_blobs *blobs)
{
    uint64_t count = 0;

    for (unsigned i = 0; i < blobs->workers_count; i++)
        count += blobs->workers[i].found_count;
    return count;
}

void sweep_blobs_release(struct sweep_blobs *blobs)
{
    for (unsigned i = 0; i < blobs->workers_count; i++) {
        struct sweep_blobs_worker *worker = &blobs->workers[i];

        for (size_t k = 0; k < worker->found_count; k++)
            facts_release(&worker->found[k].facts);
        free(worker->found);
    }
    free(blobs->workers);
    free(blobs->verdicts);
    memo_close(blobs->memo);
    *blobs = (struct sweep_blobs){ .workers = NULL };
}

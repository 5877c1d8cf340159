#include "hooks/history/sweep.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/memory.h"
#include "hooks/git/packs.h"
#include "hooks/git/repo.h"
#include "hooks/history/glance.h"
#include "hooks/system/pool.h"

#define TICK_NS   100000000L /* between two looks at the progress */
#define SECOND_NS 1000000000L

struct object_id sweep_id(const struct sweep *sweep, uint32_t number)
{
    struct object_id id = { .size = (unsigned char)sweep->trees.id_size };
    uint32_t count = sweep->trees.objects_count;

    if (number < count)
        packs_id(sweep->packs, number, &id);
    else
        memcpy(id.bytes,
               intern_text(&sweep->trees.missing, number - count).bytes,
               id.size);
    return id;
}

static void find(const void *packs, const unsigned char *ids, size_t count,
                 uint32_t *numbers)
{
    packs_find_all(packs, ids, count, numbers);
}

uint32_t sweep_find(const struct sweep *sweep, const struct object_id *id)
{
    return packs_find(sweep->packs, id);
}

void sweep_find_all(const struct sweep *sweep, struct text ids, size_t count,
                    uint32_t *numbers)
{
    packs_find_all(sweep->packs, (const unsigned char *)ids.bytes, count,
                   numbers);
}

/* One walk through all packs, watched by a thread of its own. */
struct pass {
    struct sweep *sweep;
    const struct history_options *options;
    const char *what;
    atomic_size_t total; /* 0: not known yet */
    atomic_size_t done;
    sem_t ended; /* of the watched */
};

/* Wait for the end, or for the next look: nobody waits for a tick. */
static bool is_ended(struct pass *pass)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += TICK_NS;
    until.tv_sec += until.tv_nsec / SECOND_NS;
    until.tv_nsec %= SECOND_NS;
    return sem_timedwait(&pass->ended, &until) == 0;
}

static void *watch(void *payload)
{
    struct pass *pass = payload;

    do
        pass->options->progress(pass->options->payload, pass->what,
                                atomic_load(&pass->done),
                                atomic_load(&pass->total));
    while (!is_ended(pass));
    return NULL;
}

static bool has_bit(const uint64_t *bits, uint32_t number)
{
    return bits[number / 64] >> number % 64 & 1;
}

static void set_bit(uint64_t *bits, uint32_t number)
{
    bits[number / 64] |= UINT64_C(1) << number % 64;
}

static uint64_t *bits_for(uint32_t count)
{
    return memory_new(count / 64 + 1, sizeof(uint64_t));
}

static void walk(struct pass *pass, unsigned types, const uint64_t *wanted,
                 const struct forest_visitor *visitor)
{
    const struct forest_walk walk = {
        .types = types,
        .size_max = ANALYSE_READ_MAX,
        .wanted = wanted,
        .threads = pass->options->threads,
        .done = &pass->done,
    };
    pthread_t watcher;
    bool watched = pass->options->progress &&
                   sem_init(&pass->ended, 0, 0) == 0 &&
                   pthread_create(&watcher, NULL, watch, pass) == 0;

    if (watched && !wanted)
        atomic_store(&pass->total,
                     packs_expect(pass->sweep->packs, types, walk.threads));
    packs_walk(pass->sweep->packs, &walk, visitor);
    if (watched) {
        sem_post(&pass->ended);
        pthread_join(watcher, NULL);
        sem_destroy(&pass->ended);
    }
}

/* What is skipped is read by whoever needs it. */
static void skip(void *payload, unsigned worker, uint32_t number,
                 enum forest_reason reason)
{
    (void)payload;
    (void)worker;
    (void)number;
    (void)reason;
}

static void *enter_graph(void *payload, unsigned worker,
                         const struct forest_object *object,
                         const struct forest_object *base, void *base_data)
{
    struct sweep *sweep = payload;

    if (object->type == OBJECT_TREE)
        return tree_log_enter(&sweep->trees, worker, object->number,
                              object->bytes, base ? base->number : SWEEP_NONE,
                              base ? base->bytes : TEXT_EMPTY, base_data);
    commit_log_enter(&sweep->commits, worker, object->number, object->bytes);
    return NULL;
}

static void leave_graph(void *payload, unsigned worker, void *data)
{
    struct sweep *sweep = payload;

    tree_log_leave(&sweep->trees, worker, data);
}

static void walk_graph(struct sweep *sweep,
                       const struct history_options *options)
{
    struct pass pass = {
        .sweep = sweep,
        .options = options,
        .what = "commits and trees",
    };
    const struct forest_visitor visitor = {
        .enter = enter_graph,
        .leave = leave_graph,
        .skip = skip,
        .payload = sweep,
    };

    walk(&pass, FOREST_TYPE(OBJECT_TREE) | FOREST_TYPE(OBJECT_COMMIT), NULL,
         &visitor);
    tree_log_end(&sweep->trees);
}

/* Returns what a look at the blob found if that is LITERAL_LONE at most. */
static void *enter_blob(void *payload, unsigned worker,
                        const struct forest_object *object,
                        const struct forest_object *base, void *base_data)
{
    struct sweep *sweep = payload;
    enum literal_glance *of_base = base_data, *found = of_base;

    if (found) {
        const struct glance glance = { *found, base->bytes };

        if (!glance_is_no_more(&glance, object->bytes, object->delta))
            found = NULL;
    }
    return sweep_blobs_enter(&sweep->blobs, worker, object->number,
                             object->bytes,
                             has_bit(sweep->python, object->number), found);
}

static void note_files(const struct tree_log *log, unsigned part,
                       uint64_t *files, uint64_t *python)
{
    size_t count;
    const struct tree_log_change *changes = tree_log_changes(log, part, &count);

    for (size_t i = 0; i < count; i++) {
        const struct tree_log_change *change = &changes[i];

        if (change->folder || change->child >= log->objects_count)
            continue;
        set_bit(files, change->child);
        if (log->filetypes[change->name] == FILETYPE_PYTHON)
            set_bit(python, change->child);
    }
}

static uint64_t count_bits(const uint64_t *bits, uint32_t count)
{
    uint64_t set = 0;

    for (uint32_t i = 0; i < count / 64 + 1; i++)
        set += (uint64_t)__builtin_popcountll(bits[i]);
    return set;
}

/* Which blobs has a tree under a name that may be Python's, or is? */
static uint64_t *find_files(struct sweep *sweep, struct report_stats *stats)
{
    const struct tree_log *log = &sweep->trees;
    uint64_t *files = bits_for(log->objects_count);
    uint64_t *python = bits_for(log->objects_count);

    for (unsigned part = 0; part < log->workers_count; part++)
        note_files(log, part, files, python);
    stats->files += count_bits(files, log->objects_count);
    stats->python_files += count_bits(python, log->objects_count);
    sweep->python = python;
    return files;
}

/*
 * The walk through the blobs, which needs nothing of who opened the sweep.
 * Once it is over, what came of them is the sweep's, and the thread of the walk
 * gives back what only that took.
 */
struct sweep_walk {
    struct sweep *sweep;
    struct history_options options;
    struct report_stats *stats;
    uint64_t *files;
    sem_t over;
    pthread_t thread;
    bool has_thread, waited;
};

static void *walk_blobs(void *payload)
{
    struct sweep_walk *blobs = payload;
    struct pass pass = {
        .sweep = blobs->sweep,
        .options = &blobs->options,
        .what = "file versions",
        .total = blobs->stats->files,
    };
    const struct forest_visitor visitor = {
        .enter = enter_blob,
        .skip = skip,
        .payload = blobs->sweep,
    };

    walk(&pass, FOREST_TYPE(OBJECT_BLOB), blobs->files, &visitor);
    sem_post(&blobs->over);
    sweep_blobs_end(&blobs->sweep->blobs);
    packs_end_walks(blobs->sweep->packs);
    return NULL;
}

static void begin_blobs(struct sweep *sweep,
                        const struct history_options *options,
                        struct report_stats *stats)
{
    struct sweep_walk *blobs = memory_new(1, sizeof(*blobs));

    *blobs = (struct sweep_walk){ .sweep = sweep,
                                  .options = *options,
                                  .stats = stats,
                                  .files = find_files(sweep, stats) };
    sweep->walk = blobs;
    if (sem_init(&blobs->over, 0, 0) != 0)
        abort();
    blobs->has_thread =
        pool_threads(options->threads) > 1 &&
        pthread_create(&blobs->thread, NULL, walk_blobs, blobs) == 0;
    if (!blobs->has_thread)
        walk_blobs(blobs);
}

void sweep_wait(struct sweep *sweep)
{
    struct sweep_walk *blobs = sweep->walk;

    if (blobs->waited)
        return;
    while (sem_wait(&blobs->over) != 0)
        ;
    blobs->waited = true;
    blobs->stats->parsed += sweep_blobs_analysed(&sweep->blobs);
    free(blobs->files);
    free(sweep->python);
    sweep->python = NULL;
}

static void end_walk(struct sweep *sweep)
{
    sweep_wait(sweep);
    if (sweep->walk->has_thread)
        pthread_join(sweep->walk->thread, NULL);
    sem_destroy(&sweep->walk->over);
    free(sweep->walk);
}

struct sweep *sweep_open(struct repo *repo,
                         const struct history_options *options,
                         struct report *report)
{
    struct sweep *sweep = memory_new(1, sizeof(*sweep));
    unsigned threads = pool_threads(options->threads);
    size_t id_size = repo_id_size(repo);
    struct error ignored;
    uint32_t count;

    if (packs_open(&sweep->packs, repo_objects_dir(repo), id_size, threads,
                   &ignored) < 0) {
        free(sweep);
        return NULL;
    }
    count = packs_count(sweep->packs);
    commit_log_begin(&sweep->commits, id_size, count, threads);
    sweep->trees = (struct tree_log){
        .id_size = id_size,
        .objects_count = count,
        .find = find,
        .objects = sweep->packs,
    };
    tree_log_begin(&sweep->trees, threads);
    sweep_blobs_begin(&sweep->blobs, count, threads);
    walk_graph(sweep, options);
    begin_blobs(sweep, options, &report->stats);
    return sweep;
}

uint32_t sweep_blob(struct sweep *sweep, struct history_blobs *blobs,
                    uint32_t number, struct text name)
{
    struct object_id id;
    struct sweep_blob *blob;

    sweep_wait(sweep);
    switch (sweep_blobs_get(&sweep->blobs, number, &blob)) {
    case SWEEP_UNREAD:
        id = sweep_id(sweep, number);
        return blobs_add(blobs, &id);
    case SWEEP_CLEAN:
        return INTERN_NONE;
    case SWEEP_KNOWN:
        break;
    }
    if (blob->known == INTERN_NONE) {
        id = sweep_id(sweep, number);
        blob->known = blobs_know(blobs, &id, blob->failed ? NULL : &blob->facts,
                                 &blob->err, blob->shebang);
    }
    return blobs_look(blobs, blob->known, name) ? blob->known : INTERN_NONE;
}

void sweep_close(struct sweep *sweep)
{
    if (!sweep)
        return;
    end_walk(sweep);
    commit_log_release(&sweep->commits);
    tree_log_release(&sweep->trees);
    sweep_blobs_release(&sweep->blobs);
    packs_close(sweep->packs);
    free(sweep);
}

#include "hooks/scan/reader.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/source/filetype.h"
#include "hooks/system/pool.h"
#include "hooks/system/regular.h"

/* Files that are read before the first one is visited, and by one job. */
#define BATCH 128
#define JOB   8

/* Memory that is kept for the next file: of each in a batch, so that all of it
   stays small however large the largest files are. */
#define ROOM_KEPT_MAX (64U << 10)

struct job {
    struct reader *reader;
    size_t first, count; /* of reader.files */
};

struct reader {
    const struct reader_visitor *visitor;
    size_t size_max;
    unsigned threads;
    struct pool *pool;
    struct reader_file files[BATCH];
    size_t count, given; /* files, and how many of them to the pool */
    struct job jobs[BATCH / JOB];
};

static void empty(struct buffer *bytes)
{
    if (bytes->room > ROOM_KEPT_MAX)
        buffer_release(bytes);
    else
        buffer_clear(bytes);
}

static void read_file(struct reader *reader, struct reader_file *file)
{
    const struct reader_visitor *visitor = reader->visitor;

    file->found = regular_read(
        &file->bytes, AT_FDCWD, file->opens, reader->size_max,
        file->by_shebang ? filetype_has_shebang : NULL, &file->err);
    file->is_large = file->bytes.size > READER_KEEP_MAX;
    file->is_wanted =
        file->found == 1 && visitor->wanted(visitor->payload, file);
    if (!file->is_wanted)
        empty(&file->bytes);
    /* The memory of a large file is not kept for the next one. */
    if (file->is_large)
        buffer_release(&file->bytes);
}

static void read_files(void *payload)
{
    struct job *job = payload;

    for (size_t i = 0; i < job->count; i++)
        read_file(job->reader, &job->reader->files[job->first + i]);
}

struct reader *reader_open(const struct reader_visitor *visitor,
                           size_t size_max, unsigned threads)
{
    struct reader *reader = memory_new(1, sizeof(*reader));

    reader->visitor = visitor;
    reader->size_max = size_max;
    reader->threads = threads;
    return reader;
}

/* Have the files read that nobody reads yet; one alone needs no threads. */
static void start(struct reader *reader)
{
    struct job *job = &reader->jobs[reader->given / JOB];

    *job = (struct job){ reader, reader->given, reader->count - reader->given };
    reader->given = reader->count;
    if (!reader->pool && reader->count > 1)
        reader->pool = pool_open(reader->threads, read_files);
    if (reader->pool)
        pool_give(reader->pool, job, 1, BATCH);
    else
        read_files(job);
}

static void visit_all(struct reader *reader)
{
    if (reader->given < reader->count)
        start(reader);
    if (reader->pool)
        pool_wait(reader->pool);
    for (size_t i = 0; i < reader->count; i++) {
        struct reader_file *file = &reader->files[i];

        reader->visitor->visit(reader->visitor->payload, file);
        free(file->opens);
        free(file->shown);
        empty(&file->bytes);
    }
    reader->count = reader->given = 0;
}

void reader_give(struct reader *reader, const char *opens, const char *shown,
                 bool by_shebang)
{
    struct reader_file *file = &reader->files[reader->count++];

    *file = (struct reader_file){ .opens = memory_copy(opens, strlen(opens)),
                                  .shown = memory_copy(shown, strlen(shown)),
                                  .by_shebang = by_shebang,
                                  .bytes = file->bytes };
    if (reader->count % JOB == 0)
        start(reader);
    if (reader->count == BATCH)
        visit_all(reader);
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    visit_all(reader);
    pool_close(reader->pool);
    for (size_t i = 0; i < BATCH; i++)
        buffer_release(&reader->files[i].bytes);
    free(reader);
}

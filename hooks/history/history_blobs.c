#include "hooks/history/history_blobs.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/facts.h"
#include "core/facts/memo.h"
#include "core/facts/scan.h"
#include "core/source/filetype.h"
#include "hooks/system/pool.h"

/* The id, and behind it what else makes it another one. */
static uint32_t add(struct history_blobs *blobs, const struct object_id *id,
                    struct text key)
{
    uint32_t number = intern_add(&blobs->ids, key);

    if (number == blobs->blobs_count)
        ARRAY_PUSH(blobs->blobs)->id_size = id->size;
    return number;
}

uint32_t blobs_add(struct history_blobs *blobs, const struct object_id *id)
{
    return add(blobs, id, (struct text){ (const char *)id->bytes, id->size });
}

struct object_id blobs_id(const struct history_blobs *blobs, uint32_t number)
{
    struct object_id id = { .size = blobs->blobs[number].id_size };

    memcpy(id.bytes, intern_text(&blobs->ids, number).bytes, id.size);
    return id;
}

const struct occurrence *blobs_occurrences(const struct history_blobs *blobs,
                                           uint32_t number)
{
    return blobs->occurrences + blobs->blobs[number].first;
}

/* What finding_same looks at, as bytes. */
static uint32_t key_of(struct history_blobs *blobs,
                       const struct finding *finding)
{
    uint64_t words[3] = { finding->target, finding->statement.high,
                          finding->statement.low };

    return intern_add(&blobs->keys,
                      (struct text){ (const char *)words, sizeof(words) });
}

static int compare(const void *one, const void *two)
{
    const struct occurrence *a = one, *b = two;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->line_hash != b->line_hash)
        return a->line_hash < b->line_hash ? -1 : 1;
    return (a->finding > b->finding) - (a->finding < b->finding);
}

static void keep(struct history_blobs *blobs, uint32_t number,
                 const struct facts *facts)
{
    uint32_t first = (uint32_t)blobs->occurrences_count, count = 0;

    for (size_t i = 0; i < facts->findings_count; i++) {
        const struct finding *finding = &facts->findings[i];
        struct occurrence *occurrence;

        if (finding->over_approximated && !blobs->codeql_compat)
            continue;
        occurrence = ARRAY_PUSH(blobs->occurrences);
        occurrence->key = key_of(blobs, finding);
        occurrence->finding = (uint32_t)blobs->findings_count;
        occurrence->line_hash = finding->line_hash;
        *ARRAY_PUSH(blobs->findings) = *finding;
        count++;
    }
    if (count > 1)
        qsort(blobs->occurrences + first, count, sizeof(*blobs->occurrences),
              compare);
    blobs->blobs[number].first = first;
    blobs->blobs[number].count = count;
}

static void set_unknown(struct history_blobs *blobs, uint32_t number,
                        const struct error *err)
{
    struct object_id id = blobs_id(blobs, number);
    struct buffer reason = BUFFER_EMPTY;
    char hex[OBJECT_HEX_MAX];

    buffer_format(&reason, "blob %s: %s", object_id_format(&id, hex),
                  err->message);
    free(blobs->blobs[number].trouble);
    blobs->blobs[number].trouble = buffer_detach(&reason);
}

void blobs_explain(struct history_blobs *blobs, uint32_t number,
                   const char *path)
{
    struct history_blob *blob = &blobs->blobs[number];

    if (blob->trouble)
        report_incomplete(blobs->report, path, blob->trouble);
    free(blob->trouble);
    blob->trouble = NULL;
}

/* The facts, which go, are those of a Python file. */
static void settle(struct history_blobs *blobs, uint32_t number,
                   struct facts *facts)
{
    struct history_blob *blob = &blobs->blobs[number];

    if (blob->state == BLOB_NEW)
        blobs->report->stats.python_files++;
    if (blob->state == BLOB_NEW || blob->state == BLOB_PENDING) {
        blob->state = BLOB_KNOWN;
        keep(blobs, number, facts);
    }
    facts_release(facts);
}

/* A blob on its way through another thread. */
struct blob_job {
    uint32_t number;
    struct memo *memo;
    struct object object;
    struct facts facts;
    bool failed;
    struct error err;
};

/* In the other thread: nothing but the job and the memo is touched. */
static void scan(void *payload)
{
    struct blob_job *job = payload;

    job->failed = scan_recalling(job->object.bytes, job->memo, &job->facts,
                                 &job->err) < 0;
    object_release(&job->object);
}

static void finish(struct history_blobs *blobs, struct blob_job *job)
{
    struct object_id id = blobs_id(blobs, job->number);

    if (!job->failed)
        analyse_end(blobs->analyser, &id, &job->facts);
    settle(blobs, job->number, &job->facts);
    if (job->failed) {
        blobs->blobs[job->number].state = BLOB_UNKNOWN;
        set_unknown(blobs, job->number, &job->err);
    }
    free(job);
}

/* In the order in which they came, so that nothing depends on the threads. */
void blobs_finish(struct history_blobs *blobs)
{
    if (blobs->pool)
        pool_wait(blobs->pool);
    for (size_t i = 0; i < blobs->jobs_count; i++)
        finish(blobs, blobs->jobs[i]);
    blobs->jobs_count = 0;
}

static void begin(struct history_blobs *blobs, struct blob_job *job)
{
    if (!blobs->memo)
        blobs->memo = memo_open();
    job->memo = blobs->memo;
    if (!blobs->later) {
        scan(job);
        finish(blobs, job);
        return;
    }
    blobs->report->stats.python_files++;
    blobs->blobs[job->number].state = BLOB_PENDING;
    *ARRAY_PUSH(blobs->jobs) = job;
    if (!blobs->pool)
        blobs->pool = pool_open(blobs->threads, scan);
    pool_give(blobs->pool, job, job->object.bytes.size, HISTORY_PENDING_MAX);
}

static void look_at_python(struct history_blobs *blobs, uint32_t number)
{
    struct object_id id = blobs_id(blobs, number);
    struct blob_job *job = memory_new(1, sizeof(*job));
    int known = analyse_begin(blobs->analyser, blobs->repo, &id, &job->facts,
                              &job->object, &job->err);

    job->number = number;
    job->failed = known < 0;
    if (known > 0) {
        settle(blobs, number, &job->facts);
        free(job);
        return;
    }
    if (known < 0)
        finish(blobs, job);
    else
        begin(blobs, job);
}

static void look_at_script(struct history_blobs *blobs, uint32_t number)
{
    struct history_blob *blob = &blobs->blobs[number];
    struct object_id id = blobs_id(blobs, number);
    struct facts facts;
    struct error err;
    int found = analyse_script(blobs->analyser, blobs->repo, &id, &facts, &err);

    blob->script = found < 0 ? BLOB_UNKNOWN : BLOB_KNOWN;
    blob->shebang = found == 1;
    if (found == 1)
        settle(blobs, number, &facts);
    if (found < 0)
        set_unknown(blobs, number, &err);
}

int blobs_look(struct history_blobs *blobs, uint32_t number, struct text name)
{
    struct history_blob *blob = &blobs->blobs[number];
    enum filetype type = filetype_of_path(name);

    if (!blob->counted)
        blobs->report->stats.files++;
    blob->counted = true;
    if (type == FILETYPE_OTHER)
        return 0;
    if (type == FILETYPE_PYTHON && blob->state == BLOB_NEW)
        look_at_python(blobs, number);
    if (type == FILETYPE_BY_SHEBANG) {
        if (blob->script == BLOB_NEW)
            look_at_script(blobs, number);
        if (blob->script == BLOB_UNKNOWN)
            return -1;
        if (!blob->shebang)
            return 0;
    }
    if (blob->state == BLOB_UNKNOWN)
        return -1;
    return blob->state == BLOB_PENDING || blob->count > 0;
}

static void know(struct history_blobs *blobs, uint32_t number,
                 struct facts *facts, const struct error *err, bool shebang)
{
    struct history_blob *blob = &blobs->blobs[number];

    blob->counted = true;
    blob->script = BLOB_KNOWN;
    blob->shebang = shebang;
    blob->state = facts ? BLOB_PENDING : BLOB_UNKNOWN;
    if (facts)
        settle(blobs, number, facts);
    else
        set_unknown(blobs, number, err);
}

uint32_t blobs_know(struct history_blobs *blobs, const struct object_id *id,
                    struct facts *facts, const struct error *err, bool shebang)
{
    uint32_t number = blobs_add(blobs, id);

    know(blobs, number, facts, err, shebang);
    return number;
}

/* Of a known blob: where its findings, which are in order, start. */
static uint32_t first_finding(const struct history_blobs *blobs,
                              uint32_t number)
{
    const struct history_blob *blob = &blobs->blobs[number];
    uint32_t first = UINT32_MAX;

    for (uint32_t i = 0; i < blob->count; i++)
        if (blobs->occurrences[blob->first + i].finding < first)
            first = blobs->occurrences[blob->first + i].finding;
    return first;
}

/* Does the blob, as it is alone, have just the findings of the facts? */
static bool is_same(const struct history_blobs *blobs, uint32_t number,
                    const struct facts *facts)
{
    const struct history_blob *blob = &blobs->blobs[number];
    uint32_t at = first_finding(blobs, number), end = at + blob->count;

    if (blob->state != BLOB_KNOWN)
        return false;
    for (size_t i = 0; i < facts->findings_count; i++) {
        const struct finding *finding = &facts->findings[i];

        if (finding->over_approximated && !blobs->codeql_compat)
            continue;
        if (at == end || finding_compare(finding, &blobs->findings[at++]) != 0)
            return false;
    }
    return at == end;
}

/* A key that starts with the id, and goes on as no id does. */
static void put_key(struct buffer *key, const struct object_id *id,
                    const struct facts *facts, const struct error *err)
{
    buffer_append(key, id->bytes, id->size);
    buffer_byte(key, facts ? '+' : '?');
    if (facts)
        facts_encode(facts, key);
    else
        buffer_string(key, err->message);
}

uint32_t blobs_know_joined(struct history_blobs *blobs,
                           const struct object_id *id, struct facts *facts,
                           const struct error *err)
{
    uint32_t number = intern_find(
        &blobs->ids, (struct text){ (const char *)id->bytes, id->size });
    struct buffer key = BUFFER_EMPTY;
    struct history_blob *blob;

    if (facts && number != INTERN_NONE && is_same(blobs, number, facts)) {
        facts_release(facts);
        return number;
    }
    put_key(&key, id, facts, err);
    number = add(blobs, id, buffer_view(&key));
    buffer_release(&key);
    blob = &blobs->blobs[number];
    if (blob->counted) {
        if (facts)
            facts_release(facts);
        return number;
    }
    know(blobs, number, facts, err, true);
    return number;
}

void blobs_release(struct history_blobs *blobs)
{
    blobs_finish(blobs);
    pool_close(blobs->pool);
    memo_close(blobs->memo);
    free(blobs->jobs);
    for (size_t i = 0; i < blobs->blobs_count; i++)
        free(blobs->blobs[i].trouble);
    intern_release(&blobs->ids);
    intern_release(&blobs->keys);
    free(blobs->blobs);
    free(blobs->occurrences);
    free(blobs->findings);
    *blobs = (struct history_blobs){ .repo = NULL };
}

#include "hooks/history_blobs.h"

#include <stdlib.h>
#include <string.h>

#include "core/facts.h"
#include "core/filetype.h"
#include "core/memory.h"

uint32_t blobs_add(struct history_blobs *blobs, const struct object_id *id)
{
    uint32_t number = intern_add(
        &blobs->ids, (struct text){ (const char *)id->bytes, id->size });

    if (number == blobs->blobs_count)
        (void)ARRAY_PUSH(blobs->blobs);
    return number;
}

struct object_id blobs_id(const struct history_blobs *blobs, uint32_t number)
{
    struct text bytes = intern_text(&blobs->ids, number);
    struct object_id id = { .size = (unsigned char)bytes.size };

    memcpy(id.bytes, bytes.bytes, bytes.size);
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

static void explain(struct buffer *trouble, const struct object_id *id,
                    const char *reason)
{
    char hex[OBJECT_HEX_MAX];

    buffer_format(trouble, "blob %s: %s", object_id_format(id, hex), reason);
}

/* The facts are those of a Python file. */
static void settle(struct history_blobs *blobs, uint32_t number,
                   struct facts *facts)
{
    struct history_blob *blob = &blobs->blobs[number];

    if (blob->state == BLOB_NEW) {
        blobs->report->stats.python_files++;
        blob->state = BLOB_KNOWN;
        keep(blobs, number, facts);
    }
    facts_release(facts);
}

static void look_at_python(struct history_blobs *blobs, uint32_t number,
                           struct buffer *trouble)
{
    struct object_id id = blobs_id(blobs, number);
    struct facts facts;
    struct error err;
    int result =
        analyse_object(blobs->analyser, blobs->repo, &id, &facts, &err);

    settle(blobs, number, &facts);
    if (result < 0) {
        blobs->blobs[number].state = BLOB_UNKNOWN;
        explain(trouble, &id, err.message);
    }
}

static void look_at_script(struct history_blobs *blobs, uint32_t number,
                           struct buffer *trouble)
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
        explain(trouble, &id, err.message);
}

int blobs_look(struct history_blobs *blobs, uint32_t number, struct text name,
               struct buffer *trouble)
{
    struct history_blob *blob = &blobs->blobs[number];
    enum filetype type = filetype_of_path(name);

    if (!blob->counted)
        blobs->report->stats.files++;
    blob->counted = true;
    if (type == FILETYPE_OTHER)
        return 0;
    if (type == FILETYPE_PYTHON && blob->state == BLOB_NEW)
        look_at_python(blobs, number, trouble);
    if (type == FILETYPE_BY_SHEBANG) {
        if (blob->script == BLOB_NEW)
            look_at_script(blobs, number, trouble);
        if (blob->script == BLOB_UNKNOWN)
            return -1;
        if (!blob->shebang)
            return 0;
    }
    return blob->state == BLOB_UNKNOWN ? -1 : blob->count > 0;
}

void blobs_release(struct history_blobs *blobs)
{
    intern_release(&blobs->ids);
    intern_release(&blobs->keys);
    free(blobs->blobs);
    free(blobs->occurrences);
    free(blobs->findings);
    *blobs = (struct history_blobs){ .repo = NULL };
}

/* The encoding is in history_snapshot.c. */
#include "hooks/history/history_save.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/facts.h"
#include "hooks/history/history_pieces.h"
#include "hooks/system/varint.h"

#define UNUSED UINT32_MAX

/* Numbers in the snapshot of what it mentions; UNUSED: not mentioned. */
struct numbering {
    uint32_t *at;
    uint32_t count;
    struct buffer list; /* encoded, in the order of the numbers */
};

struct saving {
    const struct history_trees *trees;
    struct numbering names, blobs, forms;
    bool lost; /* a tree could not be read */
};

static void numbering_open(struct numbering *numbering, size_t count)
{
    *numbering = (struct numbering){
        .at = memory_new(count, sizeof(*numbering->at)),
    };
    memset(numbering->at, 0xff, count * sizeof(*numbering->at));
}

static void numbering_close(struct numbering *numbering)
{
    free(numbering->at);
    buffer_release(&numbering->list);
}

static uint32_t save_name(struct saving *saving, uint32_t name)
{
    struct numbering *names = &saving->names;

    if (names->at[name] == UNUSED) {
        names->at[name] = names->count++;
        varint_put_text(&names->list, intern_text(&saving->trees->names, name));
    }
    return names->at[name];
}

static int compare_numbers(const void *one, const void *two)
{
    const uint32_t *a = one, *b = two;

    return (*a > *b) - (*a < *b);
}

/* The findings of a blob in the order of their places. */
static void encode_findings(const struct history_blobs *blobs,
                            const struct history_blob *blob, struct buffer *out)
{
    uint32_t *numbers = memory_new(blob->count, sizeof(*numbers));
    struct facts facts = FACTS_EMPTY;

    for (uint32_t i = 0; i < blob->count; i++)
        numbers[i] = blobs->occurrences[blob->first + i].finding;
    qsort(numbers, blob->count, sizeof(*numbers), compare_numbers);
    for (uint32_t i = 0; i < blob->count; i++)
        *ARRAY_PUSH(facts.findings) = blobs->findings[numbers[i]];
    facts_encode(&facts, out);
    facts_release(&facts);
    free(numbers);
}

/* The number of a blob; UNUSED if it turned out to hold nothing. */
static uint32_t save_blob(struct saving *saving, uint32_t number)
{
    const struct history_blobs *all = saving->trees->blobs;
    const struct history_blob *blob = &all->blobs[number];
    bool known = blob->state == BLOB_KNOWN;
    struct numbering *blobs = &saving->blobs;
    struct object_id id = blobs_id(all, number);
    struct buffer facts = BUFFER_EMPTY;
    int bits = (known ? SNAPSHOT_HAS_FACTS : 0) |
               (blob->script == BLOB_KNOWN ? SNAPSHOT_HAS_LINE : 0) |
               (blob->shebang ? SNAPSHOT_IS_SCRIPT : 0);

    if (known && !blob->count)
        return UNUSED;
    if (blobs->at[number] != UNUSED)
        return blobs->at[number];
    if (known)
        encode_findings(all, blob, &facts);
    buffer_append(&blobs->list, id.bytes, id.size);
    buffer_byte(&blobs->list, (char)bits);
    varint_put_text(&blobs->list, buffer_view(&facts));
    buffer_release(&facts);
    blobs->at[number] = blobs->count++;
    return blobs->at[number];
}

/* All forms up to the last one: those in a form come before it. */
static void save_forms(struct saving *saving)
{
    const struct forms *all = &saving->trees->forms;
    struct numbering *forms = &saving->forms;

    for (uint32_t form = 0; form < forms_count(all); form++) {
        struct buffer items = BUFFER_EMPTY;
        struct form_item item;
        uint32_t count = 0, lost;

        saving->lost |= forms_is_lost(all, form, &lost);
        for (size_t at = 0; forms_item(all, form, at, &item); at++) {
            uint32_t value = item.folder ? forms->at[item.value]
                                         : save_blob(saving, item.value);

            if (value == UNUSED)
                continue;
            varint_put(&items, save_name(saving, item.name));
            varint_put(&items, (uint64_t)value * 2 + item.folder);
            count++;
        }
        varint_put(&forms->list, count);
        buffer_text(&forms->list, buffer_view(&items));
        buffer_release(&items);
        forms->at[form] = forms->count++;
    }
}

/* False if one is not what it seems: it, or a parent of it, is missing. */
static bool save_commits(struct buffer *out,
                         const struct history_commits *commits,
                         const uint32_t *roots)
{
    uint32_t *numbers = memory_new(commits->commits_count, sizeof(*numbers));
    int64_t before = 0;
    bool whole = true;

    varint_put(out, commits->order_count);
    for (uint32_t i = 0; i < commits->order_count && whole; i++) {
        uint32_t number = commits->order[i];
        const struct history_commit *commit = &commits->commits[number];
        struct object_id id = commits_id(commits, number);
        int64_t step =
            (int64_t)((uint64_t)commit->committed - (uint64_t)before);

        whole = !(commit->flags & (COMMIT_MISSING | COMMIT_CUT));
        buffer_append(out, id.bytes, id.size);
        varint_put(out, (uint64_t)step << 1 ^ (0 - ((uint64_t)step >> 63)));
        varint_put(out, roots[number]);
        varint_put(out, commit->parents_count);
        for (uint32_t p = 0; p < commit->parents_count; p++)
            varint_put(out,
                       i - 1 - numbers[commits->parents[commit->parents + p]]);
        numbers[number] = i;
        before = commit->committed;
    }
    free(numbers);
    return whole;
}

static void put_list(struct buffer *out, const struct numbering *numbering)
{
    varint_put(out, numbering->count);
    buffer_text(out, buffer_view(&numbering->list));
}

void history_save(const struct snapshot_owner *owner,
                  const struct history_commits *commits,
                  const struct history_trees *trees, const uint32_t *roots,
                  const struct report_stats *stats)
{
    struct saving saving = { .trees = trees };
    struct buffer all = BUFFER_EMPTY, name = BUFFER_EMPTY;

    numbering_open(&saving.names, intern_count(&trees->names));
    numbering_open(&saving.blobs, trees->blobs->blobs_count);
    numbering_open(&saving.forms, forms_count(&trees->forms));
    save_forms(&saving);
    varint_put(&all, stats->files);
    varint_put(&all, stats->python_files);
    put_list(&all, &saving.names);
    put_list(&all, &saving.blobs);
    put_list(&all, &saving.forms);
    snapshot_name(owner, &name);
    if (save_commits(&all, commits, roots) && !saving.lost)
        pieces_put(owner->analyser, buffer_view(&name), buffer_view(&all));
    buffer_release(&name);
    numbering_close(&saving.names);
    numbering_close(&saving.blobs);
    numbering_close(&saving.forms);
    buffer_release(&all);
}

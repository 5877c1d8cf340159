/*
 * The encoding: numbers in LEB128, texts behind their sizes, in the order
 *
 *   the counts of files looked at
 *   names
 *   blobs    id, enum snapshot_bits, the encoded facts of what is known
 *   trees    reduced ones, each behind those in it: for each item the name,
 *            twice the blob or, plus one, twice the tree
 *   commits  each behind its parents: id, date since the one before, tree,
 *            the parents as distances back
 *
 * Lists are behind their counts.
 */
#include "hooks/history/history_snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/facts.h"
#include "hooks/git/repo.h"
#include "hooks/history/history_pieces.h"
#include "hooks/system/varint.h"

static struct object_id take_id(struct varint_reader *reader, size_t size)
{
    struct object_id id = { .size = (unsigned char)size };
    struct text bytes = varint_take_bytes(reader, size);

    memcpy(id.bytes, bytes.bytes, bytes.size);
    return id;
}

struct snapshot {
    size_t id_size;
    struct buffer bytes;
    uint64_t files, python_files;
    /* Where the lists begin: names, blobs, trees, commits. */
    struct varint_reader names, blobs, trees, commits;
    uint32_t names_count, blobs_count, trees_count;
    uint32_t *tree_of; /* of each of its trees the form */
};

static void skip_names(struct snapshot *snapshot, struct varint_reader *reader)
{
    snapshot->names = *reader;
    snapshot->names_count = varint_take_count(reader);
    for (uint32_t i = 0; i < snapshot->names_count && !reader->bad; i++)
        varint_take_text(reader);
}

static void skip_blobs(struct snapshot *snapshot, struct varint_reader *reader)
{
    snapshot->blobs = *reader;
    snapshot->blobs_count = varint_take_count(reader);
    for (uint32_t i = 0; i < snapshot->blobs_count && !reader->bad; i++) {
        struct text encoded;
        struct facts facts;
        struct error err;

        varint_take_bytes(reader, snapshot->id_size + 1);
        encoded = varint_take_text(reader);
        if (encoded.size && facts_decode(&facts, encoded, &err) < 0)
            reader->bad = true;
        else if (encoded.size)
            facts_release(&facts);
    }
}

static void skip_trees(struct snapshot *snapshot, struct varint_reader *reader)
{
    snapshot->trees = *reader;
    snapshot->trees_count = varint_take_count(reader);
    for (uint32_t i = 0; i < snapshot->trees_count && !reader->bad; i++) {
        uint32_t items = varint_take_count(reader);

        for (uint32_t k = 0; k < items && !reader->bad; k++) {
            uint64_t value;

            varint_take_below(reader, snapshot->names_count);
            value = varint_take(reader);
            reader->bad |= value / 2 >= (value % 2 ? i : snapshot->blobs_count);
        }
    }
}

/* Visit the commits; their parents' numbers are in *parents. */
struct commit_entry {
    struct object_id id;
    int64_t committed;
    uint32_t root, parents_count;
};

static void take_commit(struct varint_reader *reader,
                        const struct snapshot *snapshot,
                        struct commit_entry *entry)
{
    uint64_t step;

    entry->id = take_id(reader, snapshot->id_size);
    step = varint_take(reader);
    entry->committed =
        (int64_t)((uint64_t)entry->committed + (step >> 1 ^ (0 - (step & 1))));
    entry->root = varint_take_below(reader, snapshot->trees_count);
    entry->parents_count = varint_take_count(reader);
}

static void skip_commits(struct snapshot *snapshot,
                         struct varint_reader *reader)
{
    struct commit_entry entry = { .committed = 0 };
    uint32_t count;

    snapshot->commits = *reader;
    count = varint_take_count(reader);
    for (uint32_t i = 0; i < count && !reader->bad; i++) {
        take_commit(reader, snapshot, &entry);
        for (uint32_t p = 0; p < entry.parents_count && !reader->bad; p++)
            varint_take_below(reader, i);
    }
    reader->bad |= reader->rest.size != 0;
}

void snapshot_name(const struct snapshot_owner *owner, struct buffer *name)
{
    buffer_format(name, "history %d %d ", SNAPSHOT_VERSION,
                  owner->codeql_compat);
    buffer_string(name, repo_objects_dir(owner->repo));
}

struct snapshot *snapshot_load(const struct snapshot_owner *owner)
{
    struct snapshot *snapshot = memory_new(1, sizeof(*snapshot));
    struct varint_reader reader;
    struct buffer name = BUFFER_EMPTY;
    bool found;

    snapshot->id_size = repo_id_size(owner->repo);
    snapshot_name(owner, &name);
    found = pieces_get(owner->analyser, buffer_view(&name), &snapshot->bytes);
    buffer_release(&name);
    if (!found) {
        snapshot_close(snapshot);
        return NULL;
    }
    reader = (struct varint_reader){ .rest = buffer_view(&snapshot->bytes) };
    snapshot->files = varint_take(&reader);
    snapshot->python_files = varint_take(&reader);
    skip_names(snapshot, &reader);
    skip_blobs(snapshot, &reader);
    skip_trees(snapshot, &reader);
    skip_commits(snapshot, &reader);
    if (reader.bad) {
        snapshot_close(snapshot);
        return NULL;
    }
    return snapshot;
}

void snapshot_close(struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    buffer_release(&snapshot->bytes);
    free(snapshot->tree_of);
    free(snapshot);
}

/* Add the one that was taken, number `number` there; `numbers` has those of
 * the ones before it here. */
static void add_commit(struct history_commits *commits,
                       const struct commit_entry *entry,
                       struct varint_reader *reader, uint32_t number,
                       uint32_t *numbers)
{
    uint32_t start = (uint32_t)commits->parents_count;
    struct history_commit *commit;

    for (uint32_t p = 0; p < entry->parents_count; p++)
        *ARRAY_PUSH(commits->parents) =
            numbers[number - 1 - varint_take_below(reader, number)];
    numbers[number] = commits_add(commits, &entry->id);
    commit = &commits->commits[numbers[number]];
    commit->committed = entry->committed;
    commit->parents = start;
    commit->parents_count = entry->parents_count;
    commit->tree = COMMIT_TREE_UNREAD;
    commit->root = entry->root + 1;
    commit->flags = COMMIT_READ;
}

void snapshot_add_commits(const struct snapshot *snapshot,
                          struct history_commits *commits)
{
    struct varint_reader reader = snapshot->commits;
    struct commit_entry entry = { .committed = 0 };
    uint32_t count = varint_take_count(&reader);
    uint32_t *numbers = memory_new(count, sizeof(*numbers));

    for (uint32_t i = 0; i < count; i++) {
        take_commit(&reader, snapshot, &entry);
        add_commit(commits, &entry, &reader, i, numbers);
    }
    free(numbers);
}

static uint32_t add_blob(struct history_blobs *blobs,
                         const struct object_id *id, unsigned bits,
                         struct text encoded)
{
    struct facts facts;
    struct error err;
    uint32_t number;

    if (!(bits & SNAPSHOT_HAS_FACTS) || facts_decode(&facts, encoded, &err) < 0)
        return blobs_add(blobs, id);
    number = blobs_know(blobs, id, &facts, NULL, bits & SNAPSHOT_IS_SCRIPT);
    if (!(bits & SNAPSHOT_HAS_LINE))
        blobs->blobs[number].script = BLOB_NEW;
    return number;
}

static uint32_t *add_blobs(const struct snapshot *snapshot,
                           struct history_blobs *blobs)
{
    struct varint_reader reader = snapshot->blobs;
    uint32_t count = varint_take_count(&reader);
    uint32_t *numbers = memory_new(count, sizeof(*numbers));

    for (uint32_t i = 0; i < count; i++) {
        struct object_id id = take_id(&reader, snapshot->id_size);
        unsigned bits = (unsigned char)varint_take_bytes(&reader, 1).bytes[0];
        struct text encoded = varint_take_text(&reader);

        numbers[i] = add_blob(blobs, &id, bits, encoded);
    }
    return numbers;
}

static uint32_t *add_names(const struct snapshot *snapshot,
                           struct intern *names)
{
    struct varint_reader reader = snapshot->names;
    uint32_t count = varint_take_count(&reader);
    uint32_t *numbers = memory_new(count, sizeof(*numbers));

    for (uint32_t i = 0; i < count; i++)
        numbers[i] = intern_add(names, varint_take_text(&reader));
    return numbers;
}

void snapshot_add_trees(struct snapshot *snapshot, struct history_trees *trees)
{
    uint32_t *names = add_names(snapshot, &trees->names);
    uint32_t *blobs = add_blobs(snapshot, trees->blobs);
    struct varint_reader reader = snapshot->trees;
    uint32_t count = varint_take_count(&reader);

    snapshot->tree_of = memory_new(count, sizeof(*snapshot->tree_of));
    for (uint32_t i = 0; i < count; i++) {
        struct form_items items = { .at = NULL };
        uint32_t items_count = varint_take_count(&reader);

        for (uint32_t k = 0; k < items_count; k++) {
            uint32_t name =
                names[varint_take_below(&reader, snapshot->names_count)];
            uint64_t value = varint_take(&reader);
            bool folder = value % 2;

            *ARRAY_PUSH(items.at) = (struct form_item){
                .name = name,
                .folder = folder,
                .kind = folder ? FORM_TREE : FORM_FILE,
                .value =
                    folder ? snapshot->tree_of[value / 2] : blobs[value / 2],
            };
        }
        snapshot->tree_of[i] = forms_make(&trees->forms, FORM_EMPTY, &items);
        free(items.at);
    }
    free(names);
    free(blobs);
}

uint32_t snapshot_tree(const struct snapshot *snapshot, uint32_t root)
{
    return snapshot->tree_of[root - 1];
}

void snapshot_count(const struct snapshot *snapshot, struct report_stats *stats)
{
    stats->files += snapshot->files;
    stats->python_files += snapshot->python_files;
    stats->cache_hits += snapshot->python_files;
}

#include "hooks/gate.h"

#include <stdlib.h>
#include <string.h>

#include "core/filetype.h"
#include "core/memory.h"
#include "hooks/gitpipe.h"
#include "hooks/introduced.h"
#include "hooks/tree.h"

/* One file that has findings, against its versions in the parents. */
struct file {
    const char *path;
    const char *older_path; /* in some parent, if it was renamed */
    struct object_id blob;
    struct facts now;
    struct facts *parents; /* one for each parent */
    bool *marks;
};

int gate_facts(const struct gate *gate, const char *path,
               const struct object_id *blob, struct facts *facts,
               struct error *err)
{
    int found =
        analyse_file(gate->analyser, gate->repo, path, blob, facts, err);

    if (found == 1)
        introduced_filter(facts, gate->codeql_compat);
    return found;
}

/* The bytes of a file; empty if they cannot be had. */
static struct text bytes_of(struct gate *gate, const struct object_id *blob)
{
    struct error err;

    if (object_id_compare(&gate->shown_id, blob) != 0) {
        gate_release(gate);
        gate->shown_id = *blob;
        if (object_read(&gate->shown, gate->repo, blob, ANALYSE_READ_MAX,
                        &err) != 1)
            gate->shown = OBJECT_EMPTY;
    }
    return gate->shown.bytes;
}

void gate_report(struct gate *gate, const char *path,
                 const struct object_id *blob, const struct finding *finding)
{
    struct report_finding *added = report_add(gate->report, path, finding);
    struct text bytes = bytes_of(gate, blob);

    added->blocks = true;
    report_excerpt(added, bytes.bytes, bytes.size);
}

void gate_release(struct gate *gate)
{
    object_release(&gate->shown);
    gate->shown_id = (struct object_id){ .size = 0 };
}

static int read_old(const struct gate *gate, const char *path,
                    const struct diff_side *side, struct facts *facts,
                    struct error *err)
{
    struct error reason;

    if (!diff_is_file(side))
        return 0;
    facts_release(facts);
    if (gate_facts(gate, path, &side->id, facts, &reason) < 0)
        return error_set(err, reason.code, "its version before: %.400s",
                         reason.message);
    return 0;
}

static int read_parents(const struct gate *gate, const struct change *change,
                        struct file *file, struct error *err)
{
    for (size_t i = 0; i < change->parents_count; i++) {
        const struct diff_entry *entry =
            diff_find(&change->parents[i].diff, file->path);

        if (read_old(gate, file->path, &entry->before, &file->parents[i], err) <
            0)
            return -1;
    }
    return 0;
}

/* Where a parent has no such path at all, a rename may lead to one. */
static int read_sources(const struct gate *gate, struct change *change,
                        struct file *file, struct error *err)
{
    for (size_t i = 0; i < change->parents_count; i++) {
        const struct diff_entry *entry =
            diff_find(&change->parents[i].diff, file->path);

        if (entry->before.mode)
            continue;
        if (change_source(&entry, change, i, file->path, err) < 0)
            return -1;
        if (!entry)
            continue;
        file->older_path = entry->source;
        if (gate->moved)
            gate->moved(gate->payload, entry->source, file->path);
        if (read_old(gate, entry->source, &entry->before, &file->parents[i],
                     err) < 0)
            return -1;
    }
    return 0;
}

static int merge_base(struct object_id *base, const struct change *change,
                      struct error *err)
{
    const char **arguments =
        memory_new(change->parents_count + 3, sizeof(*arguments));
    char(*hex)[OBJECT_HEX_MAX] =
        memory_new(change->parents_count, sizeof(*hex));
    struct buffer out = BUFFER_EMPTY;
    int status;

    arguments[0] = "merge-base";
    arguments[1] = "--octopus";
    for (size_t i = 0; i < change->parents_count; i++)
        arguments[i + 2] = object_id_format(&change->parents[i].commit, hex[i]);
    status = gitpipe_run(&out, arguments, TEXT_EMPTY, err);
    if (status == 0) {
        struct text line = buffer_view(&out);

        line.size = text_find(line, '\n', 0);
        status = object_id_parse(base, line) == 0
                     ? 1
                     : error_set(err, ERROR_GIT, "git gave no merge base");
    } else if (status == 1) {
        status = 0;
    }
    buffer_release(&out);
    free(arguments);
    free(hex);
    return status;
}

/* The file in the merge base's tree: under this name, or under `other`. */
static int find_in_base(struct diff_side *side, const struct gate *gate,
                        const struct object_id *base, const char **path,
                        const char *other, struct error *err)
{
    struct object_id tree;
    int found = tree_of_commit(&tree, gate->repo, base, err);

    if (found == 1)
        found = tree_find(side, gate->repo, &tree, *path, err);
    if (found == 0 && other) {
        *path = other;
        found = tree_find(side, gate->repo, &tree, *path, err);
    }
    return found;
}

/* Both sides may have renamed it: what did this parent's file come from? */
static int base_source(char **source, const struct change *change,
                       const struct object_id *base, const struct file *file,
                       struct error *err)
{
    int result = 0;

    for (size_t i = 0; i < change->parents_count && result == 0; i++) {
        struct diff renames = DIFF_EMPTY;
        const struct diff_entry *entry;

        result =
            change_renames(&renames, base, &change->parents[i].commit, err);
        entry = result == 0 ? diff_find(&renames, file->path) : NULL;
        if (entry && entry->source) {
            *source = memory_copy(entry->source, strlen(entry->source));
            result = 1;
        }
        diff_release(&renames);
    }
    return result;
}

/* The findings of the merge base; none if there is no base, or no file. */
static int read_base(const struct gate *gate, const struct change *change,
                     const struct file *file, struct facts *facts,
                     struct error *err)
{
    const char *path = file->path;
    struct object_id base;
    struct diff_side side;
    char *source = NULL;
    int found = merge_base(&base, change, err);

    if (found == 1) {
        found = find_in_base(&side, gate, &base, &path, file->older_path, err);
        if (found == 0)
            found = base_source(&source, change, &base, file, err);
        if (found == 1 && source) {
            path = source;
            found = find_in_base(&side, gate, &base, &path, NULL, err);
        }
        if (found == 1)
            found = read_old(gate, path, &side, facts, err);
    }
    free(source);
    return found;
}

static int compare_file(const struct gate *gate, struct change *change,
                        struct file *file, struct error *err)
{
    struct facts base = FACTS_EMPTY;
    size_t count = change->parents_count;
    int result = 0;

    if (read_parents(gate, change, file, err) < 0)
        return -1;
    if (!introduced_mark(file->marks, &file->now, file->parents, count, NULL))
        return 0;
    if (read_sources(gate, change, file, err) < 0)
        return -1;
    if (introduced_mark(file->marks, &file->now, file->parents, count, NULL) &&
        count > 1) {
        result = read_base(gate, change, file, &base, err);
        introduced_mark(file->marks, &file->now, file->parents, count, &base);
    }
    facts_release(&base);
    return result < 0 ? -1 : 0;
}

static void check_findings(const struct gate *gate, struct change *change,
                           struct file *file)
{
    struct error err;

    file->parents = memory_new(change->parents_count, sizeof(*file->parents));
    file->marks = memory_new(file->now.findings_count, sizeof(*file->marks));
    if (compare_file(gate, change, file, &err) < 0)
        report_incomplete(gate->report, file->path, err.message);
    else
        for (size_t i = 0; i < file->now.findings_count; i++)
            if (file->marks[i])
                gate->visit(gate->payload, file->path, &file->blob,
                            &file->now.findings[i]);
    for (size_t i = 0; i < change->parents_count; i++)
        facts_release(&file->parents[i]);
    free(file->parents);
    free(file->marks);
}

static void check_entry(const struct gate *gate, struct change *change,
                        const struct diff_entry *entry)
{
    struct file file = { .path = entry->path, .blob = entry->after.id };
    struct error err;
    int found;

    gate->report->stats.files++;
    found = gate_facts(gate, file.path, &file.blob, &file.now, &err);
    if (found < 0)
        report_incomplete(gate->report, file.path, err.message);
    if (found != 0)
        gate->report->stats.python_files++;
    if (found == 1 && file.now.findings_count)
        check_findings(gate, change, &file);
    facts_release(&file.now);
}

static bool differs_from_all(const struct change *change, const char *path)
{
    for (size_t i = 1; i < change->parents_count; i++)
        if (!diff_find(&change->parents[i].diff, path))
            return false;
    return true;
}

void gate_compare(const struct gate *gate, struct change *change)
{
    const struct diff *diff = &change->parents[0].diff;

    for (size_t i = 0; i < diff->entries_count; i++) {
        const struct diff_entry *entry = &diff->entries[i];

        if (entry->unmerged)
            report_incomplete(gate->report, entry->path,
                              "the file has a merge conflict: resolve it and "
                              "stage the result");
        else if (diff_is_file(&entry->after) &&
                 differs_from_all(change, entry->path))
            check_entry(gate, change, entry);
    }
}

#include "hooks/gate/gate.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/deadline.h"
#include "core/base/memory.h"
#include "core/source/filetype.h"
#include "hooks/gate/introduced.h"
#include "hooks/git/gitpipe.h"
#include "hooks/git/tree.h"

/* One file that has findings, against its versions in the parents. */
struct file {
    const char *path;
    const char *older_path; /* in some parent, if it was renamed */
    struct object_id blob;
    struct facts now;
    struct facts *parents; /* one for each parent */
    bool *marks;
    bool all; /* whatever it had before counts, too */
};

/* A change, and its trees: NULL where files count alone. */
struct comparison {
    const struct gate *gate;
    struct change *change;
    struct view *now;
    struct view **parents; /* one for each parent */
};

int gate_facts(const struct gate *gate, struct view *view, const char *path,
               const struct object_id *blob, struct facts *facts,
               struct error *err)
{
    int found =
        view ? view_facts(view, path, blob, facts, err)
             : analyse_file(gate->analyser, gate->repo, path, blob, facts, err);

    if (found == 1)
        introduced_filter(facts, gate->excuses, gate->codeql_compat);
    return found;
}

/* Have a file at hand, without bytes if they cannot be had. Whether others
 * import from it what a repair takes away is not known. */
static void show(struct gate *gate, const struct object_id *blob)
{
    const struct fix_options options = { .keeps = true };
    struct error err;

    if (object_id_compare(&gate->shown_id, blob) == 0)
        return;
    hints_close(&gate->hints);
    remedies_close(&gate->remedies);
    object_release(&gate->shown);
    gate->shown_id = *blob;
    if (object_read(&gate->shown, gate->repo, blob, ANALYSE_READ_MAX, &err) !=
        1)
        gate->shown = OBJECT_EMPTY;
    else if (gate->report->remedy_left &&
             remedies_open(&gate->remedies, gate->shown.bytes, &options,
                           &gate->report->remedy_left, &err) < 0)
        remedies_close(&gate->remedies);
    hints_open(&gate->hints, gate->shown.bytes, &gate->report->hint_left);
}

void gate_obey(struct gate *gate)
{
    const struct policy *policy = gate->policy;

    if (!policy)
        return;
    gate->excuses = (enum excuses)policy_level(policy, POLICY_EXCUSES);
    gate->touched = policy_level(policy, POLICY_BLOCKS) > 0;
    gate->codeql_compat |= policy_level(policy, POLICY_CODEQL) > 0;
    if (gate->views)
        views_set_compat(gate->views, gate->codeql_compat);
}

void gate_report(struct gate *gate, const char *path,
                 const struct object_id *blob, const struct finding *finding)
{
    struct report_finding *added = report_add(gate->report, path, finding);

    show(gate, blob);
    added->blocks = true;
    added->remedy = remedies_of(&gate->remedies, finding);
    if (added->remedy)
        remedy_patch(added->remedy, &gate->remedies, path);
    added->hint = hints_of(&gate->hints, finding);
    report_deny(added);
    report_excerpt(added, gate->shown.bytes.bytes, gate->shown.bytes.size);
}

void gate_release(struct gate *gate)
{
    hints_close(&gate->hints);
    remedies_close(&gate->remedies);
    object_release(&gate->shown);
    gate->shown_id = (struct object_id){ .size = 0 };
    views_close(gate->views);
    gate->views = NULL;
}

static int read_old(const struct gate *gate, struct view *view,
                    const char *path, const struct diff_side *side,
                    struct facts *facts, struct error *err)
{
    struct error reason;

    if (!diff_is_file(side))
        return 0;
    facts_release(facts);
    if (gate_facts(gate, view, path, &side->id, facts, &reason) < 0)
        return error_set(err, reason.code, "its version before: %.400s",
                         reason.message);
    return 0;
}

/* What stands at the file's path in a parent: itself, if it did not change. */
static struct diff_side side_in(const struct comparison *comparison,
                                const struct file *file, size_t parent)
{
    const struct diff_entry *entry =
        diff_find(&comparison->change->parents[parent].diff, file->path);

    return entry ? entry->before
                 : (struct diff_side){ OBJECT_MODE_REGULAR, file->blob };
}

static int read_parents(const struct comparison *comparison, struct file *file,
                        struct error *err)
{
    for (size_t i = 0; i < comparison->change->parents_count; i++) {
        struct diff_side side = side_in(comparison, file, i);

        if (read_old(comparison->gate, comparison->parents[i], file->path,
                     &side, &file->parents[i], err) < 0)
            return -1;
    }
    return 0;
}

/* Where a parent has no such path at all, a rename may lead to one. */
static int read_sources(const struct comparison *comparison, struct file *file,
                        struct error *err)
{
    const struct gate *gate = comparison->gate;

    for (size_t i = 0; i < comparison->change->parents_count; i++) {
        const struct diff_entry *entry;

        if (side_in(comparison, file, i).mode)
            continue;
        if (change_source(&entry, comparison->change, i, file->path, err) < 0)
            return -1;
        /* What was left out there was never looked at. */
        if (!entry ||
            (gate->policy && policy_excludes(gate->policy, entry->source)))
            continue;
        file->older_path = entry->source;
        if (gate->moved)
            gate->moved(gate->payload, entry->source, file->path);
        if (read_old(gate, comparison->parents[i], entry->source,
                     &entry->before, &file->parents[i], err) < 0)
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
static int find_in_tree(struct diff_side *side, const struct gate *gate,
                        const struct object_id *tree, const char **path,
                        const char *other, struct error *err)
{
    int found = tree_find(side, gate->repo, tree, *path, err);

    if (found == 0 && other) {
        *path = other;
        found = tree_find(side, gate->repo, tree, *path, err);
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

/* The findings in the tree of the merge base `base`. */
static int read_in_base(const struct comparison *comparison,
                        const struct object_id *base, const struct file *file,
                        struct facts *facts, struct error *err)
{
    const struct gate *gate = comparison->gate;
    const char *path = file->path;
    struct view *view = NULL;
    struct object_id tree;
    struct diff_side side;
    char *source = NULL;
    int found = tree_of_commit(&tree, gate->repo, base, err);

    if (found == 1 && comparison->now) {
        view = views_of_tree(gate->views, &tree, err);
        found = view ? 1 : -1;
    }
    if (found == 1)
        found = find_in_tree(&side, gate, &tree, &path, file->older_path, err);
    if (found == 0)
        found = base_source(&source, comparison->change, base, file, err);
    if (found == 1 && source) {
        path = source;
        found = find_in_tree(&side, gate, &tree, &path, NULL, err);
    }
    if (found == 1)
        found = read_old(gate, view, path, &side, facts, err);
    free(source);
    return found;
}

/* The findings of the merge base; none if there is no base, or no file. */
static int read_base(const struct comparison *comparison,
                     const struct file *file, struct facts *facts,
                     struct error *err)
{
    struct object_id base;
    int found = merge_base(&base, comparison->change, err);

    return found == 1 ? read_in_base(comparison, &base, file, facts, err)
                      : found;
}

static int compare_file(const struct comparison *comparison, struct file *file,
                        struct error *err)
{
    struct facts base = FACTS_EMPTY;
    size_t count = comparison->change->parents_count;
    int result = 0;

    if (file->all) {
        memset(file->marks, true, file->now.findings_count);
        return 0;
    }
    if (read_parents(comparison, file, err) < 0)
        return -1;
    if (!introduced_mark(file->marks, &file->now, file->parents, count, NULL))
        return 0;
    if (read_sources(comparison, file, err) < 0)
        return -1;
    if (introduced_mark(file->marks, &file->now, file->parents, count, NULL) &&
        count > 1) {
        result = read_base(comparison, file, &base, err);
        introduced_mark(file->marks, &file->now, file->parents, count, &base);
    }
    facts_release(&base);
    return result < 0 ? -1 : 0;
}

static void check_findings(const struct comparison *comparison,
                           struct file *file)
{
    const struct gate *gate = comparison->gate;
    size_t count = comparison->change->parents_count;
    struct error err;

    file->parents = memory_new(count, sizeof(*file->parents));
    file->marks = memory_new(file->now.findings_count, sizeof(*file->marks));
    if (compare_file(comparison, file, &err) < 0)
        report_incomplete(gate->report, file->path, err.message);
    else
        for (size_t i = 0; i < file->now.findings_count; i++)
            if (file->marks[i])
                gate->visit(gate->payload, file->path, &file->blob,
                            &file->now.findings[i]);
    for (size_t i = 0; i < count; i++)
        facts_release(&file->parents[i]);
    free(file->parents);
    free(file->marks);
}

/* Once it is late it stays so. */
static bool is_late(const struct gate *gate)
{
    struct report *report = gate->report;

    if (gate->deadline && !report->late)
        report->late = deadline_passed(gate->deadline);
    return report->late;
}

static void check_entry(const struct comparison *comparison,
                        const struct diff_entry *entry)
{
    const struct gate *gate = comparison->gate;
    struct file file = { .path = entry->path,
                         .blob = entry->after.id,
                         .all = gate->touched };
    struct error err;
    int found;

    gate->report->stats.files++;
    found = gate_facts(gate, comparison->now, file.path, &file.blob, &file.now,
                       &err);
    if (found < 0)
        report_incomplete(gate->report, file.path, err.message);
    if (found != 0)
        gate->report->stats.python_files++;
    if (found == 1 && file.now.findings_count)
        check_findings(comparison, &file);
    facts_release(&file.now);
}

static bool differs_from_all(const struct change *change, const char *path)
{
    for (size_t i = 0; i < change->parents_count; i++)
        if (!diff_find(&change->parents[i].diff, path))
            return false;
    return true;
}

/* ---- files that did not change themselves -------------------------------- */

/* Was the file incomplete in a parent already? */
static bool was_incomplete(const struct comparison *comparison,
                           const struct file *file)
{
    for (size_t i = 0; i < comparison->change->parents_count; i++) {
        struct diff_side side = side_in(comparison, file, i);
        struct facts facts = FACTS_EMPTY;
        struct error err;
        int read = read_old(comparison->gate, comparison->parents[i],
                            file->path, &side, &facts, &err);

        facts_release(&facts);
        if (read < 0)
            return true;
    }
    return false;
}

static void check_other(void *payload, const char *path,
                        const struct object_id *blob)
{
    const struct comparison *comparison = payload;
    const struct gate *gate = comparison->gate;
    struct file file = { .path = path, .blob = *blob };
    struct error err;
    int found;

    if (differs_from_all(comparison->change, path) || is_late(gate))
        return;
    found = gate_facts(gate, comparison->now, path, blob, &file.now, &err);
    if (found < 0 && !was_incomplete(comparison, &file))
        report_incomplete(gate->report, path, err.message);
    if (found == 1 && file.now.findings_count)
        check_findings(comparison, &file);
    facts_release(&file.now);
}

/* ---- the change ---------------------------------------------------------- */

/* Does it touch what may be Python? Only then may files matter to others. */
static bool touches_python(const struct change *change)
{
    for (size_t i = 0; i < change->parents_count; i++) {
        const struct diff *diff = &change->parents[i].diff;

        for (size_t j = 0; j < diff->entries_count; j++)
            if (filetype_of_path(text_of(diff->entries[j].path)) !=
                FILETYPE_OTHER)
                return true;
    }
    return false;
}

static int open_views(struct comparison *comparison, struct error *err)
{
    struct change *change = comparison->change;
    struct views *views = comparison->gate->views;

    if (!views || !touches_python(change))
        return 0;
    for (size_t i = 0; i < change->parents_count; i++) {
        comparison->parents[i] =
            views_of_tree(views, &change->parents[i].tree, err);
        if (!comparison->parents[i])
            return -1;
    }
    comparison->now = change->tree.size
                          ? views_of_tree(views, &change->tree, err)
                          : views_of_index(views, &change->parents[0].tree,
                                           &change->parents[0].diff, err);
    return comparison->now ? 0 : -1;
}

static void compare(const struct comparison *comparison)
{
    const struct gate *gate = comparison->gate;
    const struct diff *diff = &comparison->change->parents[0].diff;

    for (size_t i = 0; i < diff->entries_count && !is_late(gate); i++) {
        const struct diff_entry *entry = &diff->entries[i];

        if (entry->unmerged)
            report_incomplete(gate->report, entry->path,
                              "the file has a merge conflict: resolve it and "
                              "stage the result");
        else if (diff_is_file(&entry->after) &&
                 differs_from_all(comparison->change, entry->path))
            check_entry(comparison, entry);
    }
}

void gate_compare(const struct gate *gate, struct change *change)
{
    struct comparison comparison = { .gate = gate, .change = change };
    struct error err;

    if (is_late(gate))
        return;
    comparison.parents =
        memory_new(change->parents_count, sizeof(*comparison.parents));
    if (open_views(&comparison, &err) < 0)
        report_incomplete(gate->report, ".", err.message);
    compare(&comparison);
    if (comparison.now)
        view_each_changed(comparison.now, check_other, &comparison);
    if (gate->views)
        views_trim(gate->views);
    free(comparison.parents);
}

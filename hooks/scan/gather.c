#include "hooks/scan/gather.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/facts/unused.h"
#include "hooks/joint/analyse.h"
#include "hooks/joint/joint.h"
#include "hooks/scan/reader.h"
#include "hooks/system/pool.h"
#include "hooks/system/regular.h"

struct gather {
    struct repo *repo;
    const struct scan_options *options;
    struct intern paths;     /* of Python files, */
    struct object_id *blobs; /* and what they are */
    size_t blobs_count, blobs_room;
    size_t *opens; /* or where in `places` their paths on disk stand */
    size_t opens_count, opens_room;
    struct buffer places;
    struct imports_words *imports; /* of files on disk */
    size_t imports_count, imports_room;
    uint8_t *broken; /* they are incomplete alone */
    size_t broken_count, broken_room;
    struct intern folders; /* that Python files stand in, at whatever depth */
    struct joint_tree tree;
    struct joint *joint;
    uint32_t last;
};

/* ---- the tree ------------------------------------------------------------ */

static enum modules_kind ask(void *context, struct text path)
{
    const struct gather *gather = context;

    if (intern_find(&gather->paths, path) != INTERN_NONE)
        return MODULES_FILE;
    if (path.size == 0 || intern_find(&gather->folders, path) != INTERN_NONE)
        return MODULES_FOLDER;
    return MODULES_NOTHING;
}

static int read_file(void *context, const char *path, struct buffer *bytes,
                     struct error *err)
{
    struct gather *gather = context;
    uint32_t number = intern_find(&gather->paths, text_of(path));

    if (number == INTERN_NONE)
        return error_set(err, ERROR_USAGE, "%.200s: there is no such file",
                         path);
    if (gather->repo)
        return analyse_read(gather->repo, &gather->blobs[number], bytes, err);
    return regular_read(bytes, AT_FDCWD,
                        gather->places.bytes + gather->opens[number],
                        ANALYSE_READ_MAX, NULL, err) < 0
               ? -1
               : 0;
}

static bool is_wanted(void *payload, struct reader_file *file)
{
    const struct joint_search *search = payload;

    return search->wanted(search->payload, buffer_view(&file->bytes));
}

static void visit(void *payload, const struct reader_file *file)
{
    const struct joint_search *search = payload;
    struct error err;

    if (file->found < 0)
        search->miss(search->payload, file->shown, &file->err);
    if (!file->is_wanted)
        return;
    if (!file->is_large)
        search->visit(search->payload, file->shown, buffer_view(&file->bytes));
    else if (scan_too_large(&err) < 0)
        search->miss(search->payload, file->shown, &err);
}

static void search_disk(struct gather *gather, struct joint_search *search)
{
    const struct reader_visitor visitor = { is_wanted, visit, search };
    struct reader *reader =
        reader_open(&visitor, ANALYSE_READ_MAX, gather->options->threads);

    for (uint32_t i = 0; i < intern_count(&gather->paths); i++) {
        struct text path = intern_text(&gather->paths, i);
        char *shown;

        if (!search->may_import(search->payload, &gather->imports[i]))
            continue;
        shown = memory_copy(path.bytes, path.size);
        reader_give(reader, gather->places.bytes + gather->opens[i], shown,
                    false);
        free(shown);
    }
    reader_close(reader);
}

static void search_blobs(struct gather *gather,
                         const struct joint_search *search)
{
    for (uint32_t i = 0; i < intern_count(&gather->paths); i++) {
        struct text path = intern_text(&gather->paths, i);
        char *shown = memory_copy(path.bytes, path.size);
        struct buffer bytes = BUFFER_EMPTY;
        struct error err;

        if (analyse_read(gather->repo, &gather->blobs[i], &bytes, &err) < 0)
            search->miss(search->payload, shown, &err);
        else if (search->wanted(search->payload, buffer_view(&bytes)))
            search->visit(search->payload, shown, buffer_view(&bytes));
        buffer_release(&bytes);
        free(shown);
    }
}

static void search(void *context, const struct joint_search *search_for)
{
    struct gather *gather = context;
    struct joint_search copy = *search_for;

    if (gather->repo)
        search_blobs(gather, &copy);
    else
        search_disk(gather, &copy);
}

struct gather *gather_open(struct repo *repo,
                           const struct scan_options *options)
{
    struct gather *gather = memory_new(1, sizeof(*gather));

    gather->repo = repo;
    gather->options = options;
    gather->tree = (struct joint_tree){
        .ask = ask, .read = read_file, .search = search, .context = gather
    };
    /* Files on disk are asked after and read without changing anything. */
    if (!repo)
        gather->tree.threads = pool_threads(options->threads);
    gather->joint =
        joint_open(&gather->tree, options->codeql_compat || options->unused);
    return gather;
}

void gather_close(struct gather *gather)
{
    joint_close(gather->joint);
    intern_release(&gather->paths);
    intern_release(&gather->folders);
    free(gather->blobs);
    free(gather->opens);
    free(gather->imports);
    free(gather->broken);
    buffer_release(&gather->places);
    free(gather);
}

/* ---- files --------------------------------------------------------------- */

/* All folders around the path, from the inside out, until one is known. */
static void add_folders(struct gather *gather, const char *path)
{
    size_t size = strlen(path);

    for (;;) {
        uint32_t before = intern_count(&gather->folders);

        while (size > 0 && path[size - 1] != '/')
            size--;
        if (size == 0)
            return;
        size--;
        if (intern_add(&gather->folders, (struct text){ path, size }) < before)
            return;
    }
}

void gather_file(struct gather *gather, const char *path, const char *opens,
                 const struct imports_words *imports,
                 const struct object_id *blob)
{
    uint32_t before = intern_count(&gather->paths);

    gather->last = intern_add(&gather->paths, text_of(path));
    if (gather->last < before)
        return;
    add_folders(gather, path);
    *ARRAY_PUSH(gather->broken) = 0;
    if (blob) {
        *ARRAY_PUSH(gather->blobs) = *blob;
        return;
    }
    *ARRAY_PUSH(gather->opens) = gather->places.size;
    *ARRAY_PUSH(gather->imports) = *imports;
    buffer_append(&gather->places, opens, strlen(opens) + 1);
}

void gather_facts(struct gather *gather, struct facts *facts)
{
    struct text path = intern_text(&gather->paths, gather->last);
    char *copy;

    if (!facts) {
        gather->broken[gather->last] = 1;
        return;
    }
    if (facts->findings_count == 0 && intern_count(&facts->needs) == 0 &&
        intern_count(&facts->exports) == 0)
        return;
    copy = memory_copy(path.bytes, path.size);
    joint_add(gather->joint, copy, facts);
    free(copy);
}

/* ---- the report ---------------------------------------------------------- */

static void show_findings(const struct scan_options *options,
                          struct report *report, const char *path,
                          const struct facts *facts, struct text bytes)
{
    struct hints hints = HINTS_EMPTY;

    if (facts->findings_count)
        hints_open(&hints, bytes, &report->hint_left);
    for (size_t i = 0; i < facts->findings_count; i++) {
        const struct finding *finding = &facts->findings[i];
        struct report_finding *added;

        if (finding->over_approximated && !options->codeql_compat)
            continue;
        added = report_add(report, path, finding);
        added->blocks = finding->suppression == SUPPRESSION_NONE;
        added->hint = hints_of(&hints, finding);
        report_excerpt(added, bytes.bytes, bytes.size);
    }
    hints_close(&hints);
}

static void show_unused(struct report *report, const char *path,
                        const struct facts *facts, struct text bytes)
{
    struct unused unused;
    struct error err;

    if (unused_find(&unused, bytes, facts->findings, facts->findings_count,
                    &err) < 0)
        report_incomplete(report, path, err.message);
    report_unused(report, path, &unused);
    unused_release(&unused);
}

void gather_show(const struct scan_options *options, struct report *report,
                 const char *path, const struct facts *facts, struct text bytes)
{
    show_findings(options, report, path, facts, bytes);
    if (options->unused)
        show_unused(report, path, facts, bytes);
}

/* The findings from `from` on are of a file on disk. */
static void tell_opens(const struct gather *gather, const char *path,
                       struct report *report, size_t from)
{
    uint32_t number = intern_find(&gather->paths, text_of(path));
    const char *opens = gather->places.bytes + gather->opens[number];

    for (size_t i = from; i < report->findings_count; i++)
        report->findings[i].opens = memory_copy(opens, strlen(opens));
}

/*
 * What cannot be read again has no excerpts, and its comments are not known.
 * Nor is what excuses nothing where not all calls are known.
 */
static void report_file(struct gather *gather, const char *path,
                        const struct joint_file *file, struct report *report)
{
    const struct facts none = FACTS_EMPTY;
    const struct facts *facts = file ? &file->facts : &none;
    struct scan_options options = *gather->options;
    struct buffer bytes = BUFFER_EMPTY;
    size_t from = report->findings_count;
    struct error err;

    if (file && file->is_incomplete)
        options.unused = false;
    if (facts->findings_count == 0 && !options.unused)
        return;
    if (read_file(gather, path, &bytes, &err) < 0)
        report_incomplete(report, path, err.message);
    gather_show(&options, report, path, facts, buffer_view(&bytes));
    if (!gather->repo)
        tell_opens(gather, path, report, from);
    buffer_release(&bytes);
}

void gather_report(struct gather *gather, struct report *report)
{
    joint_decide(gather->joint);
    for (uint32_t i = 0; i < intern_count(&gather->paths); i++) {
        struct text text = intern_text(&gather->paths, i);
        char *path = memory_copy(text.bytes, text.size);
        const struct joint_file *file = joint_find(gather->joint, path);

        if (file && file->is_incomplete && !gather->broken[i])
            report_incomplete(report, path, file->err.message);
        if (!gather->broken[i])
            report_file(gather, path, file, report);
        free(path);
    }
}

#include "hooks/history/history_report.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "hooks/history/history_twins.h"

struct reporting {
    struct report *report;
    struct history_commits *commits;
    struct history_trees *trees;
    struct entries *entries;
    struct object object; /* the blob whose lines were shown last */
    uint32_t blob;        /* its number; TREES_UNKNOWN: none */
};

static char *copy(struct text text)
{
    return memory_copy(text.bytes, text.size);
}

static bool is_asked(const struct history_commits *commits, uint32_t commit)
{
    return !(commits->commits[commit].flags & COMMIT_UNASKED);
}

static bool is_asked_for(const struct history_commits *commits,
                         const struct entry *entry)
{
    return is_asked(commits, entry->introduced) ||
           (entry->removed != ENTRY_NOT_REMOVED &&
            is_asked(commits, entry->removed));
}

/* The commit was read before; were it gone now, its id alone is known. */
static struct report_commit *describe(struct history_commits *commits,
                                      uint32_t number)
{
    struct report_commit *about = memory_new(1, sizeof(*about));
    struct object_id id = commits_id(commits, number);
    struct object object = OBJECT_EMPTY;
    struct commit_view view = { .author = TEXT_EMPTY, .subject = TEXT_EMPTY };
    char hex[OBJECT_HEX_MAX];
    struct error err;

    if (object_read(&object, commits->repo, &id, COMMIT_SIZE_MAX, &err) != 1 ||
        commit_parse(&view, object.bytes) < 0)
        view =
            (struct commit_view){ .author = TEXT_EMPTY, .subject = TEXT_EMPTY };
    about->id = copy(text_of(object_id_format(&id, hex)));
    about->author = copy(view.author);
    about->subject = copy(view.subject);
    about->date = view.date;
    about->zone = view.zone;
    object_release(&object);
    return about;
}

/* Of the blobs with findings, those that are shown are verified by this. */
static void explain(struct reporting *reporting, const struct object_id *id,
                    const char *path, const struct error *err)
{
    struct buffer reason = BUFFER_EMPTY;
    char hex[OBJECT_HEX_MAX];

    buffer_format(&reason, "blob %s: %s", object_id_format(id, hex),
                  err->message);
    report_incomplete(reporting->report, path, reason.bytes);
    buffer_release(&reason);
}

static void show_lines(struct reporting *reporting, uint32_t blob,
                       struct report_finding *finding)
{
    struct object_id id = blobs_id(reporting->trees->blobs, blob);
    struct error err;
    int found;

    if (blob != reporting->blob) {
        object_release(&reporting->object);
        reporting->object = OBJECT_EMPTY;
        reporting->blob = blob;
        found = object_read(&reporting->object, reporting->commits->repo, &id,
                            SCAN_SIZE_MAX, &err);
        if (found < 0)
            explain(reporting, &id, finding->path, &err);
        /* Known by the cache alone, a finding is shown without its lines. */
        if (found != 1)
            reporting->object = OBJECT_EMPTY;
    }
    if (reporting->object.bytes.size)
        report_excerpt(finding, reporting->object.bytes.bytes,
                       reporting->object.bytes.size);
}

/* At the introduction, and where it lives, it is the same in all else. */
static void report_move(struct reporting *reporting, const struct entry *entry,
                        struct report_finding *added)
{
    struct history_trees *trees = reporting->trees;
    const struct entry_place *place = &entry->live_place;
    struct finding finding = trees->blobs->findings[place->finding];
    char *path;

    if (place->path == entry->path &&
        finding.range.start.line == added->finding.range.start.line &&
        finding.range.start.column == added->finding.range.start.column)
        return;
    finding.suppression = added->finding.suppression;
    path = copy(intern_text(&trees->paths, place->path));
    show_lines(reporting, place->blob, report_now(added, path, &finding));
    free(path);
}

static void report_entry(struct reporting *reporting, const struct entry *entry)
{
    struct history_trees *trees = reporting->trees;
    struct finding finding = trees->blobs->findings[entry->finding];
    char *path = copy(intern_text(&trees->paths, entry->path));
    struct report_finding *added;

    if (entry->live)
        finding.suppression =
            entry->live_open ? SUPPRESSION_NONE : entry->live_suppression;
    added = report_add(reporting->report, path, &finding);
    free(path);
    added->live = entry->live;
    added->blocks = entry->live && entry->live_open;
    added->introduced = describe(reporting->commits, entry->introduced);
    if (entry->removed != ENTRY_NOT_REMOVED)
        *(entry->live ? &added->elsewhere : &added->removed) =
            describe(reporting->commits, entry->removed);
    show_lines(reporting, entry->blob, added);
    if (entry->live)
        report_move(reporting, entry, added);
}

static int compare_strings(const void *one, const void *two)
{
    return strcmp(*(char *const *)one, *(char *const *)two);
}

/* For each entry: did it stand at one of the paths? */
static bool *find_placed(const struct entries *entries,
                         const struct history_trees *trees,
                         const struct pathspec *paths)
{
    bool *placed = memory_new(entries->entries_count, sizeof(*placed));

    for (uint32_t i = 0; i < intern_count(&entries->moves); i++) {
        struct entry_move move;

        memcpy(&move, intern_text(&entries->moves, i).bytes, sizeof(move));
        if (!placed[move.entry])
            placed[move.entry] =
                pathspec_has(paths, intern_text(&trees->paths, move.path));
    }
    return placed;
}

/* The moves go to the findings that were reported for their entries. */
static void report_paths(struct reporting *reporting, const uint32_t *findings)
{
    const struct intern *moves = &reporting->entries->moves;
    struct report *report = reporting->report;

    for (uint32_t i = 0; i < intern_count(moves); i++) {
        struct entry_move move;

        memcpy(&move, intern_text(moves, i).bytes, sizeof(move));
        if (findings[move.entry] == UINT32_MAX)
            continue;
        *ARRAY_PUSH(report->findings[findings[move.entry]].paths) =
            copy(intern_text(&reporting->trees->paths, move.path));
    }
    for (size_t i = 0; i < report->findings_count; i++)
        if (report->findings[i].paths_count > 1)
            qsort(report->findings[i].paths, report->findings[i].paths_count,
                  sizeof(char *), compare_strings);
}

void history_report(struct report *report, struct history_commits *commits,
                    struct history_trees *trees, struct entries *entries,
                    const struct pathspec *paths)
{
    struct reporting reporting = { .report = report,
                                   .commits = commits,
                                   .trees = trees,
                                   .entries = entries,
                                   .object = OBJECT_EMPTY,
                                   .blob = TREES_UNKNOWN };
    uint32_t *findings = memory_new(entries->entries_count, sizeof(*findings));
    uint32_t *introduced =
        memory_new(entries->entries_count, sizeof(*introduced));
    bool *placed = find_placed(entries, trees, paths);

    for (size_t i = 0; i < entries->entries_count; i++) {
        const struct entry *entry = &entries->entries[i];

        findings[i] = UINT32_MAX;
        if (!placed[i] || !is_asked_for(commits, entry))
            continue;
        findings[i] = (uint32_t)report->findings_count;
        introduced[report->findings_count] = entry->introduced;
        report_entry(&reporting, entry);
        commits->commits[entry->introduced].flags |= COMMIT_NAMED;
    }
    report_paths(&reporting, findings);
    twins_find(report, introduced, commits);
    object_release(&reporting.object);
    free(introduced);
    free(placed);
    free(findings);
}

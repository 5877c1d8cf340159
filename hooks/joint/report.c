#include "hooks/joint/report.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/text.h"

static char *copy(const char *string)
{
    return memory_copy(string, strlen(string));
}

struct report_finding *report_add(struct report *report, const char *path,
                                  const struct finding *finding)
{
    struct report_finding *added = ARRAY_PUSH(report->findings);

    added->path = copy(path);
    added->finding = *finding;
    report->doubtful = true;
    return added;
}

void report_incomplete(struct report *report, const char *path,
                       const char *reason)
{
    struct report_incomplete *added = ARRAY_PUSH(report->incomplete);

    added->path = copy(path);
    added->reason = copy(reason);
    report->doubtful = true;
}

void report_note(struct report *report, const char *path, const char *words)
{
    struct report_note *added = ARRAY_PUSH(report->notes);

    added->path = copy(path);
    added->words = copy(words);
}

void report_unused(struct report *report, const char *path,
                   const struct unused *unused)
{
    for (size_t i = 0; i < unused->items_count; i++) {
        struct report_unused *added = ARRAY_PUSH(report->unused);

        added->path = copy(path);
        added->comment = unused->items[i];
    }
}

/* The line end at or after `at`: LF, CRLF and a lone CR end lines. */
static size_t line_end(struct text bytes, size_t at)
{
    while (at < bytes.size && bytes.bytes[at] != '\n' &&
           bytes.bytes[at] != '\r')
        at++;
    return at;
}

void report_deny(struct report_finding *finding)
{
    finding->denied = finding->finding.suppression;
    finding->finding.suppression = SUPPRESSION_NONE;
}

struct report_finding *report_now(struct report_finding *finding,
                                  const char *path, const struct finding *now)
{
    finding->now = memory_new(1, sizeof(*finding->now));
    finding->now->path = memory_copy(path, strlen(path));
    finding->now->finding = *now;
    return finding->now;
}

void report_excerpt(struct report_finding *finding, const char *bytes,
                    size_t size)
{
    struct text text = { bytes, size };
    const struct range *range = &finding->finding.range;
    size_t start = finding->finding.offset, end = start;

    if (start >= size || finding->excerpt)
        return;
    while (start > 0 && bytes[start - 1] != '\n' && bytes[start - 1] != '\r')
        if (end - --start >= REPORT_EXCERPT_MAX)
            return;
    /* No farther than is kept: a long line may have a thousand calls. */
    if (size - start > REPORT_EXCERPT_MAX)
        text.size = start + REPORT_EXCERPT_MAX;
    end = line_end(text, end);
    for (uint32_t line = range->start.line;
         line < range->end.line && end < text.size; line++) {
        if (end + 1 < size && bytes[end] == '\r' && bytes[end + 1] == '\n')
            end++;
        end = line_end(text, end < text.size ? end + 1 : end);
    }
    finding->excerpt = memory_copy(bytes + start, end - start);
    finding->excerpt_size = end - start;
}

static int compare_commits(const struct report_commit *a,
                           const struct report_commit *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    return strcmp(a->id, b->id);
}

static int compare(const void *one, const void *two)
{
    const struct report_finding *a = one, *b = two;
    int order = strcmp(a->path, b->path);

    if (order == 0)
        order = finding_compare(&a->finding, &b->finding);
    if (order == 0)
        order = compare_commits(a->introduced, b->introduced);
    return order ? order : compare_commits(a->removed, b->removed);
}

static int compare_incomplete(const void *one, const void *two)
{
    const struct report_incomplete *a = one, *b = two;
    int order = strcmp(a->path, b->path);

    return order ? order : strcmp(a->reason, b->reason);
}

static int compare_unused(const void *one, const void *two)
{
    const struct report_unused *a = one, *b = two;
    const struct position *left = &a->comment.range.start;
    const struct position *right = &b->comment.range.start;
    int order = strcmp(a->path, b->path);

    if (order == 0)
        order = (left->line > right->line) - (left->line < right->line);
    if (order == 0)
        order = (left->column > right->column) - (left->column < right->column);
    if (order == 0)
        order = (a->comment.kind > b->comment.kind) -
                (a->comment.kind < b->comment.kind);
    return order;
}

void report_sort(struct report *report)
{
    if (report->findings_count)
        qsort(report->findings, report->findings_count,
              sizeof(*report->findings), compare);
    if (report->incomplete_count)
        qsort(report->incomplete, report->incomplete_count,
              sizeof(*report->incomplete), compare_incomplete);
    if (report->unused_count)
        qsort(report->unused, report->unused_count, sizeof(*report->unused),
              compare_unused);
}

bool report_blocks(const struct report *report)
{
    for (size_t i = 0; i < report->findings_count; i++)
        if (report->findings[i].blocks)
            return true;
    return false;
}

static void release_commit(struct report_commit *commit)
{
    if (!commit)
        return;
    free(commit->id);
    free(commit->author);
    free(commit->subject);
    free(commit);
}

static void release_finding(struct report_finding *finding)
{
    free(finding->opens);
    free(finding->path);
    free(finding->excerpt);
    remedy_free(finding->remedy);
    release_commit(finding->introduced);
    release_commit(finding->removed);
    release_commit(finding->elsewhere);
    for (size_t i = 0; i < finding->paths_count; i++)
        free(finding->paths[i]);
    free(finding->paths);
    if (finding->now)
        release_finding(finding->now);
    free(finding->now);
}

static void release_incomplete(struct report_incomplete *incomplete)
{
    free(incomplete->path);
    free(incomplete->reason);
}

void report_leave_out(struct report *report, report_is_out *is_out,
                      void *payload)
{
    size_t findings = 0, incomplete = 0, unused = 0;

    for (size_t i = 0; i < report->findings_count; i++) {
        if (is_out(payload, report->findings[i].path))
            release_finding(&report->findings[i]);
        else
            report->findings[findings++] = report->findings[i];
    }
    for (size_t i = 0; i < report->incomplete_count; i++) {
        if (is_out(payload, report->incomplete[i].path))
            release_incomplete(&report->incomplete[i]);
        else
            report->incomplete[incomplete++] = report->incomplete[i];
    }
    for (size_t i = 0; i < report->unused_count; i++) {
        if (is_out(payload, report->unused[i].path))
            free(report->unused[i].path);
        else
            report->unused[unused++] = report->unused[i];
    }
    report->findings_count = findings;
    report->incomplete_count = incomplete;
    report->unused_count = unused;
}

void report_release(struct report *report)
{
    for (size_t i = 0; i < report->findings_count; i++)
        release_finding(&report->findings[i]);
    for (size_t i = 0; i < report->incomplete_count; i++)
        release_incomplete(&report->incomplete[i]);
    for (size_t i = 0; i < report->unused_count; i++)
        free(report->unused[i].path);
    for (size_t i = 0; i < report->notes_count; i++) {
        free(report->notes[i].path);
        free(report->notes[i].words);
    }
    free(report->notes);
    free(report->unused);
    free(report->findings);
    free(report->incomplete);
    free(report->cache_trouble);
    free(report->baseline);
    *report = REPORT_EMPTY;
}

#include "cmd/render/folds.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/render/entry.h"
#include "core/base/memory.h"

static int compare_twins(const struct report_finding *a,
                         const struct report_finding *b)
{
    const struct finding *one = &a->finding, *two = &b->finding;
    int order = strcmp(a->path, b->path);

    if (order)
        return order;
    if (one->line_hash != two->line_hash)
        return one->line_hash < two->line_hash ? -1 : 1;
    if (one->line_count != two->line_count)
        return one->line_count < two->line_count ? -1 : 1;
    if (one->target != two->target)
        return one->target < two->target ? -1 : 1;
    return (a->twin > b->twin) - (a->twin < b->twin);
}

/* Newer first; what is equal stays in the order of the report. */
static int compare_age(const struct report_finding *a,
                       const struct report_finding *b)
{
    int64_t one = a->introduced ? a->introduced->date : 0;
    int64_t two = b->introduced ? b->introduced->date : 0;

    if (one != two)
        return one > two ? -1 : 1;
    return a < b ? -1 : a > b;
}

static int compare(const void *one, const void *two)
{
    const struct report_finding *a = *(const struct report_finding *const *)one;
    const struct report_finding *b = *(const struct report_finding *const *)two;
    int order = compare_twins(a, b);

    return order ? order : compare_age(a, b);
}

static int compare_folds(const void *one, const void *two)
{
    const struct report_finding *a = ((const struct fold *)one)->findings[0];
    const struct report_finding *b = ((const struct fold *)two)->findings[0];

    if (a->live != b->live)
        return a->live ? -1 : 1;
    return compare_age(a, b);
}

/* The newest live one comes first, the others stay in order. */
static void lift_live(struct fold *fold)
{
    const struct report_finding *first;
    size_t at = 0;

    while (at < fold->findings_count && !fold->findings[at]->live)
        at++;
    if (at == fold->findings_count)
        return;
    first = fold->findings[at];
    memmove(fold->findings + 1, fold->findings, at * sizeof(first));
    fold->findings[0] = first;
}

static size_t list_shown(struct folds *folds, const struct report *report,
                         const struct style *style)
{
    size_t count = 0;

    folds->order = memory_new(report->findings_count, sizeof(*folds->order));
    for (size_t i = 0; i < report->findings_count; i++)
        if (entry_is_shown(&report->findings[i], style))
            folds->order[count++] = &report->findings[i];
    if (count && report->history)
        qsort(folds->order, count, sizeof(*folds->order), compare);
    return count;
}

void folds_make(struct folds *folds, const struct report *report,
                const struct style *style)
{
    size_t count, end;

    *folds = (struct folds){ .folds = NULL };
    count = list_shown(folds, report, style);
    for (size_t start = 0; start < count; start = end) {
        struct fold *fold = ARRAY_PUSH(folds->folds);

        for (end = start + 1;
             report->history && end < count &&
             compare_twins(folds->order[start], folds->order[end]) == 0;)
            end++;
        fold->findings = folds->order + start;
        fold->findings_count = end - start;
        lift_live(fold);
    }
    if (folds->folds_count && report->history)
        qsort(folds->folds, folds->folds_count, sizeof(*folds->folds),
              compare_folds);
}

bool fold_is_live(const struct fold *fold)
{
    return fold->findings[0]->live;
}

struct report_finding fold_shown(const struct fold *fold)
{
    struct report_finding shown = *fold->findings[0];

    if (!shown.now)
        return shown;
    shown.finding.range = shown.now->finding.range;
    shown.excerpt = shown.now->excerpt;
    shown.excerpt_size = shown.now->excerpt_size;
    shown.path = shown.now->path;
    return shown;
}

void folds_release(struct folds *folds)
{
    free(folds->folds);
    free(folds->order);
    *folds = (struct folds){ .folds = NULL };
}

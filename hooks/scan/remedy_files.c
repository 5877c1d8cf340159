#include "hooks/scan/remedy_files.h"

#include <fcntl.h>
#include <string.h>

#include "core/facts/scan.h"
#include "hooks/scan/importers.h"
#include "hooks/system/regular.h"

/* The findings of one file. */
struct group {
    struct report *report;
    size_t from, to;
};

static void tell(const struct group *group, struct remedies *remedies)
{
    for (size_t i = group->from; i < group->to; i++) {
        struct report_finding *finding = &group->report->findings[i];

        finding->remedy = remedies_of(remedies, &finding->finding);
        if (finding->remedy)
            remedy_patch(finding->remedy, remedies, finding->path);
    }
}

void remedy_bytes(struct report *report, size_t from, struct text bytes)
{
    const struct group group = { report, from, report->findings_count };
    const struct fix_options options = { .keeps = true };
    struct remedies remedies;
    struct error err;

    if (from == group.to || !report->remedy_left)
        return;
    if (remedies_open(&remedies, bytes, &options, &report->remedy_left, &err) ==
        0)
        tell(&group, &remedies);
    remedies_close(&remedies);
}

/* Only where an import would go it matters whether others want it. */
static void tell_file(const struct group *group, struct importers *importers,
                      const struct repo *repo, struct text bytes)
{
    const struct report_finding *first = &group->report->findings[group->from];
    size_t *left = &group->report->remedy_left;
    struct fix_options options = { .keeps = false };
    struct remedies remedies;
    struct error err;
    int result = remedies_open(&remedies, bytes, &options, left, &err);

    options.keeps =
        remedies.fix.drops &&
        importers_may_be(importers, repo, first->path, first->opens);
    if (options.keeps) {
        remedies_close(&remedies);
        result = remedies_open(&remedies, bytes, &options, left, &err);
    }
    if (result == 0)
        tell(group, &remedies);
    remedies_close(&remedies);
}

/* The number behind the last finding of its file. */
static size_t end_of(const struct report *report, size_t from)
{
    const char *path = report->findings[from].path;

    while (from < report->findings_count &&
           strcmp(report->findings[from].path, path) == 0)
        from++;
    return from;
}

void remedy_files(struct report *report, const struct repo *repo)
{
    struct importers importers = { .asked = false };
    struct group group = { .report = report };

    for (; report->remedy_left && group.from < report->findings_count;
         group.from = group.to) {
        const char *opens = report->findings[group.from].opens;
        struct buffer bytes = BUFFER_EMPTY;
        struct error err;

        group.to = end_of(report, group.from);
        if (opens && regular_read(&bytes, AT_FDCWD, opens, SCAN_SIZE_MAX, NULL,
                                  &err) >= 0)
            tell_file(&group, &importers, repo, buffer_view(&bytes));
        buffer_release(&bytes);
    }
    importers_release(&importers);
}

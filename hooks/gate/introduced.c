#include "hooks/gate/introduced.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

/* Findings of one kind: a run of facts that are sorted by kind. */
struct run {
    const struct finding *findings;
    size_t count;
};

void introduced_filter(struct facts *facts, enum excuses excuses,
                       bool codeql_compat)
{
    size_t kept = 0;

    for (size_t i = 0; i < facts->findings_count; i++) {
        const struct finding *finding = &facts->findings[i];

        if (!finding_excused(finding, excuses) &&
            (codeql_compat || !finding->over_approximated))
            facts->findings[kept++] = *finding;
    }
    facts->findings_count = kept;
}

static int order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_kinds(const struct finding *a, const struct finding *b)
{
    int result = order(a->target, b->target);

    if (result == 0)
        result = order(a->statement.high, b->statement.high);
    return result ? result : order(a->statement.low, b->statement.low);
}

static int compare(const void *one, const void *two)
{
    const struct finding *a = one, *b = two;
    int result = compare_kinds(a, b);

    if (result == 0)
        result = order(a->line_hash, b->line_hash);
    return result ? result : order(a->offset, b->offset);
}

static void sort(struct facts *facts)
{
    if (facts->findings_count)
        qsort(facts->findings, facts->findings_count, sizeof(*facts->findings),
              compare);
}

static struct run run_at(const struct facts *facts, size_t start)
{
    struct run run = { facts->findings + start, 0 };

    while (start + run.count < facts->findings_count &&
           compare_kinds(run.findings, &run.findings[run.count]) == 0)
        run.count++;
    return run;
}

static struct run run_of(const struct facts *facts, const struct finding *kind)
{
    size_t low = 0, high = facts->findings_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_kinds(&facts->findings[middle], kind) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == facts->findings_count ||
        compare_kinds(&facts->findings[low], kind) != 0)
        return (struct run){ NULL, 0 };
    return run_at(facts, low);
}

static size_t allowed(const struct finding *kind, const struct facts *parents,
                      size_t count, const struct facts *base)
{
    size_t most = 0, sum = 0, less = 0;

    for (size_t i = 0; i < count; i++) {
        size_t held = run_of(&parents[i], kind).count;

        sum += held;
        if (held > most)
            most = held;
    }
    if (!base)
        return most;
    less = (count - 1) * run_of(base, kind).count;
    return sum > less && sum - less > most ? sum - less : most;
}

/* Clear the marks of those that stand in an old file as they stand here. */
static size_t clear_unmoved(bool *marks, struct run now, struct run old,
                            size_t room)
{
    size_t cleared = 0, at = 0;

    for (size_t i = 0; i < now.count && cleared < room; i++) {
        while (at < old.count &&
               old.findings[at].line_hash < now.findings[i].line_hash)
            at++;
        if (at < old.count && marks[i] &&
            old.findings[at].line_hash == now.findings[i].line_hash) {
            marks[i] = false;
            cleared++;
            at++;
        }
    }
    return cleared;
}

static int compare_offsets(const void *one, const void *two)
{
    const uint32_t *a = one, *b = two;

    return order(*a, *b);
}

/* Clear the first `room` marks, in the order of the file. */
static void clear_first(bool *marks, struct run now, size_t room)
{
    uint32_t *offsets = memory_new(now.count, sizeof(*offsets));
    size_t count = 0;

    for (size_t i = 0; i < now.count; i++)
        if (marks[i])
            offsets[count++] = now.findings[i].offset;
    if (count)
        qsort(offsets, count, sizeof(*offsets), compare_offsets);
    for (size_t i = 0; i < now.count && count > room; i++)
        marks[i] = marks[i] && now.findings[i].offset >= offsets[room];
    free(offsets);
}

static size_t mark_run(bool *marks, struct run now, size_t room,
                       const struct facts *parents, size_t count)
{
    size_t introduced = now.count > room ? now.count - room : 0;

    memset(marks, introduced > 0, now.count);
    if (!introduced)
        return 0;
    for (size_t i = 0; i < count; i++)
        room -=
            clear_unmoved(marks, now, run_of(&parents[i], now.findings), room);
    if (room)
        clear_first(marks, now, room);
    return introduced;
}

size_t introduced_mark(bool *marks, struct facts *now, struct facts *parents,
                       size_t parents_count, struct facts *base)
{
    size_t introduced = 0, at = 0;

    sort(now);
    for (size_t i = 0; i < parents_count; i++)
        sort(&parents[i]);
    if (base)
        sort(base);
    while (at < now->findings_count) {
        struct run run = run_at(now, at);

        introduced +=
            mark_run(marks + at, run,
                     allowed(run.findings, parents, parents_count, base),
                     parents, parents_count);
        at += run.count;
    }
    return introduced;
}

#include "hooks/history/history_twins.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

/*
 * A walk from parents to children carries a bit for each pair of call and
 * number: that number was given to an ancestor. A finding takes the lowest
 * number that no ancestor has. A walk has room for some calls, with some
 * numbers each.
 */
#define NUMBERS 8
#define CALLS   (64 / NUMBERS)

/* The last number stands for itself: no more bits are left. */
#define NUMBERS_LAST (NUMBERS - 1)

struct twin {
    const struct report_finding *finding;
    uint32_t commit;
    uint32_t number; /* of the finding in the report */
};

struct walk {
    const struct history_commits *commits;
    uint64_t *masks;  /* of each commit */
    uint32_t *firsts; /* of each commit: its first twin, plus one */
    uint32_t *nexts;  /* of each twin: the next of its commit, plus one */
    unsigned *shifts; /* of each twin: where the bits of its call start */
};

static int compare_calls(const struct report_finding *a,
                         const struct report_finding *b)
{
    const struct finding *one = &a->finding, *two = &b->finding;

    if (one->line_hash != two->line_hash)
        return one->line_hash < two->line_hash ? -1 : 1;
    if (one->line_count != two->line_count)
        return one->line_count < two->line_count ? -1 : 1;
    if (one->target != two->target)
        return one->target < two->target ? -1 : 1;
    return strcmp(a->path, b->path);
}

static int compare(const void *one, const void *two)
{
    const struct twin *a = one, *b = two;
    int order = compare_calls(a->finding, b->finding);

    if (order)
        return order;
    return (a->number > b->number) - (a->number < b->number);
}

static struct twin *sorted(const struct report *report,
                           const uint32_t *introduced)
{
    struct twin *twins = memory_new(report->findings_count, sizeof(*twins));

    for (size_t i = 0; i < report->findings_count; i++)
        twins[i] =
            (struct twin){ &report->findings[i], introduced[i], (uint32_t)i };
    if (report->findings_count)
        qsort(twins, report->findings_count, sizeof(*twins), compare);
    return twins;
}

/* Leave those out that are alone; returns how many are left. */
static size_t keep_several(struct twin *twins, size_t count)
{
    size_t kept = 0, end;

    for (size_t start = 0; start < count; start = end) {
        for (end = start + 1;
             end < count &&
             compare_calls(twins[start].finding, twins[end].finding) == 0;)
            end++;
        if (end - start > 1) {
            memmove(twins + kept, twins + start,
                    (end - start) * sizeof(*twins));
            kept += end - start;
        }
    }
    return kept;
}

static uint32_t lowest_free(uint64_t taken)
{
    uint32_t number = 0;

    while (number < NUMBERS_LAST && taken >> number & 1)
        number++;
    return number;
}

static void visit(struct walk *walk, uint32_t commit, const struct twin *twins,
                  struct report *report)
{
    size_t count;
    const uint32_t *parents = commits_parents(walk->commits, commit, &count);
    uint64_t mask = 0;

    for (size_t p = 0; p < count; p++)
        mask |= walk->masks[parents[p]];
    for (uint32_t next = walk->firsts[commit]; next;
         next = walk->nexts[next - 1]) {
        unsigned shift = walk->shifts[next - 1];
        uint32_t number = lowest_free(mask >> shift);

        mask |= UINT64_C(1) << (shift + number);
        if (number == NUMBERS_LAST)
            number += next;
        report->findings[twins[next - 1].number].twin = number;
    }
    walk->masks[commit] = mask;
}

/* The twins of some calls. */
static void walk_all(const struct history_commits *commits,
                     const struct twin *twins, size_t count,
                     struct report *report)
{
    struct walk walk = {
        .commits = commits,
        .masks = memory_new(commits->commits_count, sizeof(uint64_t)),
        .firsts = memory_new(commits->commits_count, sizeof(uint32_t)),
        .nexts = memory_new(count, sizeof(uint32_t)),
        .shifts = memory_new(count, sizeof(unsigned)),
    };

    for (uint32_t i = 0; i < count; i++) {
        bool other =
            i && compare_calls(twins[i - 1].finding, twins[i].finding) != 0;

        walk.shifts[i] = i ? walk.shifts[i - 1] + (other ? NUMBERS : 0) : 0;
        walk.nexts[i] = walk.firsts[twins[i].commit];
        walk.firsts[twins[i].commit] = i + 1;
    }
    for (size_t i = 0; i < commits->order_count; i++)
        visit(&walk, commits->order[i], twins, report);
    free(walk.masks);
    free(walk.firsts);
    free(walk.nexts);
    free(walk.shifts);
}

/* Where the next some calls end. */
static size_t find_end(const struct twin *twins, size_t start, size_t count,
                       size_t calls)
{
    size_t end = start;

    while (end < count) {
        if (end > start &&
            compare_calls(twins[end - 1].finding, twins[end].finding) != 0 &&
            --calls == 0)
            break;
        end++;
    }
    return end;
}

void twins_find(struct report *report, const uint32_t *introduced,
                const struct history_commits *commits)
{
    struct twin *twins = sorted(report, introduced);
    size_t count = keep_several(twins, report->findings_count), end;
    size_t calls = 0;

    for (size_t i = 0; i < count; i++)
        report->findings[twins[i].number].twin = UINT32_MAX - (uint32_t)i;
    for (size_t start = 0; start < count && calls < TWINS_CALLS_MAX;
         start = end) {
        end = find_end(twins, start, count, CALLS);
        walk_all(commits, twins + start, end - start, report);
        calls += CALLS;
    }
    free(twins);
}

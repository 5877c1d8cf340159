#include "hooks/history/history_match.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "hooks/history/history_sets.h"

/* Runs of one key with more pairs than this are paired without looking for
 * shared entries. */
#define SHARED_PAIRS_MAX 1000000

struct matching {
    const struct intern *sets;
    const struct version *before, *after;
    uint32_t *partner;
    unsigned char *taken; /* of after */
};

/* The occurrences of one key in both. */
struct run {
    size_t before, before_end, after, after_end;
};

size_t match_run(const struct occurrence *occurrences, size_t count, size_t at)
{
    size_t end = at + 1;

    while (end < count && occurrences[end].key == occurrences[at].key)
        end++;
    return end;
}

size_t match_count(const struct occurrence *occurrences, size_t count,
                   uint32_t key)
{
    for (size_t i = 0; i < count; i++)
        if (occurrences[i].key == key)
            return match_run(occurrences, count, i) - i;
    return 0;
}

static void join(struct matching *m, size_t before, size_t after)
{
    m->partner[before] = (uint32_t)after;
    m->taken[after] = 1;
}

static void join_sharing(struct matching *m, const struct run *run, size_t b)
{
    for (size_t a = run->after; a < run->after_end; a++)
        if (!m->taken[a] &&
            sets_meet(m->sets, m->before->sets[b], m->after->sets[a])) {
            join(m, b, a);
            return;
        }
}

/* Both runs are sorted by the text around, so one pass in step finds all. */
static void join_in_order(struct matching *m, const struct run *run,
                          bool unclaimed, bool same_text)
{
    size_t a = run->after, b = run->before;

    while (a < run->after_end && b < run->before_end) {
        uint64_t one = m->before->occurrences[b].line_hash;
        uint64_t two = m->after->occurrences[a].line_hash;

        if (m->partner[b] != MATCH_NONE)
            b++;
        else if (m->taken[a] || (unclaimed && m->after->sets[a] != SETS_EMPTY))
            a++;
        else if (same_text && one != two) {
            a += two < one;
            b += one < two;
        } else
            join(m, b++, a++);
    }
}

static void match_one_run(struct matching *m, const struct run *run)
{
    size_t pairs =
        (run->before_end - run->before) * (run->after_end - run->after);

    for (size_t b = run->before;
         b < run->before_end && pairs <= SHARED_PAIRS_MAX; b++)
        join_sharing(m, run, b);
    join_in_order(m, run, true, true);
    join_in_order(m, run, true, false);
    join_in_order(m, run, false, true);
    join_in_order(m, run, false, false);
}

void match_versions(const struct intern *sets, const struct version *before,
                    const struct version *after, uint32_t *partner)
{
    struct matching m = { sets, before, after, partner,
                          memory_new(after->count, 1) };
    struct run run = { 0 };

    for (size_t i = 0; i < before->count; i++)
        partner[i] = MATCH_NONE;
    while (run.before < before->count && run.after < after->count) {
        uint32_t one = before->occurrences[run.before].key;
        uint32_t two = after->occurrences[run.after].key;

        run.before_end =
            match_run(before->occurrences, before->count, run.before);
        run.after_end = match_run(after->occurrences, after->count, run.after);
        if (one == two)
            match_one_run(&m, &run);
        if (one <= two)
            run.before = run.before_end;
        if (two <= one)
            run.after = run.after_end;
    }
    free(m.taken);
}

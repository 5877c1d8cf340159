#include "core/scan.h"

#include <stdlib.h>

#include "core/literal.h"
#include "core/lower.h"
#include "core/machine.h"
#include "core/memory.h"
#include "core/site.h"

/* All that one file becomes on the way to its facts. */
struct scan {
    struct source source;
    struct syntax tree;
    struct scopes scopes;
    struct values values;
    struct code code;
    struct machine_sites precise, coarse;
    struct deadline deadline;
};

bool scan_worthwhile(struct text bytes)
{
    return literal_scan(bytes);
}

static void close_scan(struct scan *scan)
{
    free(scan->precise.items);
    free(scan->coarse.items);
    code_release(&scan->code);
    values_close(&scan->values);
    scope_release(&scan->scopes);
    syntax_release(&scan->tree);
    source_close(&scan->source);
}

static int compare_sites(const void *one, const void *two)
{
    const struct machine_site *a = one, *b = two;

    if (a->call != b->call)
        return a->call < b->call ? -1 : 1;
    return (a->target > b->target) - (a->target < b->target);
}

static bool has_site(const struct machine_sites *sites,
                     const struct machine_site *wanted)
{
    return sites->items_count &&
           bsearch(wanted, sites->items, sites->items_count,
                   sizeof(*sites->items), compare_sites) != NULL;
}

static struct site site_of(const struct scan *scan,
                           const struct machine_site *from, bool over)
{
    const struct call *call = &scan->code.calls[from->call];

    return (struct site){ .start = call->start,
                          .end = call->end,
                          .statement_start = call->statement_start,
                          .statement_end = call->statement_end,
                          .target = from->target,
                          .over_approximated = over };
}

static void find(struct scan *scan, struct facts *facts)
{
    size_t count = scan->precise.items_count;
    struct site *sites =
        memory_new(count + scan->coarse.items_count, sizeof(*sites));

    if (count)
        qsort(scan->precise.items, count, sizeof(*scan->precise.items),
              compare_sites);
    for (size_t i = 0; i < count; i++)
        sites[i] = site_of(scan, &scan->precise.items[i], false);
    for (size_t i = 0; i < scan->coarse.items_count; i++)
        if (!has_site(&scan->precise, &scan->coarse.items[i]))
            sites[count++] = site_of(scan, &scan->coarse.items[i], true);
    site_findings(facts, &scan->source, sites, count);
    free(sites);
}

static int analyse(struct scan *scan, struct error *err)
{
    uint32_t module;

    if (syntax_parse(&scan->tree, &scan->source, &scan->deadline, err) < 0 ||
        scope_collect(&scan->scopes, &scan->tree, &module, err) < 0 ||
        lower_module(&scan->code, &scan->scopes, &scan->values, module,
                     &scan->deadline, err) < 0 ||
        machine_run(&scan->code, &scan->scopes, &scan->values, false,
                    &scan->deadline, &scan->precise, err) < 0)
        return -1;
    return machine_run(&scan->code, &scan->scopes, &scan->values, true,
                       &scan->deadline, &scan->coarse, err);
}

int scan_blob(struct text bytes, struct facts *facts, struct error *err)
{
    struct scan scan = { .deadline = deadline_in(SCAN_TIME_MAX_MS) };
    int result = -1;

    *facts = FACTS_EMPTY;
    if (!literal_scan(bytes))
        return 0;
    if (bytes.size > SCAN_SIZE_MAX)
        return error_set(err, ERROR_LIMIT,
                         "over the limit of %zu MiB for one Python file",
                         SCAN_SIZE_MAX >> 20);
    values_open(&scan.values, &scan.scopes.symbols);
    if (source_open(&scan.source, bytes, err) < 0 || analyse(&scan, err) < 0)
        goto done;
    find(&scan, facts);
    if (facts->findings_count > FACTS_FINDINGS_MAX) {
        facts_release(facts);
        error_set(err, ERROR_LIMIT, "more than %d insecure calls",
                  FACTS_FINDINGS_MAX);
        goto done;
    }
    result = 0;

done:
    close_scan(&scan);
    return result;
}

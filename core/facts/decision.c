#include "core/facts/decision.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/source/constant.h"
#include "core/source/foreign.h"

static void add_names(struct intern *to, const struct intern *from)
{
    for (uint32_t i = 0; i < intern_count(from); i++)
        intern_add(to, intern_text(from, i));
}

static int check_limits(struct facts *facts, struct error *err)
{
    if (facts->findings_count > FACTS_FINDINGS_MAX)
        error_set(err, ERROR_LIMIT, "more than %d insecure calls",
                  FACTS_FINDINGS_MAX);
    else if (intern_count(&facts->needs) > FACTS_NAMES_MAX ||
             intern_count(&facts->exports) > FACTS_NAMES_MAX)
        error_set(err, ERROR_LIMIT, "more than %d names that lead elsewhere",
                  FACTS_NAMES_MAX);
    else
        return 0;
    facts_release(facts);
    return -1;
}

/* Those of the decision, and constants. */
static void add_exports(struct facts *facts, const struct decision *decision,
                        const struct source *source)
{
    struct intern exports = INTERN_EMPTY;

    constant_exports(source, &exports);
    if (intern_count(&exports)) {
        add_names(&exports, &decision->exports);
        intern_add_sorted(&facts->exports, &exports);
    } else {
        add_names(&facts->exports, &decision->exports);
    }
    intern_release(&exports);
}

int decision_facts(const struct decision *decision, const struct source *source,
                   const struct slice *slice, struct facts *facts,
                   struct error *err)
{
    struct site *sites = memory_new(decision->sites_count, sizeof(*sites));

    for (size_t i = 0; i < decision->sites_count; i++) {
        struct site *site = &sites[i];

        *site = decision->sites[i];
        site->start = slice_offset(slice, site->start);
        site->end = slice_end(slice, site->end);
        site->statement_start = slice_offset(slice, site->statement_start);
        site->statement_end = slice_end(slice, site->statement_end);
    }
    site_findings(facts, source, sites, decision->sites_count);
    free(sites);
    add_names(&facts->needs, &decision->needs);
    add_exports(facts, decision, source);
    if (foreign_is_among(source, &facts->needs) ||
        foreign_is_among(source, &facts->exports)) {
        facts_release(facts);
        return foreign_name(source, err);
    }
    return check_limits(facts, err);
}

struct decision decision_copy(const struct decision *decision)
{
    struct decision copy = DECISION_EMPTY;

    for (size_t i = 0; i < decision->sites_count; i++)
        *ARRAY_PUSH(copy.sites) = decision->sites[i];
    add_names(&copy.needs, &decision->needs);
    add_names(&copy.exports, &decision->exports);
    return copy;
}

size_t decision_size(const struct decision *decision)
{
    return sizeof(*decision) + decision->sites_count * sizeof(struct site) +
           decision->needs.bytes.size + decision->exports.bytes.size;
}

void decision_release(struct decision *decision)
{
    free(decision->sites);
    intern_release(&decision->needs);
    intern_release(&decision->exports);
    *decision = DECISION_EMPTY;
}

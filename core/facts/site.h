/*
 * Where the analysis saw a call of a target: what turns it into a finding.
 */
#ifndef TMPGUARD_CORE_FACTS_SITE_H
#define TMPGUARD_CORE_FACTS_SITE_H

#include "core/facts/facts.h"
#include "core/source/source.h"

/* Byte offsets into source.text; ends are exclusive. */
struct site {
    uint32_t start, end;                     /* the call, or the decorator */
    uint32_t statement_start, statement_end; /* simple, or a compound's head */
    enum target target;
    bool over_approximated;
};

/*
 * Turn the sites into sorted findings: ranges, fingerprints, statement
 * digests and suppressions. Sites may come in any order and twice.
 */
void site_findings(struct facts *facts, const struct source *source,
                   const struct site *sites, size_t count);

#endif

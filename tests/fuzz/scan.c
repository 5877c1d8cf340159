#include "core/facts/scan.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

static void check_finding(const struct finding *finding, size_t size)
{
    const struct range *range = &finding->range;

    HOLDS(finding->target < TARGET_COUNT);
    HOLDS(finding->suppression < SUPPRESSION_COUNT);
    HOLDS(finding->size > 0);
    HOLDS(finding->offset <= size && finding->size <= size - finding->offset);
    HOLDS(range->start.line >= 1 && range->start.column >= 1);
    HOLDS(range->end.line >= range->start.line);
    HOLDS(range->end.line > range->start.line ||
          range->end.column > range->start.column);
    HOLDS(range->end.line <= size + 1);
}

/* What the cache gives back is what was put in. */
static void check_encoding(const struct facts *facts)
{
    struct buffer first = BUFFER_EMPTY, second = BUFFER_EMPTY;
    struct facts back;
    struct error err;

    facts_encode(facts, &first);
    HOLDS(facts_decode(&back, buffer_view(&first), &err) == 0);
    HOLDS(back.findings_count == facts->findings_count);
    facts_encode(&back, &second);
    HOLDS(first.size == second.size);
    HOLDS(memcmp(first.bytes, second.bytes, first.size) == 0);
    facts_release(&back);
    buffer_release(&first);
    buffer_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text input = { (const char *)bytes, size };
    struct facts facts;
    struct error err;

    if (scan_blob(input, &facts, &err) == 0) {
        for (size_t i = 0; i < facts.findings_count; i++) {
            check_finding(&facts.findings[i], size);
            HOLDS(i == 0 || finding_compare(&facts.findings[i - 1],
                                            &facts.findings[i]) <= 0);
        }
        HOLDS(facts.findings_count == 0 || scan_worthwhile(input));
        check_encoding(&facts);
    } else {
        HOLDS(err.code == ERROR_LIMIT);
        HOLDS(facts.findings_count == 0);
    }
    facts_release(&facts);
    return 0;
}

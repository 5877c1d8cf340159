/*
 * The encoding: one version byte, a count, then fixed fields per finding,
 * all little-endian 32-bit words. Every word is checked on the way back.
 */
#include "core/facts.h"

#include <stdlib.h>

#include "core/memory.h"

#define VERSION       2
#define FINDING_WORDS 18 /* six of them are long ones' halves */
#define FINDING_SIZE  ((size_t)FINDING_WORDS * 4)
#define HEADER_SIZE   5

static void put(struct buffer *out, uint32_t word)
{
    for (int shift = 0; shift < 32; shift += 8)
        buffer_byte(out, (char)(word >> shift & 0xff));
}

static uint32_t get(const char **at)
{
    uint32_t word = 0;

    for (int shift = 0; shift < 32; shift += 8)
        word |= (uint32_t)(unsigned char)*(*at)++ << shift;
    return word;
}

static void put_long(struct buffer *out, uint64_t word)
{
    put(out, (uint32_t)word);
    put(out, (uint32_t)(word >> 32));
}

static uint64_t get_long(const char **at)
{
    uint64_t low = get(at);

    return low | (uint64_t)get(at) << 32;
}

static void put_finding(struct buffer *out, const struct finding *finding)
{
    put(out, finding->target);
    put(out, finding->suppression);
    put(out, finding->range.start.line);
    put(out, finding->range.start.column);
    put(out, finding->range.end.line);
    put(out, finding->range.end.column);
    put_long(out, finding->statement.high);
    put_long(out, finding->statement.low);
    put(out, finding->statement_first);
    put(out, finding->statement_last);
    put_long(out, finding->line_hash);
    put(out, finding->line_count);
    put(out, finding->offset);
    put(out, finding->size);
    put(out, finding->over_approximated);
}

void facts_encode(const struct facts *facts, struct buffer *out)
{
    buffer_byte(out, VERSION);
    put(out, (uint32_t)facts->findings_count);
    for (size_t i = 0; i < facts->findings_count; i++)
        put_finding(out, &facts->findings[i]);
}

/* Returns whether the words can be a finding. */
static bool get_finding(struct finding *finding, const char *at)
{
    uint32_t target = get(&at), suppression = get(&at), only;

    if (target >= TARGET_COUNT || suppression >= SUPPRESSION_COUNT)
        return false;
    finding->target = (enum target)target;
    finding->suppression = (enum suppression)suppression;
    finding->range.start.line = get(&at);
    finding->range.start.column = get(&at);
    finding->range.end.line = get(&at);
    finding->range.end.column = get(&at);
    finding->statement.high = get_long(&at);
    finding->statement.low = get_long(&at);
    finding->statement_first = get(&at);
    finding->statement_last = get(&at);
    finding->line_hash = get_long(&at);
    finding->line_count = get(&at);
    finding->offset = get(&at);
    finding->size = get(&at);
    only = get(&at);
    finding->over_approximated = only != 0;
    return only <= 1 && finding->range.start.line > 0 &&
           finding->range.start.column > 0 && finding->range.end.line > 0 &&
           finding->range.end.column > 0;
}

static int decode_findings(struct facts *facts, struct text bytes)
{
    const char *at = bytes.bytes + 1;
    uint32_t count = get(&at);

    if (count > FACTS_FINDINGS_MAX ||
        bytes.size != HEADER_SIZE + count * FINDING_SIZE)
        return -1;
    for (uint32_t i = 0; i < count; i++, at += FINDING_SIZE) {
        struct finding *finding = ARRAY_PUSH(facts->findings);

        if (!get_finding(finding, at))
            return -1;
        if (i > 0 && finding_compare(finding - 1, finding) > 0)
            return -1;
    }
    return 0;
}

int facts_decode(struct facts *facts, struct text bytes, struct error *err)
{
    *facts = FACTS_EMPTY;
    if (bytes.size >= HEADER_SIZE && bytes.bytes[0] == VERSION &&
        decode_findings(facts, bytes) == 0)
        return 0;
    facts_release(facts);
    return error_set(err, ERROR_FORMAT, "these bytes are no encoded facts");
}

void facts_release(struct facts *facts)
{
    free(facts->findings);
    *facts = FACTS_EMPTY;
}

/*
 * The encoding: one version byte, three counts, then fixed fields per finding,
 * then each name behind its size; all little-endian 32-bit words. Every word
 * is checked on the way back.
 */
#include "core/facts/facts.h"

#include <stdlib.h>

#include "core/base/memory.h"

#define VERSION       3
#define FINDING_WORDS 18 /* six of them are long ones' halves */
#define FINDING_SIZE  ((size_t)FINDING_WORDS * 4)
#define HEADER_SIZE   13
#define REASONED      0x100u /* with SUPPRESSION_TMPGUARD only */

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
    put(out, finding->suppression | (finding->reasoned ? REASONED : 0));
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

static void put_names(struct buffer *out, const struct intern *names)
{
    for (uint32_t i = 0; i < intern_count(names); i++) {
        struct text name = intern_text(names, i);

        put(out, (uint32_t)name.size);
        buffer_text(out, name);
    }
}

void facts_encode(const struct facts *facts, struct buffer *out)
{
    buffer_byte(out, VERSION);
    put(out, (uint32_t)facts->findings_count);
    put(out, intern_count(&facts->needs));
    put(out, intern_count(&facts->exports));
    for (size_t i = 0; i < facts->findings_count; i++)
        put_finding(out, &facts->findings[i]);
    put_names(out, &facts->needs);
    put_names(out, &facts->exports);
}

/* Returns whether the words can be a finding. */
static bool get_finding(struct finding *finding, const char *at)
{
    uint32_t target = get(&at), suppression = get(&at), only;
    bool reasoned = suppression == (SUPPRESSION_TMPGUARD | REASONED);

    if (reasoned)
        suppression = SUPPRESSION_TMPGUARD;
    if (target >= TARGET_COUNT || suppression >= SUPPRESSION_COUNT)
        return false;
    finding->target = (enum target)target;
    finding->suppression = (enum suppression)suppression;
    finding->reasoned = reasoned;
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

static int decode_findings(struct facts *facts, struct text *rest,
                           uint32_t count)
{
    const char *at = rest->bytes;

    if (count > FACTS_FINDINGS_MAX || rest->size < count * FINDING_SIZE)
        return -1;
    *rest = text_slice(*rest, count * FINDING_SIZE, rest->size);
    for (uint32_t i = 0; i < count; i++, at += FINDING_SIZE) {
        struct finding *finding = ARRAY_PUSH(facts->findings);

        if (!get_finding(finding, at))
            return -1;
        if (i > 0 && finding_compare(finding - 1, finding) > 0)
            return -1;
    }
    return 0;
}

/* Sorted, each once. */
static int decode_names(struct intern *names, struct text *rest, uint32_t count)
{
    struct text before = TEXT_EMPTY;

    if (count > FACTS_NAMES_MAX)
        return -1;
    for (uint32_t i = 0; i < count; i++) {
        const char *at = rest->bytes;
        struct text name;
        uint32_t size;

        if (rest->size < 4)
            return -1;
        size = get(&at);
        if (size == 0 || rest->size - 4 < size)
            return -1;
        name = text_slice(*rest, 4, 4 + (size_t)size);
        if (i > 0 && text_compare(before, name) >= 0)
            return -1;
        intern_add(names, name);
        before = name;
        *rest = text_slice(*rest, 4 + (size_t)size, rest->size);
    }
    return 0;
}

static int decode(struct facts *facts, struct text bytes)
{
    const char *at = bytes.bytes + 1;
    uint32_t findings = get(&at), needs = get(&at), exports = get(&at);

    bytes = text_slice(bytes, HEADER_SIZE, bytes.size);
    if (decode_findings(facts, &bytes, findings) < 0 ||
        decode_names(&facts->needs, &bytes, needs) < 0 ||
        decode_names(&facts->exports, &bytes, exports) < 0)
        return -1;
    return bytes.size == 0 ? 0 : -1;
}

int facts_decode(struct facts *facts, struct text bytes, struct error *err)
{
    *facts = FACTS_EMPTY;
    if (bytes.size >= HEADER_SIZE && bytes.bytes[0] == VERSION &&
        decode(facts, bytes) == 0)
        return 0;
    facts_release(facts);
    return error_set(err, ERROR_FORMAT, "these bytes are no encoded facts");
}

/* ---- merging ------------------------------------------------------------- */

static bool same_place(const struct finding *a, const struct finding *b)
{
    return a->offset == b->offset && a->size == b->size &&
           a->target == b->target;
}

/* Certain ones first of those at one place. */
static int compare_findings(const void *one, const void *two)
{
    const struct finding *a = one, *b = two;
    int order = finding_compare(a, b);

    return order ? order : a->over_approximated - b->over_approximated;
}

/* Sort the findings; of those at one place and of one target keep one. */
static void settle_findings(struct facts *facts)
{
    size_t kept = 0;

    if (facts->findings_count == 0)
        return;
    qsort(facts->findings, facts->findings_count, sizeof(*facts->findings),
          compare_findings);
    for (size_t i = 0; i < facts->findings_count; i++)
        if (kept == 0 ||
            !same_place(&facts->findings[kept - 1], &facts->findings[i]))
            facts->findings[kept++] = facts->findings[i];
    facts->findings_count = kept;
}

void facts_merge(struct facts *facts, const struct facts *from)
{
    for (size_t i = 0; i < from->findings_count; i++)
        *ARRAY_PUSH(facts->findings) = from->findings[i];
    settle_findings(facts);
}

void facts_release(struct facts *facts)
{
    free(facts->findings);
    intern_release(&facts->needs);
    intern_release(&facts->exports);
    *facts = FACTS_EMPTY;
}

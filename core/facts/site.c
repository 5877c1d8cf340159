#include "core/facts/site.h"

#include <stdlib.h>

#include "core/base/bound.h"
#include "core/base/memory.h"
#include "core/source/fingerprint.h"
#include "core/source/suppress.h"

static int compare(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* By place; of two at one place the certain one comes first. */
static int by_place(const void *left, const void *right)
{
    const struct site *a = left, *b = right;
    int order = compare(a->start, b->start);

    if (order == 0)
        order = compare(a->target, b->target);
    if (order == 0)
        order = compare(a->end, b->end);
    if (order == 0)
        order = compare(a->over_approximated, b->over_approximated);
    return order;
}

static bool same_place(const struct site *a, const struct site *b)
{
    return a->start == b->start && a->end == b->end && a->target == b->target;
}

/* The sites sorted, each place and function once; the caller frees them. */
static struct site *settle(const struct site *sites, size_t *count)
{
    struct site *sorted = memory_new(*count, sizeof(*sorted));
    size_t kept = 0;

    for (size_t i = 0; i < *count; i++)
        sorted[i] = sites[i];
    qsort(sorted, *count, sizeof(*sorted), by_place);
    for (size_t i = 0; i < *count; i++)
        if (kept == 0 || !same_place(&sorted[kept - 1], &sorted[i]))
            sorted[kept++] = sorted[i];
    *count = kept;
    return sorted;
}

/* A step of FNV-1a of 128 bits, whose prime is 2^88 + 315. */
static void digest_add(struct digest *digest, unsigned char byte)
{
    uint64_t low = digest->low ^ byte, prime = 315;
    uint64_t middle = (low & UINT32_MAX) * prime;
    uint64_t carry = (low >> 32) * prime + (middle >> 32);

    digest->high = digest->high * prime + (carry >> 32) + (low << 24);
    digest->low = carry << 32 | (middle & UINT32_MAX);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' ||
           byte == '\f';
}

/* The first string of the source that ends behind `offset`. */
static size_t string_at(const struct source *source, uint32_t offset)
{
    struct bound found = bound_in(0, source->strings_count);

    while (bound_open(&found))
        bound_step(&found, source->strings[found.middle].end <= offset);
    return found.low;
}

/* Of the statement without blanks and comments, strings as they are. */
static struct digest digest_statement(const struct source *source,
                                      const struct site *site)
{
    struct digest digest = { 0x6c62272e07bb0142, 0x62b821756295c58d };
    size_t next = string_at(source, site->statement_start);

    for (uint32_t at = site->statement_start; at < site->statement_end; at++) {
        bool inside;

        while (next < source->strings_count && source->strings[next].end <= at)
            next++;
        inside =
            next < source->strings_count && source->strings[next].start <= at;
        if (inside || !is_blank(source->code[at]))
            digest_add(&digest, (unsigned char)source->code[at]);
    }
    return digest;
}

/* Lines of the first byte and of the last one. */
static struct suppress_lines lines_of(const struct source *source,
                                      const struct site *site)
{
    return (struct suppress_lines){
        source_position(source, site->start).line,
        source_position(source, site->end - (site->end > site->start)).line,
        source_position(source, site->statement_start).line,
        source_position(source, site->statement_end - (site->statement_end >
                                                       site->statement_start))
            .line,
    };
}

/* Whatever one site says by itself. A byte order mark decoded is no text. */
static void add_findings(struct facts *facts, const struct source *source,
                         const struct site *sites, size_t count)
{
    struct suppress suppress;
    struct digest digest = { 0 };
    uint32_t from = 0, blob_from = source->unit > 1 ? source->unit : 0;

    suppress_open(&suppress, source);
    for (size_t i = 0; i < count; i++) {
        const struct site *site = &sites[i];
        struct suppress_lines lines = lines_of(source, site);

        /* A statement may hold very many calls: its bytes are read once. */
        if (i == 0 || site[-1].statement_start != site->statement_start ||
            site[-1].statement_end != site->statement_end)
            digest = digest_statement(source, site);
        blob_from += source_blob_size(source, from, site->start);
        from = site->start;
        *ARRAY_PUSH(facts->findings) = (struct finding){
            .target = site->target,
            .suppression = suppress_find(&suppress, &lines),
            .reasoned = suppress_reasoned(&suppress, &lines),
            .range = { source_position(source, site->start),
                       source_position(source, site->end) },
            .statement = digest,
            .statement_first = lines.statement_first,
            .statement_last = lines.statement_last,
            .offset = blob_from,
            .size = source_blob_size(source, site->start, site->end),
            .over_approximated = site->over_approximated,
        };
    }
    suppress_close(&suppress);
}

static void add_hashes(struct facts *facts, const struct source *source,
                       size_t first)
{
    size_t count = facts->findings_count - first;
    struct finding *findings = facts->findings + first;
    struct fingerprint *lines = memory_new(count, sizeof(*lines));

    for (size_t i = 0; i < count; i++)
        lines[i].line = findings[i].range.start.line;
    fingerprint_lines(source, lines, count);
    for (size_t i = 0; i < count; i++) {
        findings[i].line_hash = lines[i].hash;
        findings[i].line_count = lines[i].count;
    }
    free(lines);
}

void site_findings(struct facts *facts, const struct source *source,
                   const struct site *sites, size_t count)
{
    size_t first = facts->findings_count;
    struct site *sorted;

    if (count == 0)
        return;
    sorted = settle(sites, &count);
    add_findings(facts, source, sorted, count);
    add_hashes(facts, source, first);
    free(sorted);
}

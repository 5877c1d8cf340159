#include "core/fingerprint.h"

#include <stdlib.h>

#include "core/memory.h"

#define WINDOW      100
#define BASE        37u
#define END_OF_TEXT 0xffff
#define REPLACEMENT 0xfffd

/*
 * The last WINDOW characters, in a ring, and their hash. When the place of a
 * line's first character comes up again, the hash is that line's.
 */
struct roll {
    uint64_t hash, leaving; /* leaving: BASE to the power of WINDOW */
    uint64_t *hashes;       /* of the lines 1 to `lines` */
    uint32_t lines, done, line;
    uint32_t index;
    uint32_t starts[WINDOW]; /* the line that starts here, or 0 */
    uint16_t window[WINDOW];
    bool line_start, after_cr;
};

static void roll_finish_line(struct roll *roll)
{
    uint32_t line = roll->starts[roll->index];

    if (line == 0)
        return;
    roll->starts[roll->index] = 0;
    roll->hashes[line - 1] = roll->hash;
    roll->done = line;
}

static void roll_push(struct roll *roll, uint16_t unit)
{
    uint64_t gone = roll->window[roll->index];

    roll->window[roll->index] = unit;
    roll->hash = roll->hash * BASE + unit - roll->leaving * gone;
    roll->index = roll->index + 1 == WINDOW ? 0 : roll->index + 1;
}

static void roll_unit(struct roll *roll, uint16_t unit)
{
    bool skipped =
        unit == ' ' || unit == '\t' || (unit == '\n' && roll->after_cr);

    roll->after_cr = unit == '\r';
    if (skipped)
        return;
    if (unit == '\r')
        unit = '\n';
    roll_finish_line(roll);
    if (roll->line_start && roll->line < roll->lines)
        roll->starts[roll->index] = ++roll->line;
    roll->line_start = unit == '\n';
    roll_push(roll, unit);
}

static void roll_code(struct roll *roll, uint32_t code)
{
    if (code < 0x10000) {
        roll_unit(roll, (uint16_t)code);
        return;
    }
    roll_unit(roll, (uint16_t)(0xd800 + ((code - 0x10000) >> 10)));
    roll_unit(roll, (uint16_t)(0xdc00 + ((code - 0x10000) & 0x3ff)));
}

/*
 * The code point at `bytes` and its size. The longest start of a sequence
 * that goes wrong is one U+FFFD (Encoding Standard, UTF-8 decoder).
 */
static size_t decode(const unsigned char *bytes, size_t size, uint32_t *code)
{
    unsigned char lead = bytes[0], low = 0x80, high = 0xbf;
    size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

    *code = lead;
    if (lead < 0x80)
        return 1;
    *code = REPLACEMENT;
    if (lead < 0xc2 || lead > 0xf4)
        return 1;
    if (lead == 0xe0 || lead == 0xf0)
        low = lead == 0xe0 ? 0xa0 : 0x90;
    if (lead == 0xed || lead == 0xf4)
        high = lead == 0xed ? 0x9f : 0x8f;
    for (size_t i = 1; i < length; i++) {
        if (i == size || bytes[i] < low || bytes[i] > high)
            return i;
        low = 0x80;
        high = 0xbf;
    }
    *code = lead & (0x7fu >> length);
    for (size_t i = 1; i < length; i++)
        *code = *code << 6 | (bytes[i] & 0x3f);
    return length;
}

static void hash_lines(const struct source *source, uint64_t *hashes,
                       uint32_t lines)
{
    struct roll roll = { .hashes = hashes, .lines = lines, .line_start = true };
    const unsigned char *bytes = (const unsigned char *)source->text.bytes;
    size_t at = 0, size = source->text.size;

    roll.leaving = 1;
    for (int i = 0; i < WINDOW; i++)
        roll.leaving *= BASE;
    while (at < size && roll.done < lines) {
        uint32_t code = bytes[at];

        at += source->single_byte ? 1 : decode(bytes + at, size - at, &code);
        roll_code(&roll, code);
    }
    roll_unit(&roll, END_OF_TEXT);
    for (int i = 0; i < WINDOW; i++) {
        roll_finish_line(&roll);
        roll_push(&roll, 0);
    }
}

struct tally {
    uint64_t hash;
    uint32_t count;
};

static int by_hash(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;

    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* The hashes that are wanted, each once, sorted. */
static size_t collect(struct tally *tallies, const struct fingerprint *wanted,
                      size_t count, const uint64_t *hashes)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        tallies[i].hash = hashes[wanted[i].line - 1];
    qsort(tallies, count, sizeof(*tallies), by_hash);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || tallies[kept - 1].hash != tallies[i].hash)
            tallies[kept++] = tallies[i];
    return kept;
}

void fingerprint_lines(const struct source *source, struct fingerprint *wanted,
                       size_t count)
{
    uint32_t last = count ? wanted[count - 1].line : 0;
    uint64_t *hashes = memory_new(last, sizeof(*hashes));
    struct tally *tallies = memory_new(count, sizeof(*tallies));
    size_t kept, next = 0;

    hash_lines(source, hashes, last);
    kept = collect(tallies, wanted, count, hashes);
    for (uint32_t line = 1; line <= last; line++) {
        struct tally key = { .hash = hashes[line - 1] };
        struct tally *tally =
            bsearch(&key, tallies, kept, sizeof(key), by_hash);

        if (tally)
            tally->count++;
        for (; next < count && wanted[next].line == line; next++) {
            wanted[next].hash = key.hash;
            wanted[next].count = tally ? tally->count : 0;
        }
    }
    free(tallies);
    free(hashes);
}

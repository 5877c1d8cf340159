#include "core/source/fingerprint.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "core/base/memory.h"

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

static void hash_all(const struct source *source, struct fingerprint *wanted,
                     size_t count)
{
    uint32_t last = wanted[count - 1].line;
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

/* ---- few lines ----------------------------------------------------------- */

/* More different windows than this are not looked for one by one. */
#define WINDOWS_MAX 8

/* What a line is known by: equal windows have equal hashes. */
struct window {
    uint16_t units[WINDOW];
    uint64_t hash;
    uint32_t count; /* of the lines so far that have it */
};

/* Text on its way into windows. */
struct units {
    const struct source *source;
    size_t at;
    uint16_t low;  /* the second half of a character, or 0 */
    bool is_ended; /* END_OF_TEXT was given */
};

static uint16_t next_unit(struct units *units)
{
    const unsigned char *bytes =
        (const unsigned char *)units->source->text.bytes;
    size_t size = units->source->text.size;
    uint16_t low = units->low;
    uint32_t code;

    units->low = 0;
    if (low)
        return low;
    while (units->at < size &&
           (bytes[units->at] == ' ' || bytes[units->at] == '\t'))
        units->at++;
    if (units->at == size) {
        code = units->is_ended ? 0 : END_OF_TEXT;
        units->is_ended = true;
        return (uint16_t)code;
    }
    code = bytes[units->at];
    units->at += units->source->single_byte
                     ? 1
                     : decode(bytes + units->at, size - units->at, &code);
    if (code < 0x10000)
        return (uint16_t)code;
    units->low = (uint16_t)(0xdc00 + ((code - 0x10000) & 0x3ff));
    return (uint16_t)(0xd800 + ((code - 0x10000) >> 10));
}

static void read_window(struct window *window, const struct source *source,
                        size_t at)
{
    struct units units = { .source = source, .at = at };

    *window = (struct window){ .hash = 0 };
    for (int i = 0; i < WINDOW; i++) {
        window->units[i] = next_unit(&units);
        window->hash = window->hash * BASE + window->units[i];
    }
}

/* What is looked for where. */
struct search {
    const struct source *source;
    struct window windows[WINDOWS_MAX];
    size_t windows_count;
    size_t looks; /* bytes to look at, before another way is faster */
};

static bool starts_with(struct search *search, size_t at,
                        const struct window *window)
{
    struct units units = { .source = search->source, .at = at };
    size_t looks;
    int i = 0;

    while (i < WINDOW && next_unit(&units) == window->units[i])
        i++;
    looks = units.at - at;
    search->looks -= looks < search->looks ? looks : search->looks;
    return i == WINDOW;
}

/* Its window, or NULL. */
static struct window *window_at(struct search *search, size_t at)
{
    struct text text = search->source->text;

    while (at < text.size && (text.bytes[at] == ' ' || text.bytes[at] == '\t'))
        at++;
    for (size_t i = 0; i < search->windows_count; i++) {
        struct window *window = &search->windows[i];
        unsigned char byte =
            at < text.size ? (unsigned char)text.bytes[at] : 0x80;

        if ((byte >= 0x80 || byte == window->units[0]) &&
            starts_with(search, at, window))
            return window;
    }
    return NULL;
}

/* The lines behind the first one, by blocks of bytes. */
#define BLOCK 64

struct lines {
    struct text text;
    size_t next;   /* block to look at */
    uint64_t ends; /* of lines in the block before: a bit for each byte */
};

#if defined(__SSE2__)
static uint64_t block_ends(const char *bytes)
{
    const __m128i end = _mm_set1_epi8('\n');
    uint64_t ends = 0;

    for (int i = BLOCK - 16; i >= 0; i -= 16) {
        __m128i some =
            _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));

        ends =
            ends << 16 | (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(some, end));
    }
    return ends;
}
#else
static uint64_t block_ends(const char *bytes)
{
    uint64_t ends = 0;

    for (int i = 0; i < BLOCK; i++)
        ends |= (uint64_t)(bytes[i] == '\n') << i;
    return ends;
}
#endif

/* Where the next line starts; the end of the text behind the last one. */
static size_t next_line(struct lines *lines)
{
    size_t size = lines->text.size, at;

    while (!lines->ends && lines->next < size) {
        char last[BLOCK] = { 0 };
        const char *bytes = lines->text.bytes + lines->next;

        if (size - lines->next < BLOCK)
            bytes = memcpy(last, bytes, size - lines->next);
        lines->ends = block_ends(bytes);
        lines->next += BLOCK;
    }
    if (!lines->ends)
        return size;
    at = lines->next - BLOCK + (size_t)__builtin_ctzll(lines->ends);
    lines->ends &= lines->ends - 1;
    return at + 1;
}

/* The windows of the lines wanted, each once; false if they are too many. */
static bool collect_windows(struct search *search,
                            const struct fingerprint *wanted, size_t count)
{
    struct lines lines = { .text = search->source->text };
    uint32_t line = 1;
    size_t at = 0;

    for (size_t i = 0; i < count && search->looks; i++) {
        for (; line < wanted[i].line; line++)
            at = next_line(&lines);
        if (window_at(search, at))
            continue;
        if (search->windows_count == WINDOWS_MAX)
            return false;
        read_window(&search->windows[search->windows_count++], search->source,
                    at);
    }
    return true;
}

/* Count the lines that have one of the windows. */
static void count_windows(struct search *search, struct fingerprint *wanted,
                          size_t count)
{
    struct lines lines = { .text = search->source->text };
    size_t at = 0, next = 0;

    for (uint32_t line = 1; next < count && search->looks; line++) {
        struct window *window = window_at(search, at);

        if (window)
            window->count++;
        for (; window && next < count && wanted[next].line == line; next++) {
            wanted[next].hash = window->hash;
            wanted[next].count = window->count;
        }
        at = next_line(&lines);
    }
}

/* False if that is not faster. */
static bool hash_few(const struct source *source, struct fingerprint *wanted,
                     size_t count)
{
    struct search search = { .source = source,
                             .looks = source->text.size + 1024 };

    /* Lines that end otherwise are for those who read byte by byte. */
    if (text_find(source->text, '\r', 0) < source->text.size ||
        !collect_windows(&search, wanted, count))
        return false;
    count_windows(&search, wanted, count);
    return search.looks > 0;
}

void fingerprint_lines(const struct source *source, struct fingerprint *wanted,
                       size_t count)
{
    if (count && !hash_few(source, wanted, count))
        hash_all(source, wanted, count);
}

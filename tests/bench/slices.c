/*
 * slices [times|alone|history] < BATCH: are the facts from slices those from
 * whole files, and the findings that a history asks for?
 *
 * Reads what `git cat-file --batch` writes; see the script `slices`. Prints
 * figures; exit code 1 if any two facts differ. With `times`, whole files are
 * only parsed; with `alone`, not even that; with `history`, there are findings
 * alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <tree_sitter/api.h>

#include "core/base/memory.h"
#include "core/facts/memo.h"
#include "core/facts/scan.h"
#include "core/slice/slice.h"

const TSLanguage *tree_sitter_python(void);

enum mode { COMPARE, TIMES, ALONE, HISTORY };

struct totals {
    size_t blobs, seeds, bytes, wrong, homeless;
    size_t incomplete, decided; /* as a whole; and by slices then */
    size_t findings;
    size_t kinds[SLICE_WHOLE + 1], kept; /* bytes of slices */
    double parsing, whole, sliced, alone;
    struct memo *memo, *findings_memo;
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void parse(struct text bytes)
{
    TSParser *parser = ts_parser_new();

    if (!ts_parser_set_language(parser, tree_sitter_python()))
        abort();
    ts_tree_delete(ts_parser_parse_string(parser, NULL, bytes.bytes,
                                          (uint32_t)bytes.size));
    ts_parser_delete(parser);
}

typedef int scan_function(struct text bytes, struct memo *memo,
                          struct facts *facts, struct error *err);

static int scan_all(struct text bytes, struct memo *memo, struct facts *facts,
                    struct error *err)
{
    (void)memo;
    return scan_whole(bytes, facts, err);
}

/* As a history does. */
static int scan_alone(struct text bytes, struct memo *memo, struct facts *facts,
                      struct error *err)
{
    *facts = FACTS_EMPTY;
    return scan_worthwhile_alone(bytes) ? scan_findings(bytes, memo, facts, err)
                                        : 0;
}

/* Encoded facts, or why there are none. */
struct answer {
    struct buffer facts, findings; /* all of them; without needs and exports */
    size_t findings_count;
    bool failed;
};

static struct answer ask(scan_function *scan, struct text bytes,
                         struct memo *memo, double *seconds)
{
    struct answer answer = { .failed = true };
    struct facts facts;
    struct error err;
    double start = now();

    answer.failed = scan(bytes, memo, &facts, &err) < 0;
    *seconds += now() - start;
    if (answer.failed) {
        buffer_string(&answer.facts, err.message);
        buffer_string(&answer.findings, err.message);
        return answer;
    }
    answer.findings_count = facts.findings_count;
    facts_encode(&facts, &answer.facts);
    intern_release(&facts.needs);
    intern_release(&facts.exports);
    facts_encode(&facts, &answer.findings);
    facts_release(&facts);
    return answer;
}

static void release(struct answer *answer)
{
    buffer_release(&answer->facts);
    buffer_release(&answer->findings);
}

/* How long slices alone take. */
static void time_slices(struct totals *totals, struct text bytes,
                        enum mode mode)
{
    struct answer answer =
        mode == HISTORY
            ? ask(scan_alone, bytes, totals->findings_memo, &totals->alone)
            : ask(scan_recalling, bytes, totals->memo, &totals->sliced);

    totals->findings += answer.findings_count;
    release(&answer);
}

/* A blob by all ways. */
struct answers {
    struct answer whole, sliced, alone;
};

static bool same_findings(const struct answer *a, const struct answer *b)
{
    return a->failed == b->failed &&
           text_equal(buffer_view(&a->findings), buffer_view(&b->findings));
}

/*
 * There is no whole to compare with: it is over a limit. Slices then may be
 * over a limit, too, which is said, not hidden. Or they are an answer, and then
 * both ways have the same findings. A history may also go by the home law,
 * which knows no limit: without a word of a target's module in its bytes a file
 * has no finding of its own.
 */
static bool is_fair(const struct answers *of, struct text bytes)
{
    if (of->sliced.failed && !of->alone.failed)
        return !scan_worthwhile_alone(bytes) && of->alone.findings_count == 0;
    return same_findings(&of->sliced, &of->alone);
}

static bool is_equal(const struct answers *of)
{
    return text_equal(buffer_view(&of->whole.facts),
                      buffer_view(&of->sliced.facts)) &&
           same_findings(&of->whole, &of->alone);
}

static void compare(struct totals *totals, const char *name, struct text bytes)
{
    struct answers of = {
        ask(scan_all, bytes, NULL, &totals->whole),
        ask(scan_recalling, bytes, totals->memo, &totals->sliced),
        ask(scan_alone, bytes, totals->findings_memo, &totals->alone),
    };

    totals->findings += of.whole.findings_count;
    totals->homeless += !scan_worthwhile_alone(bytes);
    totals->incomplete += of.whole.failed;
    totals->decided += of.whole.failed && !of.sliced.failed;
    if (of.whole.failed)
        printf("not comparable, %.*s, slices: %s, history: %s: %s\n",
               (int)of.whole.facts.size, of.whole.facts.bytes,
               of.sliced.failed ? "the same" : "an answer",
               of.alone.failed ? "the same" : "an answer", name);
    if (of.whole.failed ? !is_fair(&of, bytes) : !is_equal(&of)) {
        totals->wrong++;
        printf("differs: %s\n", name);
    }
    release(&of.whole);
    release(&of.sliced);
    release(&of.alone);
}

static void count(struct totals *totals, struct text bytes)
{
    struct source source;
    struct slice slice;
    struct error err;

    if (source_open(&source, bytes, &err) < 0)
        return;
    slice_open(&slice, &source);
    totals->kinds[slice.kind]++;
    totals->kept += slice.kind == SLICE_PART    ? slice.part.text.size
                    : slice.kind == SLICE_WHOLE ? bytes.size
                                                : 0;
    slice_close(&slice);
    source_close(&source);
}

/* Blobs that wait: neither way finds the other's work in the processor's
   caches. */
struct block {
    struct {
        char name[64];
        char *bytes;
        size_t size;
    } blobs[4096];
    size_t count, bytes;
};

#define BLOCK_BYTES ((size_t)64 << 20)

static struct text text_at(const struct block *block, size_t i)
{
    return (struct text){ block->blobs[i].bytes, block->blobs[i].size };
}

static void parse_block(struct totals *totals, const struct block *block)
{
    double start = now();

    for (size_t i = 0; i < block->count; i++)
        parse(text_at(block, i));
    totals->parsing += now() - start;
}

static void look_at_block(struct totals *totals, struct block *block,
                          enum mode mode)
{
    if (mode < ALONE)
        parse_block(totals, block);
    for (size_t i = 0; i < block->count; i++)
        if (mode == COMPARE)
            compare(totals, block->blobs[i].name, text_at(block, i));
        else
            time_slices(totals, text_at(block, i), mode);
    for (size_t i = 0; i < block->count; i++) {
        if (mode < ALONE)
            count(totals, text_at(block, i));
        free(block->blobs[i].bytes);
    }
    block->count = block->bytes = 0;
}

/* Takes the bytes. */
static void look_at(struct totals *totals, struct block *block,
                    const char *name, char *bytes, size_t size)
{
    totals->blobs++;
    if (!scan_worthwhile((struct text){ bytes, size })) {
        free(bytes);
        return;
    }
    totals->seeds++;
    totals->bytes += size;
    snprintf(block->blobs[block->count].name, sizeof(block->blobs->name),
             "%.63s", name);
    block->blobs[block->count].bytes = bytes;
    block->blobs[block->count++].size = size;
    block->bytes += size;
}

static void print_parser(const struct totals *totals, double mb)
{
    printf("%zu decided without parsing, %zu sliced, %zu parsed whole: %.1f MB "
           "for the parser\n",
           totals->kinds[SLICE_NOTHING], totals->kinds[SLICE_PART],
           totals->kinds[SLICE_WHOLE], (double)totals->kept / 1e6);
    if (totals->whole > 0)
        printf("%zu differ; %zu not comparable: the whole is incomplete, and "
               "slices decide %zu of them; %zu have no word of home.h\n",
               totals->wrong, totals->incomplete, totals->decided,
               totals->homeless);
    printf("parsing: %.2f s, %.1f MB/s\n", totals->parsing,
           mb / totals->parsing);
    if (totals->whole > 0)
        printf("whole:   %.2f s, %.1f MB/s\n", totals->whole,
               mb / totals->whole);
    printf("slices are %.1f times as fast as parsing\n",
           totals->parsing / totals->sliced);
}

static void print(const struct totals *totals)
{
    double mb = (double)totals->bytes / 1e6;

    printf("%zu blobs, %zu with seeds (%.1f MB), %zu findings\n", totals->blobs,
           totals->seeds, mb, totals->findings);
    if (totals->parsing > 0)
        print_parser(totals, mb);
    if (totals->sliced > 0)
        printf("slices:  %.2f s, %.1f MB/s\n", totals->sliced,
               mb / totals->sliced);
    if (totals->alone > 0)
        printf("history: %.2f s, %.1f MB/s\n", totals->alone,
               mb / totals->alone);
}

int main(int argc, char **argv)
{
    struct totals totals = { .memo = memo_open(),
                             .findings_memo = memo_open() };
    struct block *block = memory_new(1, sizeof(*block));
    enum mode mode = argc < 2                          ? COMPARE
                     : strcmp(argv[1], "alone") == 0   ? ALONE
                     : strcmp(argv[1], "history") == 0 ? HISTORY
                                                       : TIMES;
    char line[4096], name[4096];
    size_t size;

    while (fgets(line, sizeof(line), stdin)) {
        char *bytes;

        if (sscanf(line, "%4095s %*s %zu", name, &size) != 2)
            continue;
        bytes = memory_new(size + 1, 1);
        if (fread(bytes, 1, size + 1, stdin) != size + 1)
            return 2;
        look_at(&totals, block, name, bytes, size);
        if (block->bytes > BLOCK_BYTES ||
            block->count == sizeof(block->blobs) / sizeof(*block->blobs))
            look_at_block(&totals, block, mode);
    }
    look_at_block(&totals, block, mode);
    print(&totals);
    memo_close(totals.memo);
    memo_close(totals.findings_memo);
    free(block);
    return totals.wrong > 0;
}

#include "core/facts/recall.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/facts/decide.h"
#include "core/facts/graft.h"
#include "core/slice/condense.h"
#include "core/source/fingerprint.h"

/* Each may find no more than one new name. */
#define ROUNDS_MAX 16

/* What is known of a condensed file. */
struct known {
    enum slice_kind kind;
    struct facts facts;  /* its own places */
    struct intern asked; /* see elsewhere.h */
};

static void release_known(void *value)
{
    struct known *known = value;

    facts_release(&known->facts);
    intern_release(&known->asked);
    free(known);
}

struct stash *recall_stash(size_t size_max)
{
    return stash_open(size_max, release_known);
}

static size_t size_of(const struct known *known)
{
    return sizeof(*known) +
           known->facts.findings_count * sizeof(struct finding) +
           known->facts.needs.bytes.size + known->facts.exports.bytes.size +
           known->asked.bytes.size;
}

/* ---- finding out --------------------------------------------------------- */

/* Whatever goes wrong goes wrong with the whole file, too, and is said then. */
static enum slice_kind decide(struct program *program,
                              struct program_file *file, struct memo *memo,
                              struct facts *facts)
{
    struct decision decision = DECISION_EMPTY;
    enum slice_kind kind = file->slice.kind;
    struct error err;

    if (kind == SLICE_WHOLE)
        return kind;
    if ((kind == SLICE_PART &&
         decide_file(program, file, memo, &decision, &err) < 0) ||
        decision_facts(&decision, &file->source, &file->slice, facts, &err) < 0)
        kind = SLICE_WHOLE;
    decision_release(&decision);
    return kind;
}

static struct known *find_out(const struct condensed *condensed,
                              struct memo *memo)
{
    struct known *known = memory_new(1, sizeof(*known));
    struct elsewhere elsewhere = condensed->elsewhere;
    struct program program;
    struct program_file *file;
    struct error err;

    known->kind = SLICE_WHOLE;
    program_open(&program);
    file =
        program_read_part(&program, condense_text(condensed), &elsewhere, &err);
    if (file)
        known->kind = decide(&program, file, memo, &known->facts);
    program_close(&program);
    known->asked = elsewhere.asked;
    return known;
}

static struct known *know(const struct condensed *condensed, struct memo *memo)
{
    struct text key = buffer_view(&condensed->key);
    uint64_t hash = stash_hash(key);
    struct known *known = stash_get(memo_known(memo), hash, key);

    if (known)
        return known;
    known = find_out(condensed, memo);
    stash_put(memo_known(memo), hash, key, known, size_of(known));
    return known;
}

/* ---- telling ------------------------------------------------------------- */

static void copy_names(struct intern *to, const struct intern *from)
{
    for (uint32_t i = 0; i < intern_count(from); i++)
        intern_add(to, intern_text(from, i));
}

static void set_hashes(struct facts *facts, struct text bytes)
{
    const struct source source = { .text = bytes };
    struct fingerprint *lines =
        memory_new(facts->findings_count, sizeof(*lines));

    for (size_t i = 0; i < facts->findings_count; i++)
        lines[i].line = facts->findings[i].range.start.line;
    fingerprint_lines(&source, lines, facts->findings_count);
    for (size_t i = 0; i < facts->findings_count; i++) {
        facts->findings[i].line_hash = lines[i].hash;
        facts->findings[i].line_count = lines[i].count;
    }
    free(lines);
}

static void tell(const struct known *known, const struct condensed *condensed,
                 struct facts *facts)
{
    copy_names(&facts->needs, &known->facts.needs);
    copy_names(&facts->exports, &known->facts.exports);
    for (size_t i = 0; i < known->facts.findings_count; i++) {
        struct finding *finding = ARRAY_PUSH(facts->findings);

        *finding = known->facts.findings[i];
        condense_place(condensed, finding);
    }
    if (facts->findings_count)
        set_hashes(facts, condensed->bytes);
}

/* What is known once nothing else is asked for, or NULL. */
static const struct known *settle(struct condensed *condensed,
                                  struct memo *memo)
{
    for (int round = 0; round < ROUNDS_MAX; round++) {
        const struct known *known = know(condensed, memo);
        int widened = condense_widen(condensed, &known->asked);

        if (widened <= 0)
            return widened == 0 ? known : NULL;
    }
    return NULL;
}

/* All of the file decides; its chunks need not be parsed again. */
static enum recall_result decide_whole(struct program *program,
                                       const struct condensed *condensed,
                                       struct memo *memo, struct facts *facts,
                                       struct error *err)
{
    struct program_file *file =
        program_read(program, condensed->bytes, false, err);
    struct decision decision = DECISION_EMPTY;
    enum recall_result result = RECALL_FAILED;

    if (!file)
        return RECALL_FAILED;
    if (!graft_parse(&file->tree, &file->source, condensed, memo_trees(memo)))
        return RECALL_WHOLE;
    if (decide_file(program, file, NULL, &decision, err) == 0 &&
        decision_facts(&decision, &file->source, &file->slice, facts, err) == 0)
        result = RECALL_DONE;
    decision_release(&decision);
    return result;
}

static enum recall_result tell_whole(const struct condensed *condensed,
                                     struct memo *memo, struct facts *facts,
                                     struct error *err)
{
    struct program program;
    enum recall_result result;

    program_open(&program);
    result = decide_whole(&program, condensed, memo, facts, err);
    program_close(&program);
    return result;
}

static enum recall_result recall(struct memo *memo, struct text bytes,
                                 bool alone, struct facts *facts,
                                 struct error *err)
{
    struct condensed condensed;
    const struct known *known;
    enum recall_result result = RECALL_UNSURE;

    if (!condense_open(&condensed, memo_chunks(memo), memo_parts(memo), bytes,
                       alone))
        return RECALL_UNSURE;
    known = settle(&condensed, memo);
    if (known && known->kind == SLICE_WHOLE) {
        result = tell_whole(&condensed, memo, facts, err);
    } else if (known) {
        tell(known, &condensed, facts);
        result = RECALL_DONE;
    }
    condense_close(&condensed);
    return result;
}

enum recall_result recall_facts(struct memo *memo, struct text bytes,
                                bool alone, struct facts *facts,
                                struct error *err)
{
    enum recall_result result;

    stash_enter(memo_chunks(memo));
    stash_enter(memo_parts(memo));
    stash_enter(memo_trees(memo));
    stash_enter(memo_known(memo));
    result = recall(memo, bytes, alone, facts, err);
    stash_leave(memo_known(memo));
    stash_leave(memo_trees(memo));
    stash_leave(memo_parts(memo));
    stash_leave(memo_chunks(memo));
    return result;
}

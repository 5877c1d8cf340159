#include "core/fix/proof.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/facts/memo.h"
#include "core/facts/scan.h"
#include "core/source/decode.h"

int proof_open(struct proof *proof, struct text bytes, bool again,
               const struct deadline *deadline, struct error *err)
{
    *proof = (struct proof){ .bytes = bytes };
    if (script_open(&proof->script, bytes, deadline, err) < 0)
        return -1;
    if (again)
        proof->memo = memo_open();
    return 0;
}

void proof_close(struct proof *proof)
{
    script_close(&proof->script);
    facts_release(&proof->before);
    memo_close(proof->memo);
    *proof = (struct proof){ .memo = NULL };
}

const struct facts *proof_facts(struct proof *proof, struct error *err)
{
    if (!proof->is_scanned &&
        scan_recalling(proof->bytes, proof->memo, &proof->before, err) < 0)
        return NULL;
    proof->is_scanned = true;
    return &proof->before;
}

/* ---- findings ------------------------------------------------------------ */

static bool is_among(const struct facts *facts, const struct finding *finding,
                     bool *used)
{
    for (size_t i = 0; i < facts->findings_count; i++)
        if (!used[i] && finding_same(&facts->findings[i], finding) &&
            facts->findings[i].over_approximated ==
                finding->over_approximated) {
            used[i] = true;
            return true;
        }
    return false;
}

/* Are those of `after` the ones of `before` that are not gone? */
static bool is_rest(const struct facts *before, const struct facts *after,
                    const struct finding *const *gone, size_t gone_count)
{
    bool *used = memory_new(before->findings_count + 1, sizeof(*used));
    bool result = before->findings_count == after->findings_count + gone_count;

    for (size_t i = 0; i < gone_count && result; i++)
        result = is_among(before, gone[i], used);
    for (size_t i = 0; i < after->findings_count && result; i++)
        result = is_among(before, &after->findings[i], used);
    free(used);
    return result;
}

/* ---- syntax -------------------------------------------------------------- */

/* Whole lines of the file that no statement of the module leaves, and the edits
   within, in order. */
struct part {
    size_t start, end;
    size_t edits_from, edits_to;
};

static size_t line_start(struct text code, size_t at)
{
    while (at > 0 && code.bytes[at - 1] != '\n')
        at--;
    return at;
}

/* Where the line ends that the byte before `at` stands on. */
static size_t line_end(struct text code, size_t at)
{
    while (at < code.size && at > 0 && code.bytes[at - 1] != '\n')
        at++;
    return at;
}

/* To the lines, and to the statements of the module that they touch; false if
 * it was so. */
static bool widen(const struct script *script, struct part *part)
{
    const struct syntax *tree = &script->tree;
    struct text code = { script->source.code, script->source.text.size };
    size_t start = line_start(code, part->start);
    size_t end = line_end(code, part->end);
    bool is_wider = start < part->start || end > part->end;

    for (uint32_t node = syntax_first(tree, 0);
         node && tree->nodes[node].start <= end;
         node = syntax_next(tree, 0, node)) {
        if (tree->nodes[node].end < start)
            continue;
        if (tree->nodes[node].start < start)
            start = tree->nodes[node].start;
        if (tree->nodes[node].end > end)
            end = tree->nodes[node].end;
    }
    is_wider |= start < part->start || end > part->end;
    part->start = start;
    part->end = end;
    return is_wider;
}

/* The part that begins with the next edit. */
static struct part next_part(const struct proof *proof,
                             const struct edits *edits, size_t from)
{
    const struct edit *edit = &edits->items[from];
    struct part part = { edit->start, edit->end, from, from + 1 };

    /* What is put at the start of a line stands on that line. */
    part.end += part.end == part.start && part.end < proof->bytes.size;
    for (;;) {
        while (widen(&proof->script, &part))
            continue;
        if (part.edits_to == edits->items_count ||
            edits->items[part.edits_to].start > part.end)
            return part;
        edit = &edits->items[part.edits_to++];
        if (edit->end > part.end)
            part.end = edit->end;
    }
}

static void write_part(const struct proof *proof, const struct edits *edits,
                       const struct part *part, struct buffer *out)
{
    size_t from = part->start;

    for (size_t i = part->edits_from; i < part->edits_to; i++) {
        const struct edit *edit = &edits->items[i];

        buffer_text(out, text_slice(proof->bytes, from, edit->start));
        buffer_text(out, edits_text(edits, edit));
        from = edit->end;
    }
    buffer_text(out, text_slice(proof->bytes, from, part->end));
    /* Whatever stands behind it must be a statement of its own. */
    if (part->end < proof->bytes.size)
        buffer_string(out, "pass\n");
}

static bool parses(const struct proof *proof, struct text text)
{
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    struct source source;
    struct syntax tree;
    struct error err;
    bool result = false;

    if (source_open_as(&source, text, decode_encoding(proof->bytes), &err) < 0)
        return false;
    if (syntax_parse(&tree, &source, &deadline, &err) == 0) {
        result = tree.errors_count == 0;
        syntax_release(&tree);
    }
    source_close(&source);
    return result;
}

/* What is between the parts parses, since it did before. */
static bool all_parse(const struct proof *proof, const struct edits *edits)
{
    struct buffer out = BUFFER_EMPTY;
    bool result = true;
    size_t from = 0;

    while (from < edits->items_count && result) {
        struct part part = next_part(proof, edits, from);

        buffer_clear(&out);
        write_part(proof, edits, &part, &out);
        result = parses(proof, buffer_view(&out));
        from = part.edits_to;
    }
    buffer_release(&out);
    return result;
}

bool proof_holds(struct proof *proof, const struct edits *edits,
                 struct text after, const struct finding *const *gone,
                 size_t gone_count)
{
    struct facts left = FACTS_EMPTY;
    struct error err;
    const struct facts *before = proof_facts(proof, &err);
    bool result = before && all_parse(proof, edits) &&
                  scan_recalling(after, proof->memo, &left, &err) == 0 &&
                  is_rest(before, &left, gone, gone_count);

    facts_release(&left);
    return result;
}

#include "core/fix/remedy.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/facts/scan.h"
#include "core/fix/patch.h"

/* A further look at the same file costs so many times less. */
#define AGAIN 3

/* Is there enough left for a look at so many bytes? */
static bool take(struct remedies *remedies, size_t size)
{
    if (*remedies->left < size)
        return false;
    *remedies->left -= size;
    return true;
}

int remedies_open(struct remedies *remedies, struct text bytes,
                  const struct fix_options *options, size_t *left,
                  struct error *err)
{
    struct deadline deadline = deadline_in(SCAN_TIME_MAX_MS);
    struct proof *proof = &remedies->proof;

    *remedies =
        (struct remedies){ .bytes = bytes, .options = *options, .left = left };
    if (!take(remedies, bytes.size))
        return error_set(err, ERROR_LIMIT, "there is too much to repair");
    if (proof_open(proof, bytes, true, &deadline, err) < 0)
        return -1;
    remedies->facts = proof_facts(proof, err);
    if (!remedies->facts)
        return -1;
    fix_proved(&remedies->fix, proof, remedies->facts->findings,
               remedies->facts->findings_count, options);
    return 0;
}

/* The number of the finding, or the count of all. */
static size_t find(const struct remedies *remedies,
                   const struct finding *finding)
{
    const struct facts *facts = remedies->facts;
    size_t at = 0;

    while (facts && at < facts->findings_count &&
           (facts->findings[at].offset != finding->offset ||
            facts->findings[at].target != finding->target ||
            !finding_same(&facts->findings[at], finding)))
        at++;
    return at;
}

static void add(struct remedy *remedy, const struct source *source,
                const struct edits *edits, const struct edit *edit)
{
    struct remedy_change *change = ARRAY_PUSH(remedy->changes);
    struct text with = edits_text(edits, edit);

    change->range.start = source_position(source, edit->start);
    change->range.end = source_position(source, edit->end);
    change->start = edit->start;
    change->end = edit->end;
    change->with = memory_copy(with.bytes, with.size);
    change->size = with.size;
    remedy->is_bytes |= source->single_byte && !text_is_ascii(with);
}

static struct remedy *remedy_new(const struct source *source,
                                 const struct fix *fix, size_t number)
{
    struct remedy *remedy = memory_new(1, sizeof(*remedy));

    remedy->verdict = fix->items[number].verdict;
    for (size_t i = 0; i < fix->edits.items_count; i++)
        add(remedy, source, &fix->edits, &fix->edits.items[i]);
    return remedy;
}

static struct remedy *alone(struct remedies *remedies, size_t number)
{
    struct fix_options options = remedies->options;
    const struct facts *facts = remedies->facts;
    struct remedy *remedy = NULL;
    struct fix fix;

    options.only = &facts->findings[number];
    if (!take(remedies, remedies->bytes.size / AGAIN))
        return NULL;
    fix_proved(&fix, &remedies->proof, facts->findings, facts->findings_count,
               &options);
    if (fix.done)
        remedy = remedy_new(&remedies->proof.script.source, &fix, number);
    fix_release(&fix);
    return remedy;
}

struct remedy *remedies_of(struct remedies *remedies,
                           const struct finding *finding)
{
    const struct fix *fix = &remedies->fix;
    size_t number = find(remedies, finding);

    if (number >= fix->items_count || !fix->items[number].done)
        return NULL;
    return fix->done == 1
               ? remedy_new(&remedies->proof.script.source, fix, number)
               : alone(remedies, number);
}

const char *remedies_why(const struct remedies *remedies,
                         const struct finding *finding)
{
    size_t number = find(remedies, finding);

    return number < remedies->fix.items_count
               ? remedies->fix.items[number].verdict.why
               : NULL;
}

void remedy_patch(struct remedy *remedy, const struct remedies *remedies,
                  const char *path)
{
    struct edits edits = EDITS_EMPTY;

    for (size_t i = 0; i < remedy->changes_count; i++) {
        const struct remedy_change *change = &remedy->changes[i];

        edits_replace(&edits, change->start, change->end,
                      (struct text){ change->with, change->size });
    }
    patch_append(&remedy->patch, text_of(path), remedies->bytes, &edits);
    edits_release(&edits);
}

void remedies_close(struct remedies *remedies)
{
    fix_release(&remedies->fix);
    proof_close(&remedies->proof);
    *remedies = REMEDIES_EMPTY;
}

void remedy_free(struct remedy *remedy)
{
    if (!remedy)
        return;
    for (size_t i = 0; i < remedy->changes_count; i++)
        free(remedy->changes[i].with);
    free(remedy->changes);
    buffer_release(&remedy->patch);
    free(remedy);
}

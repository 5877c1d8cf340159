/*
 * A file that is repaired, perhaps several times, and the proof that a repair
 * is one: what comes of it parses, and has the findings that were not repaired
 * and no other. The file is parsed once; of what comes of it only what is new.
 */
#ifndef TMPGUARD_CORE_FIX_PROOF_H
#define TMPGUARD_CORE_FIX_PROOF_H

#include "core/facts/facts.h"
#include "core/fix/edits.h"
#include "core/fix/script.h"

struct memo;

/* Open with proof_open; the bytes must outlive it. */
struct proof {
    struct text bytes;
    struct script script;
    struct facts before; /* what the file holds, once it was asked for */
    bool is_scanned;
    struct memo *memo; /* what is remembered from one repair to the next */
};

/*
 * `again`: several repairs are to be proved.
 * Returns 0, or -1 with ERROR_LIMIT and a closed proof if the file is over a
 * limit.
 */
int proof_open(struct proof *proof, struct text bytes, bool again,
               const struct deadline *deadline, struct error *err);

/* What the file holds alone; NULL and *err if it cannot be analysed. */
const struct facts *proof_facts(struct proof *proof, struct error *err);

/*
 * Is `after`, which the edits make of a file that parses, that file without
 * these findings of it?
 */
bool proof_holds(struct proof *proof, const struct edits *edits,
                 struct text after, const struct finding *const *gone,
                 size_t gone_count);

/* Give the memory back; closing twice is fine. */
void proof_close(struct proof *proof);

#endif

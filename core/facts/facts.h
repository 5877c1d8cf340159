/*
 * What one blob is known to hold: a pure function of its bytes, so it can be
 * kept under the blob's id. The encoding is for our own cache; a decoder
 * trusts none of it.
 */
#ifndef TMPGUARD_CORE_FACTS_FACTS_H
#define TMPGUARD_CORE_FACTS_FACTS_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/intern.h"
#include "core/rule/finding.h"

/* More findings than this in one blob are over the limit. */
#define FACTS_FINDINGS_MAX 100000

/* The same for names of one kind. */
#define FACTS_NAMES_MAX 10000

/*
 * What a file is alone. Start from FACTS_EMPTY. Findings are sorted
 * (finding_compare), names in the order of their bytes.
 *
 * Other files of its tree may change that. Each text in `needs` is the dotted
 * name of a module, dots first if relative: that one counts whatever it holds;
 * or there are names behind it, each behind a blank, a member's member from
 * the module on: then it counts if a target may come from that. And the file
 * may matter to those that mention one of the names in `exports`, by which
 * they get a target. If there are words behind it, each behind a blank, they
 * pass the module of a target there, or read a member by a name that is there,
 * and mention one of these, too.
 */
struct facts {
    struct finding *findings;
    size_t findings_count, findings_room;
    struct intern needs, exports;
};

#define FACTS_EMPTY ((struct facts){ .findings = NULL })

/* Append the encoding of *facts to *out. Facts without findings are short. */
void facts_encode(const struct facts *facts, struct buffer *out);

/*
 * Read what facts_encode wrote. Returns 0, or -1 with ERROR_FORMAT and empty
 * facts if the bytes are anything else. Bounded by the size of `bytes`.
 */
int facts_decode(struct facts *facts, struct text bytes, struct error *err);

/* Add the findings of others of the same file. Each place and target is kept
 * once, as certain as one of them says. */
void facts_merge(struct facts *facts, const struct facts *from);

/* Give the memory back; the facts are empty again. */
void facts_release(struct facts *facts);

#endif

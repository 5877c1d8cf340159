/*
 * What a comment says about findings. RULE is RULE_ID; ids in brackets are
 * separated by commas.
 *
 *   # tmpguard: ignore[RULE] why
 *   # lgtm[RULE], # lgtm             without RULE at the comment's start or
 *                                    behind a ';' only
 *   # codeql[RULE]
 *   # noqa, # noqa: S306, …
 *   # nosec, # nosec B306, mktemp_q
 *   # NOSONAR
 *
 * `lgtm`, `codeql` and `noqa` in any case; the first two stand anywhere in
 * the comment, the others behind a '#'. An id that is unknown, missing or
 * malformed excuses nothing: where a tool would take its comment for a bare
 * one because it did not understand the ids, this does not.
 */
#ifndef TMPGUARD_CORE_SOURCE_DIRECTIVE_H
#define TMPGUARD_CORE_SOURCE_DIRECTIVE_H

#include "core/base/text.h"
#include "core/rule/finding.h"

enum directive_kind {
    DIRECTIVE_NONE,      /* about something else */
    DIRECTIVE_ALL,       /* names no rule: excuses every rule's finding */
    DIRECTIVE_RULE,      /* names the rule, perhaps among others */
    DIRECTIVE_UNKNOWN,   /* ours, but of a rule that does not exist */
    DIRECTIVE_MALFORMED, /* ours, but not as it has to be written */
};

struct directive {
    enum suppression form;
    enum directive_kind kind; /* not DIRECTIVE_NONE */
    uint32_t start, end;      /* bytes of the comment, from the word on */
    bool reasoned;            /* of our own form: words stand behind it */
};

typedef void directive_visit(void *payload, const struct directive *directive);

/*
 * Visit the directives of a comment, which begins with its '#'. Our own one
 * that names the rule and another is visited as RULE and as UNKNOWN.
 */
void directive_each(struct text comment, directive_visit *visit, void *payload);

/* Does the directive excuse a finding, if it stands where its form has to? */
bool directive_excuses(const struct directive *directive);

#endif

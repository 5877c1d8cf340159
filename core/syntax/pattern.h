/*
 * The names that a target or a case pattern binds.
 */
#ifndef TMPGUARD_CORE_SYNTAX_PATTERN_H
#define TMPGUARD_CORE_SYNTAX_PATTERN_H

#include "core/syntax/syntax.h"

/* A walk over the identifiers that are bound; start from pattern_names. */
struct pattern_walk {
    const struct syntax *tree;
    uint32_t at, end;
};

/* The names bound by `node`: a target, a case pattern, or an import. */
struct pattern_walk pattern_names(const struct syntax *tree, uint32_t node);

/* The next identifier node, or SYNTAX_NONE at the end. */
uint32_t pattern_next(struct pattern_walk *walk);

#endif

/*
 * The syntax tree of a file from those of its chunks: a module is a row of
 * statements, and what stands before one does not change how it is parsed. The
 * trees of chunks are remembered, so that of a file in many versions little is
 * parsed.
 */
#ifndef TMPGUARD_CORE_FACTS_GRAFT_H
#define TMPGUARD_CORE_FACTS_GRAFT_H

#include "core/slice/condense.h"
#include "core/syntax/syntax.h"

/* A stash for trees of so many bytes. */
struct stash *graft_stash(size_t size_max);

/*
 * Make the tree of the source, which must outlive it, of the file that was
 * condensed, with a stash that was entered. Returns false and an empty tree if
 * a chunk has a syntax error or is over a limit: then the whole has to be
 * parsed to say so.
 */
bool graft_parse(struct syntax *tree, const struct source *source,
                 const struct condensed *condensed, struct stash *trees);

#endif

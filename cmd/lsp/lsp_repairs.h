/*
 * What can be repaired in a document as it was looked at: asked for when
 * somebody wants to know, remembered until the text changes.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_REPAIRS_H
#define TMPGUARD_CMD_LSP_LSP_REPAIRS_H

#include "cmd/lsp/lsp_document.h"
#include "core/fix/remedy.h"

struct lsp_repairs;

/*
 * How the finding is repaired while the others stay: with certainty, or else
 * so that a person has to look at it. For remedy_free; NULL if not at all.
 */
struct remedy *lsp_repairs_of(struct lsp_document *document,
                              const struct finding *finding);

/* Why it is not repaired at all, static; NULL if that is not known. */
const char *lsp_repairs_why(struct lsp_document *document,
                            const struct finding *finding);

/* All that is certain, made together; NULL if nothing is. */
const struct edits *lsp_repairs_all(struct lsp_document *document);

/* Freeing NULL is fine. */
void lsp_repairs_free(struct lsp_repairs *repairs);

/*
 * Where a comment excuses the finding: put *what before that byte of what was
 * looked at. False if no place does it and nothing else.
 */
bool lsp_repairs_excuse(const struct lsp_document *document, size_t number,
                        struct memo *memo, size_t *at, struct buffer *what);

#endif

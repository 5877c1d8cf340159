/*
 * What was found in a document, as diagnostics of LSP 3.17.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_DIAGNOSTICS_H
#define TMPGUARD_CMD_LSP_LSP_DIAGNOSTICS_H

#include "cmd/lsp/lsp_client.h"
#include "cmd/lsp/lsp_document.h"
#include "cmd/terminal/json.h"

/* More than these are counted and not shown. */
#define LSP_DIAGNOSTICS_MAX 1000

/* The codes: that of a finding, and of a document that could not be looked at.
 */
#define LSP_CODE            RULE_ID
#define LSP_CODE_INCOMPLETE "tmpguard/incomplete"

/* One finding, an object in an array. */
void lsp_diagnostics_finding(struct json *json,
                             const struct lsp_document *document,
                             const struct lsp_client *client,
                             const struct finding *finding);

/* Append the message that tells all that was found in the document, or why it
 * could not be looked at. */
void lsp_diagnostics_publish(struct buffer *out,
                             const struct lsp_document *document,
                             const struct lsp_client *client);

/* The same for one that is closed: nothing. */
void lsp_diagnostics_clear(struct buffer *out,
                           const struct lsp_document *document);

#endif

/*
 * What can be done about findings of a document: code actions of LSP 3.17.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_ACTIONS_H
#define TMPGUARD_CMD_LSP_LSP_ACTIONS_H

#include "cmd/lsp/lsp_client.h"
#include "cmd/lsp/lsp_document.h"
#include "cmd/terminal/json.h"

#define LSP_QUICKFIX "quickfix"
#define LSP_FIX_ALL  "source.fixAll.tmpguard"

/*
 * The member `result`, an array: for each finding in params.range its repair,
 * and the comment that excuses it; where it is asked for by its kind, all that
 * is certain to be repaired. The document was looked at.
 */
void lsp_actions(struct json *json, struct lsp_document *document,
                 const struct lsp_client *client, struct memo *memo,
                 struct json_object *params);

/* The member that a client gives as a range: false if it is none. */
bool lsp_actions_range(struct json_object *value, const char *name,
                       struct lsp_range *range);

#endif

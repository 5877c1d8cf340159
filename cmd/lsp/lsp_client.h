/*
 * What the client on the other side can do, and what was agreed on.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_CLIENT_H
#define TMPGUARD_CMD_LSP_LSP_CLIENT_H

#include "cmd/lsp/lsp_text.h"
#include "cmd/lsp/lsp_value.h"

/* Start from { 0 }: nothing, and LSP_UTF16. */
struct lsp_client {
    enum lsp_encoding encoding;
    bool versions;         /* diagnostics may say of which version they are */
    bool related;          /* they may have other places, */
    bool descriptions;     /* and a link */
    bool document_changes; /* edits may say of which version they are */
    bool literals;         /* actions may be more than commands */
    bool preferred;        /* one of them may be the one to take, */
    bool disabled;         /* and one that cannot be taken says why */
};

/* Read them from what initialize says. */
void lsp_client_read(struct lsp_client *client, struct json_object *params);

#endif

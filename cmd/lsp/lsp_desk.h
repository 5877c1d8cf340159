/*
 * The documents that are open, and what comes about them.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_DESK_H
#define TMPGUARD_CMD_LSP_LSP_DESK_H

#include "cmd/lsp/lsp_client.h"
#include "cmd/lsp/lsp_document.h"

/* The text of a larger one is not kept, so it is not looked at, in bytes. */
#define LSP_TEXT_MAX ((size_t)64 << 20)

/* Start from { 0 }. */
struct lsp_desk {
    struct lsp_document *documents;
    size_t documents_count, documents_room;
};

/* The document that textDocument.uri names, or NULL. */
struct lsp_document *lsp_desk_find(const struct lsp_desk *desk,
                                   struct json_object *params);

/* What the notifications textDocument/didOpen, didChange, didSave and didClose
 * tell; of one that is closed, *out is told so. */
void lsp_desk_open(struct lsp_desk *desk, struct json_object *params);
void lsp_desk_change(struct lsp_desk *desk, const struct lsp_client *client,
                     struct json_object *params);
void lsp_desk_save(struct lsp_desk *desk, struct json_object *params);
void lsp_desk_shut(struct lsp_desk *desk, struct json_object *params,
                   struct buffer *out);

/* Settings may be others: look at all anew. */
void lsp_desk_renew(struct lsp_desk *desk);

/* A message could not be read, which may have been about any of them. */
void lsp_desk_lose(struct lsp_desk *desk, const char *why);

void lsp_desk_release(struct lsp_desk *desk);

#endif

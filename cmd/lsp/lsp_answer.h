/*
 * What the server says: one message of JSON-RPC 2.0, framed when it is sent.
 */
#ifndef TMPGUARD_CMD_LSP_LSP_ANSWER_H
#define TMPGUARD_CMD_LSP_LSP_ANSWER_H

#include "cmd/lsp/lsp_text.h"
#include "cmd/lsp/lsp_value.h"
#include "cmd/terminal/json.h"

/* What is wrong with a request. */
enum lsp_error {
    LSP_PARSE_ERROR = -32700,
    LSP_INVALID_REQUEST = -32600,
    LSP_METHOD_NOT_FOUND = -32601,
    LSP_INVALID_PARAMS = -32602,
    LSP_NOT_INITIALIZED = -32002,
    LSP_CANCELLED = -32800,
};

/* A message under way: its members go into `json`. */
struct lsp_answer {
    struct buffer body;
    struct json json;
};

/* Begin: to the request with that id, NULL is null; or a notification. */
void lsp_answer_open(struct lsp_answer *answer, struct json_object *id);
void lsp_answer_notify(struct lsp_answer *answer, const char *method);

/* End it, and append it to *out. */
void lsp_answer_send(struct lsp_answer *answer, struct buffer *out);

/* A whole message: the request failed; or has null for a result. */
void lsp_answer_error(struct buffer *out, struct json_object *id,
                      enum lsp_error code, const char *words);
void lsp_answer_null(struct buffer *out, struct json_object *id);

/* The member `name`: { "start": …, "end": … } */
void lsp_answer_range(struct json *json, const char *name,
                      const struct lsp_range *range);

#endif

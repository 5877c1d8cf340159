#include "cmd/lsp/lsp_server.h"

#include <stdlib.h>

#include "cmd/lsp/lsp_actions.h"
#include "cmd/lsp/lsp_answer.h"
#include "cmd/lsp/lsp_desk.h"
#include "cmd/lsp/lsp_diagnostics.h"
#include "core/base/memory.h"
#include "core/facts/memo.h"

/* A message that came; NULL: it could not be read. */
struct pending {
    struct json_object *message;
    bool is_cancelled;
};

struct lsp_server {
    bool is_initialized, is_shut, is_ended;
    struct lsp_client client;
    struct lsp_desk desk;
    struct memo *memo;
    struct pending *queue;
    size_t queue_count, queue_room;
};

/* A message that is worked on. */
struct call {
    struct lsp_server *server;
    struct json_object *id, *params;
    struct buffer *out;
};

struct lsp_server *lsp_server_open(void)
{
    struct lsp_server *server = memory_new(1, sizeof(*server));

    server->memo = memo_open();
    return server;
}

void lsp_server_close(struct lsp_server *server)
{
    for (size_t i = 0; i < server->queue_count; i++)
        lsp_value_free(server->queue[i].message);
    free(server->queue);
    lsp_desk_release(&server->desk);
    memo_close(server->memo);
    free(server);
}

enum lsp_end lsp_server_ended(const struct lsp_server *server)
{
    if (!server->is_ended)
        return LSP_GOES_ON;
    return server->is_shut ? LSP_ENDED : LSP_ENDED_EARLY;
}

/* ---- requests ------------------------------------------------------------ */

static void kinds(struct json *json)
{
    json_open(json, "codeActionProvider", '{');
    json_open(json, "codeActionKinds", '[');
    json_words(json, NULL, LSP_QUICKFIX);
    json_words(json, NULL, LSP_FIX_ALL);
    json_close(json, ']');
    json_close(json, '}');
}

static void synchronization(struct json *json)
{
    json_open(json, "textDocumentSync", '{');
    json_bool(json, "openClose", true);
    json_value(json, "change", "2"); /* what changed, not all of it */
    json_bool(json, "save", true);
    json_close(json, '}');
}

static void initialize(struct call *call)
{
    struct lsp_client *client = &call->server->client;
    struct lsp_answer answer;
    struct json *json = &answer.json;

    lsp_client_read(client, call->params);
    call->server->is_initialized = true;
    lsp_answer_open(&answer, call->id);
    json_open(json, "result", '{');
    json_open(json, "capabilities", '{');
    json_words(json, "positionEncoding",
               client->encoding == LSP_UTF8 ? "utf-8" : "utf-16");
    synchronization(json);
    kinds(json);
    json_close(json, '}');
    json_open(json, "serverInfo", '{');
    json_words(json, "name", "tmpguard");
    json_words(json, "version", TMPGUARD_VERSION);
    json_close(json, '}');
    json_close(json, '}');
    lsp_answer_send(&answer, call->out);
}

static void shut_down(struct call *call)
{
    call->server->is_shut = true;
    lsp_answer_null(call->out, call->id);
}

static void code_action(struct call *call)
{
    struct lsp_server *server = call->server;
    struct lsp_document *document = lsp_desk_find(&server->desk, call->params);
    struct lsp_answer answer;

    if (!document) {
        lsp_answer_error(call->out, call->id, LSP_INVALID_PARAMS,
                         "no document of that name is open");
        return;
    }
    lsp_document_look(document, server->memo);
    lsp_answer_open(&answer, call->id);
    lsp_actions(&answer.json, document, &server->client, server->memo,
                call->params);
    lsp_answer_send(&answer, call->out);
}

/* ---- notifications ------------------------------------------------------- */

static void end(struct call *call)
{
    call->server->is_ended = true;
}

static void did_open(struct call *call)
{
    lsp_desk_open(&call->server->desk, call->params);
}

static void did_change(struct call *call)
{
    lsp_desk_change(&call->server->desk, &call->server->client, call->params);
}

static void did_save(struct call *call)
{
    lsp_desk_save(&call->server->desk, call->params);
}

static void did_close(struct call *call)
{
    lsp_desk_shut(&call->server->desk, call->params, call->out);
}

static void settings_changed(struct call *call)
{
    lsp_desk_renew(&call->server->desk);
}

static const struct method {
    const char *name;
    bool is_request;
    bool is_early; /* it may come before initialize */
    bool is_late;  /* and behind shutdown */
    void (*run)(struct call *call);
} methods[] = {
    { "initialize", true, true, false, initialize },
    { "shutdown", true, false, false, shut_down },
    { "textDocument/codeAction", true, false, false, code_action },
    { "exit", false, true, true, end },
    { "textDocument/didOpen", false, false, false, did_open },
    { "textDocument/didChange", false, false, false, did_change },
    { "textDocument/didSave", false, false, false, did_save },
    { "textDocument/didClose", false, false, false, did_close },
    { "workspace/didChangeConfiguration", false, false, false,
      settings_changed },
    { "workspace/didChangeWatchedFiles", false, false, false,
      settings_changed },
};

/* ---- messages ------------------------------------------------------------ */

static const struct method *find_method(struct text name)
{
    for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
        if (text_equal(name, text_of(methods[i].name)))
            return &methods[i];
    return NULL;
}

static bool is_id(struct json_object *id)
{
    struct text text;
    int64_t number;

    return lsp_value_text(id, "", &text) || lsp_value_number(id, "", &number);
}

static void request(struct call *call, const struct method *method)
{
    const struct lsp_server *server = call->server;
    enum lsp_error code = LSP_INVALID_REQUEST;
    const char *why = NULL;

    if (!is_id(call->id)) {
        call->id = NULL;
        why = "an id is a number or a text";
    } else if (server->is_shut) {
        why = "it was shut down";
    } else if (!server->is_initialized && !(method && method->is_early)) {
        code = LSP_NOT_INITIALIZED;
        why = "'initialize' comes first";
    } else if (!method || !method->is_request) {
        code = LSP_METHOD_NOT_FOUND;
        why = "there is no such request";
    } else if (method->run == initialize && server->is_initialized) {
        why = "'initialize' comes once";
    }
    if (why)
        lsp_answer_error(call->out, call->id, code, why);
    else
        method->run(call);
}

static void notification(struct call *call, const struct method *method)
{
    const struct lsp_server *server = call->server;

    if (!method || method->is_request ||
        (!server->is_initialized && !method->is_early) ||
        (server->is_shut && !method->is_late))
        return;
    method->run(call);
}

/* It may have been about any document, and any change. */
static void unreadable(struct lsp_server *server, struct buffer *out)
{
    lsp_answer_error(out, NULL, LSP_PARSE_ERROR, "a message is no JSON object");
    lsp_desk_lose(&server->desk, "a message of the editor could not be read; "
                                 "close the file and open it again");
}

static void work_on(struct lsp_server *server, const struct pending *pending,
                    struct buffer *out)
{
    struct call call = { .server = server, .out = out };
    struct text name;

    if (!pending->message) {
        unreadable(server, out);
        return;
    }
    call.id = lsp_value_at(pending->message, "id");
    call.params = lsp_value_at(pending->message, "params");
    if (!lsp_value_text(pending->message, "method", &name)) {
        /* An answer, then, of which none is asked for; or nothing. */
        if (lsp_value_at(pending->message, "method"))
            lsp_answer_error(out, is_id(call.id) ? call.id : NULL,
                             LSP_INVALID_REQUEST, "a method is a text");
        return;
    }
    if (!call.id)
        notification(&call, find_method(name));
    else if (pending->is_cancelled)
        lsp_answer_error(out, call.id, LSP_CANCELLED, "it was cancelled");
    else
        request(&call, find_method(name));
}

/* A request that was not worked on yet can be cancelled. */
static bool cancels(struct lsp_server *server, struct json_object *message)
{
    struct json_object *id = lsp_value_at(message, "params.id");
    struct text name;

    if (!lsp_value_text(message, "method", &name) ||
        !text_equal(name, TEXT("$/cancelRequest")))
        return false;
    for (size_t i = 0; i < server->queue_count; i++)
        if (lsp_value_same(lsp_value_at(server->queue[i].message, "id"), id))
            server->queue[i].is_cancelled = true;
    return true;
}

void lsp_server_take(struct lsp_server *server, struct text body)
{
    struct error err;
    struct json_object *message = lsp_value_read(body, &err);

    if (cancels(server, message))
        lsp_value_free(message);
    else
        ARRAY_PUSH(server->queue)->message = message;
}

static void tell(struct lsp_server *server, struct buffer *out)
{
    for (size_t i = 0; i < server->desk.documents_count; i++) {
        struct lsp_document *document = &server->desk.documents[i];

        lsp_document_look(document, server->memo);
        if (!document->is_told)
            lsp_diagnostics_publish(out, document, &server->client);
        document->is_told = true;
    }
}

void lsp_server_work(struct lsp_server *server, struct buffer *out)
{
    for (size_t i = 0; i < server->queue_count; i++) {
        if (!server->is_ended)
            work_on(server, &server->queue[i], out);
        lsp_value_free(server->queue[i].message);
    }
    server->queue_count = 0;
    if (!server->is_shut && !server->is_ended)
        tell(server, out);
}

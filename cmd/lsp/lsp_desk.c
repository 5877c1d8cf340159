#include "cmd/lsp/lsp_desk.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/lsp/lsp_actions.h"
#include "cmd/lsp/lsp_diagnostics.h"
#include "core/base/memory.h"

#define AGAIN "; close the file and open it again"

static struct lsp_document *find(const struct lsp_desk *desk, struct text uri)
{
    for (size_t i = 0; i < desk->documents_count; i++)
        if (text_equal(text_of(desk->documents[i].uri), uri))
            return &desk->documents[i];
    return NULL;
}

struct lsp_document *lsp_desk_find(const struct lsp_desk *desk,
                                   struct json_object *params)
{
    struct text uri;

    return lsp_value_text(params, "textDocument.uri", &uri) ? find(desk, uri)
                                                            : NULL;
}

static void lose(struct lsp_document *document, const char *why)
{
    document->lost = why;
    document->is_changed = true;
}

static void check_size(struct lsp_document *document)
{
    if (document->text.size <= LSP_TEXT_MAX)
        return;
    buffer_release(&document->text);
    lose(document, "the text is over the limit of 64 MiB");
}

static void find_home(struct lsp_document *document)
{
    if (document->path)
        lsp_home_find(&document->home, document->path);
    document->is_placed = false;
    document->is_changed = true;
}

void lsp_desk_open(struct lsp_desk *desk, struct json_object *params)
{
    struct lsp_document *document = lsp_desk_find(desk, params);
    struct text uri, language, text;

    if (!lsp_value_text(params, "textDocument.uri", &uri))
        return;
    if (document)
        lsp_document_close(document);
    else
        document = ARRAY_PUSH(desk->documents);
    lsp_document_open(document, uri);
    document->is_python =
        lsp_value_text(params, "textDocument.languageId", &language) &&
        text_equal(language, TEXT("python"));
    lsp_value_number(params, "textDocument.version", &document->version);
    if (lsp_value_text(params, "textDocument.text", &text))
        buffer_text(&document->text, text);
    else
        lose(document, "the editor did not say what is in it" AGAIN);
    check_size(document);
    find_home(document);
}

/* One change: of a range, or all of it. Returns why it cannot be made. */
static const char *change_one(struct lsp_document *document,
                              enum lsp_encoding encoding,
                              struct json_object *change)
{
    struct lsp_range range;
    struct text text;

    if (!lsp_value_text(change, "text", &text))
        return "the editor did not say what was changed" AGAIN;
    if (!lsp_value_at(change, "range")) {
        buffer_clear(&document->text);
        buffer_text(&document->text, text);
        /* All of it is known again. */
        document->lost = NULL;
        return NULL;
    }
    if (!lsp_actions_range(change, "range", &range) ||
        !lsp_text_replace(&document->text, encoding, &range, text))
        return "the editor changed a place that there is not" AGAIN;
    return NULL;
}

void lsp_desk_change(struct lsp_desk *desk, const struct lsp_client *client,
                     struct json_object *params)
{
    struct lsp_document *document = lsp_desk_find(desk, params);
    struct json_object *changes = lsp_value_at(params, "contentChanges");

    if (!document)
        return;
    document->is_changed = true;
    lsp_value_number(params, "textDocument.version", &document->version);
    for (size_t i = 0; i < lsp_value_count(changes); i++) {
        const char *why =
            change_one(document, client->encoding, lsp_value_item(changes, i));

        if (why)
            lose(document, why);
        check_size(document);
    }
}

void lsp_desk_save(struct lsp_desk *desk, struct json_object *params)
{
    struct lsp_document *document = lsp_desk_find(desk, params);

    if (document)
        find_home(document);
}

void lsp_desk_shut(struct lsp_desk *desk, struct json_object *params,
                   struct buffer *out)
{
    struct lsp_document *document = lsp_desk_find(desk, params);

    if (!document)
        return;
    lsp_diagnostics_clear(out, document);
    lsp_document_close(document);
    *document = desk->documents[--desk->documents_count];
}

void lsp_desk_renew(struct lsp_desk *desk)
{
    for (size_t i = 0; i < desk->documents_count; i++)
        find_home(&desk->documents[i]);
}

void lsp_desk_lose(struct lsp_desk *desk, const char *why)
{
    for (size_t i = 0; i < desk->documents_count; i++)
        lose(&desk->documents[i], why);
}

void lsp_desk_release(struct lsp_desk *desk)
{
    for (size_t i = 0; i < desk->documents_count; i++)
        lsp_document_close(&desk->documents[i]);
    free(desk->documents);
    *desk = (struct lsp_desk){ .documents = NULL };
}

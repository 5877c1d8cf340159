#include "cmd/lsp/lsp_client.h"

static enum lsp_encoding choose(struct json_object *encodings)
{
    for (size_t i = 0; i < lsp_value_count(encodings); i++) {
        struct text name;

        if (lsp_value_text(lsp_value_item(encodings, i), "", &name) &&
            text_equal(name, TEXT("utf-8")))
            return LSP_UTF8;
    }
    return LSP_UTF16;
}

void lsp_client_read(struct lsp_client *client, struct json_object *params)
{
    struct json_object *can = lsp_value_at(params, "capabilities");
    struct json_object *publish =
        lsp_value_at(can, "textDocument.publishDiagnostics");
    struct json_object *action = lsp_value_at(can, "textDocument.codeAction");

    *client = (struct lsp_client){
        .encoding = choose(lsp_value_at(can, "general.positionEncodings")),
        .versions = lsp_value_is_true(publish, "versionSupport"),
        .related = lsp_value_is_true(publish, "relatedInformation"),
        .descriptions = lsp_value_is_true(publish, "codeDescriptionSupport"),
        .document_changes =
            lsp_value_is_true(can, "workspace.workspaceEdit.documentChanges"),
        .literals = lsp_value_at(action, "codeActionLiteralSupport") != NULL,
        .preferred = lsp_value_is_true(action, "isPreferredSupport"),
        .disabled = lsp_value_is_true(action, "disabledSupport"),
    };
}

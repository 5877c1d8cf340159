#include "cmd/lsp/lsp_diagnostics.h"

#include <inttypes.h>
#include <stdio.h>

#include "cmd/lsp/lsp_answer.h"

#define ABOUT                                                                  \
    "https://codeql.github.com/codeql-query-help/python/"                      \
    "py-insecure-temporary-file/"

enum severity { SEVERITY_ERROR = 1, SEVERITY_WARNING };

static void begin(struct json *json, const struct lsp_range *range,
                  enum severity severity, const char *code)
{
    json_open(json, NULL, '{');
    lsp_answer_range(json, "range", range);
    json_value(json, "severity", "%d", (int)severity);
    json_words(json, "code", code);
    json_words(json, "source", "tmpguard");
}

/* The lines of the statement, if it has others than the call: where a comment
 * excuses. */
static void related(struct json *json, const struct lsp_document *document,
                    const struct finding *finding)
{
    struct lsp_range range = { { finding->statement_first - 1, 0 },
                               { finding->statement_last, 0 } };

    if (finding->statement_first == finding->range.start.line &&
        finding->statement_last == finding->range.end.line)
        return;
    json_open(json, "relatedInformation", '[');
    json_open(json, NULL, '{');
    json_open(json, "location", '{');
    json_words(json, "uri", document->uri);
    lsp_answer_range(json, "range", &range);
    json_close(json, '}');
    json_words(json, "message",
               "the statement that it is part of: a comment that excuses it "
               "stands on one of these lines, or alone above them");
    json_close(json, '}');
    json_close(json, ']');
}

/* What is wrong, and what to write instead. */
static void message(struct json *json, const struct target_info *target)
{
    struct buffer words = BUFFER_EMPTY;

    buffer_format(&words, "%s\n%s", target->message, target->remedy);
    json_text(json, "message", buffer_view(&words));
    buffer_release(&words);
}

void lsp_diagnostics_finding(struct json *json,
                             const struct lsp_document *document,
                             const struct lsp_client *client,
                             const struct finding *finding)
{
    struct lsp_range range =
        lsp_document_range(document, client->encoding, finding->offset,
                           finding->offset + finding->size);

    begin(json, &range, SEVERITY_ERROR, LSP_CODE);
    if (client->descriptions) {
        json_open(json, "codeDescription", '{');
        json_words(json, "href", ABOUT);
        json_close(json, '}');
    }
    message(json, rule_target(finding->target));
    if (client->related)
        related(json, document, finding);
    json_close(json, '}');
}

/* About the whole document, shown at its first line. */
static void remark(struct json *json, enum severity severity, const char *code,
                   const char *before, const char *words)
{
    const struct lsp_range range = { { 0, 0 }, { 1, 0 } };
    struct buffer message = BUFFER_EMPTY;

    begin(json, &range, severity, code);
    buffer_format(&message, "%s%s", before, words);
    json_text(json, "message", buffer_view(&message));
    json_close(json, '}');
    buffer_release(&message);
}

static void findings(struct json *json, const struct lsp_document *document,
                     const struct lsp_client *client)
{
    size_t shown = 0;
    char words[64];

    for (size_t i = 0; i < document->facts.findings_count; i++) {
        const struct finding *finding = &document->facts.findings[i];

        if (lsp_document_shows(document, finding) &&
            shown++ < LSP_DIAGNOSTICS_MAX)
            lsp_diagnostics_finding(json, document, client, finding);
    }
    if (shown <= LSP_DIAGNOSTICS_MAX)
        return;
    snprintf(words, sizeof(words), "%zu", shown - LSP_DIAGNOSTICS_MAX);
    remark(json, SEVERITY_ERROR, LSP_CODE,
           "more findings than are shown here: ", words);
}

static void begin_list(struct lsp_answer *answer,
                       const struct lsp_document *document)
{
    lsp_answer_notify(answer, "textDocument/publishDiagnostics");
    json_open(&answer->json, "params", '{');
    json_words(&answer->json, "uri", document->uri);
}

static void end_list(struct lsp_answer *answer, struct buffer *out)
{
    json_close(&answer->json, ']');
    json_close(&answer->json, '}');
    lsp_answer_send(answer, out);
}

void lsp_diagnostics_publish(struct buffer *out,
                             const struct lsp_document *document,
                             const struct lsp_client *client)
{
    struct lsp_answer answer;

    begin_list(&answer, document);
    if (client->versions)
        json_value(&answer.json, "version", "%" PRId64, document->version);
    json_open(&answer.json, "diagnostics", '[');
    if (document->trouble)
        remark(&answer.json, SEVERITY_WARNING, LSP_CODE_INCOMPLETE,
               "incomplete: calls may be missing here: ", document->trouble);
    findings(&answer.json, document, client);
    end_list(&answer, out);
}

void lsp_diagnostics_clear(struct buffer *out,
                           const struct lsp_document *document)
{
    struct lsp_answer answer;

    begin_list(&answer, document);
    json_open(&answer.json, "diagnostics", '[');
    end_list(&answer, out);
}

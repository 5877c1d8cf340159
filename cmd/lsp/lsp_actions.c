#include "cmd/lsp/lsp_actions.h"

#include <inttypes.h>
#include <string.h>

#include "cmd/lsp/lsp_answer.h"
#include "cmd/lsp/lsp_diagnostics.h"
#include "cmd/lsp/lsp_repairs.h"

/* A request under way. */
struct ask {
    struct json *json;
    struct lsp_document *document;
    const struct lsp_client *client;
    struct memo *memo;
    struct lsp_range range;
    bool by_line; /* what is on a line of the range counts, too */
};

/* ---- what is asked ------------------------------------------------------- */

static bool read_place(struct json_object *value, struct lsp_place *place)
{
    int64_t line, character;

    if (!lsp_value_number(value, "line", &line) ||
        !lsp_value_number(value, "character", &character) || line < 0 ||
        character < 0 || line > UINT32_MAX || character > UINT32_MAX)
        return false;
    *place = (struct lsp_place){ (uint32_t)line, (uint32_t)character };
    return true;
}

bool lsp_actions_range(struct json_object *value, const char *name,
                       struct lsp_range *range)
{
    struct json_object *found = lsp_value_at(value, name);

    return read_place(lsp_value_at(found, "start"), &range->start) &&
           read_place(lsp_value_at(found, "end"), &range->end);
}

/* Is the kind, or one that it is part of, among those that are wanted? */
static bool is_kind(const char *kind, struct json_object *only)
{
    for (size_t i = 0; i < lsp_value_count(only); i++) {
        struct text wanted;

        if (!lsp_value_text(lsp_value_item(only, i), "", &wanted))
            continue;
        if (wanted.size == 0 ||
            (strncmp(kind, wanted.bytes, wanted.size) == 0 &&
             (kind[wanted.size] == '\0' || kind[wanted.size] == '.')))
            return true;
    }
    return false;
}

static bool is_before(struct lsp_place a, struct lsp_place b)
{
    return a.line != b.line ? a.line < b.line : a.character < b.character;
}

/* Is it shown, and do they touch? A cursor is empty. */
static bool is_asked(const struct ask *ask, const struct finding *finding)
{
    struct lsp_range range, asked = ask->range;

    if (!lsp_document_shows(ask->document, finding))
        return false;
    range =
        lsp_document_range(ask->document, ask->client->encoding,
                           finding->offset, finding->offset + finding->size);
    if (ask->by_line) {
        asked.start.character = 0;
        asked.end.character = UINT32_MAX;
    }
    return !is_before(range.end, asked.start) &&
           !is_before(asked.end, range.start);
}

/* Some editors ask for the cursor's place, others for the diagnostic's. */
static bool asks_for_none(const struct ask *ask)
{
    for (size_t i = 0; i < ask->document->facts.findings_count; i++)
        if (is_asked(ask, &ask->document->facts.findings[i]))
            return false;
    return true;
}

/* ---- edits --------------------------------------------------------------- */

static void open_edits(const struct ask *ask)
{
    struct json *json = ask->json;
    const struct lsp_document *document = ask->document;

    json_open(json, "edit", '{');
    if (!ask->client->document_changes) {
        json_open(json, "changes", '{');
        json_open_text(json, text_of(document->uri), '[');
        return;
    }
    json_open(json, "documentChanges", '[');
    json_open(json, NULL, '{');
    json_open(json, "textDocument", '{');
    json_words(json, "uri", document->uri);
    json_value(json, "version", "%" PRId64, document->version);
    json_close(json, '}');
    json_open(json, "edits", '[');
}

static void close_edits(const struct ask *ask)
{
    json_close(ask->json, ']');
    json_close(ask->json, '}');
    if (ask->client->document_changes)
        json_close(ask->json, ']');
    json_close(ask->json, '}');
}

static void edit(const struct ask *ask, size_t start, size_t end,
                 struct text with)
{
    struct lsp_range range =
        lsp_document_range(ask->document, ask->client->encoding, start, end);

    json_open(ask->json, NULL, '{');
    lsp_answer_range(ask->json, "range", &range);
    json_text(ask->json, "newText", with);
    json_close(ask->json, '}');
}

/* ---- actions ------------------------------------------------------------- */

static void open_action(const struct ask *ask, const char *title,
                        const char *why, const char *kind)
{
    struct buffer words = BUFFER_EMPTY;

    buffer_format(&words, "%s%s", title, why);
    json_open(ask->json, NULL, '{');
    json_text(ask->json, "title", buffer_view(&words));
    json_words(ask->json, "kind", kind);
    buffer_release(&words);
}

static void solves(const struct ask *ask, const struct finding *finding)
{
    json_open(ask->json, "diagnostics", '[');
    lsp_diagnostics_finding(ask->json, ask->document, ask->client, finding);
    json_close(ask->json, ']');
}

/* There is none: say why. */
static void explain(const struct ask *ask, const struct finding *finding)
{
    const char *why = lsp_repairs_why(ask->document, finding);

    if (!why || !ask->client->disabled)
        return;
    open_action(ask, "Repair", "", LSP_QUICKFIX);
    solves(ask, finding);
    json_open(ask->json, "disabled", '{');
    json_words(ask->json, "reason", why);
    json_close(ask->json, '}');
    json_close(ask->json, '}');
}

static void repair(const struct ask *ask, const struct finding *finding)
{
    struct remedy *remedy = lsp_repairs_of(ask->document, finding);
    bool safe = remedy && remedy->verdict.tier == FIX_SAFE;

    if (!remedy) {
        explain(ask, finding);
        return;
    }
    open_action(ask, safe ? "Repair: " : "Repair, and look at it: ",
                remedy->verdict.why, LSP_QUICKFIX);
    solves(ask, finding);
    if (safe && ask->client->preferred)
        json_bool(ask->json, "isPreferred", true);
    open_edits(ask);
    for (size_t i = 0; i < remedy->changes_count; i++) {
        const struct remedy_change *change = &remedy->changes[i];

        edit(ask, change->start, change->end,
             (struct text){ change->with, change->size });
    }
    close_edits(ask);
    json_close(ask->json, '}');
    remedy_free(remedy);
}

/* Where no comment excuses anything, there is none to offer. */
static void excuse(const struct ask *ask, size_t number)
{
    const struct lsp_document *document = ask->document;
    unsigned excuses = policy_level(&document->home.policy, POLICY_EXCUSES);
    struct buffer what = BUFFER_EMPTY;
    size_t at;

    if (excuses != EXCUSES_NONE &&
        lsp_repairs_excuse(document, number, ask->memo, &at, &what)) {
        open_action(ask, "Excuse it by a comment, behind which the reason ",
                    excuses == EXCUSES_REASONED ? "has to stand" : "can stand",
                    LSP_QUICKFIX);
        solves(ask, &document->facts.findings[number]);
        open_edits(ask);
        edit(ask, at, at, buffer_view(&what));
        close_edits(ask);
        json_close(ask->json, '}');
    }
    buffer_release(&what);
}

static void repair_all(const struct ask *ask)
{
    const struct edits *edits = lsp_repairs_all(ask->document);

    if (!edits)
        return;
    open_action(ask, "Repair all calls that can be repaired with certainty", "",
                LSP_FIX_ALL);
    open_edits(ask);
    for (size_t i = 0; i < edits->items_count; i++)
        edit(ask, edits->items[i].start, edits->items[i].end,
             edits_text(edits, &edits->items[i]));
    close_edits(ask);
    json_close(ask->json, '}');
}

static void each_finding(struct ask *ask)
{
    const struct facts *facts = &ask->document->facts;

    ask->by_line = asks_for_none(ask);
    for (size_t i = 0; i < facts->findings_count; i++) {
        if (!is_asked(ask, &facts->findings[i]))
            continue;
        repair(ask, &facts->findings[i]);
        excuse(ask, i);
    }
}

void lsp_actions(struct json *json, struct lsp_document *document,
                 const struct lsp_client *client, struct memo *memo,
                 struct json_object *params)
{
    struct json_object *only = lsp_value_at(params, "context.only");
    struct ask ask = {
        .json = json, .document = document, .client = client, .memo = memo
    };

    json_open(json, "result", '[');
    if (client->literals && lsp_actions_range(params, "range", &ask.range)) {
        if (!only || is_kind(LSP_QUICKFIX, only))
            each_finding(&ask);
        if (is_kind(LSP_FIX_ALL, only) && document->facts.findings_count)
            repair_all(&ask);
    }
    json_close(json, ']');
}

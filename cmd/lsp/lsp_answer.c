#include "cmd/lsp/lsp_answer.h"

#include <inttypes.h>

#include "cmd/lsp/lsp_stream.h"

static void open_body(struct lsp_answer *answer)
{
    answer->body = BUFFER_EMPTY;
    answer->json = JSON_TO(&answer->body);
    json_open(&answer->json, NULL, '{');
    json_words(&answer->json, "jsonrpc", "2.0");
}

void lsp_answer_open(struct lsp_answer *answer, struct json_object *id)
{
    struct text text;
    int64_t number;

    open_body(answer);
    if (lsp_value_text(id, "", &text))
        json_text(&answer->json, "id", text);
    else if (lsp_value_number(id, "", &number))
        json_value(&answer->json, "id", "%" PRId64, number);
    else
        json_null(&answer->json, "id");
}

void lsp_answer_notify(struct lsp_answer *answer, const char *method)
{
    open_body(answer);
    json_words(&answer->json, "method", method);
}

void lsp_answer_send(struct lsp_answer *answer, struct buffer *out)
{
    json_close(&answer->json, '}');
    lsp_stream_frame(out, buffer_view(&answer->body));
    buffer_release(&answer->body);
}

void lsp_answer_error(struct buffer *out, struct json_object *id,
                      enum lsp_error code, const char *words)
{
    struct lsp_answer answer;

    lsp_answer_open(&answer, id);
    json_open(&answer.json, "error", '{');
    json_value(&answer.json, "code", "%d", (int)code);
    json_words(&answer.json, "message", words);
    json_close(&answer.json, '}');
    lsp_answer_send(&answer, out);
}

void lsp_answer_null(struct buffer *out, struct json_object *id)
{
    struct lsp_answer answer;

    lsp_answer_open(&answer, id);
    json_null(&answer.json, "result");
    lsp_answer_send(&answer, out);
}

static void place(struct json *json, const char *name, struct lsp_place place)
{
    json_open(json, name, '{');
    json_value(json, "line", "%" PRIu32, place.line);
    json_value(json, "character", "%" PRIu32, place.character);
    json_close(json, '}');
}

void lsp_answer_range(struct json *json, const char *name,
                      const struct lsp_range *range)
{
    json_open(json, name, '{');
    place(json, "start", range->start);
    place(json, "end", range->end);
    json_close(json, '}');
}

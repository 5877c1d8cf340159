/*
 * Any bytes as what an editor says: as a stream of messages, as changes of a
 * text, and as the text and the changes of a document that a server looks at.
 * Messages lie within what came; a text keeps what was not changed, and its
 * places lead back to its bytes; what the server says is within the text.
 */
#include <string.h>

#include "cmd/lsp/lsp_server.h"
#include "cmd/lsp/lsp_stream.h"
#include "cmd/lsp/lsp_text.h"
#include "cmd/lsp/lsp_value.h"
#include "cmd/terminal/json.h"
#include "cmd/terminal/utf8.h"
#include "tests/fuzz/fuzz.h"

#define TEXT_MAX 4096 /* a longer one shows nothing new */

/* What is left of the input. */
struct input {
    const uint8_t *bytes;
    size_t size;
};

static uint8_t take_byte(struct input *input)
{
    if (!input->size)
        return 0;
    input->size--;
    return *input->bytes++;
}

static struct text take_text(struct input *input)
{
    size_t size = take_byte(input);
    struct text text = { (const char *)input->bytes, size };

    if (size > input->size)
        text.size = input->size;
    input->bytes += text.size;
    input->size -= text.size;
    return text.size ? text : TEXT_EMPTY;
}

static struct lsp_range take_range(struct input *input)
{
    struct lsp_range range;

    range.start.line = take_byte(input) % 16;
    range.start.character = take_byte(input);
    range.end.line = range.start.line + take_byte(input) % 4;
    range.end.character = take_byte(input);
    return range;
}

/* ---- a stream ------------------------------------------------------------ */

static void read_stream(struct input input)
{
    size_t piece = 1 + (size_t)take_byte(&input), taken = 0;
    struct lsp_stream stream = { .used = 0 };
    struct error err;
    int found = 0;

    for (size_t at = 0; at < input.size && found >= 0; at += piece) {
        size_t rest = input.size - at < piece ? input.size - at : piece;
        struct text body;

        lsp_stream_feed(&stream,
                        (struct text){ (const char *)input.bytes + at, rest });
        while ((found = lsp_stream_next(&stream, &body, &err)) == 1) {
            HOLDS(body.bytes >= stream.in.bytes &&
                  body.bytes + body.size == stream.in.bytes + stream.used);
            lsp_value_free(lsp_value_read(body, &err));
            taken += body.size;
        }
        HOLDS(taken <= at + rest);
    }
    lsp_stream_release(&stream);
}

/* ---- a text -------------------------------------------------------------- */

static void check_places(struct text text, enum lsp_encoding encoding)
{
    struct lsp_lines lines = LSP_LINES_EMPTY;

    lsp_lines_find(&lines, text);
    for (size_t at = 0; at <= text.size;) {
        struct lsp_place place = lsp_text_place(text, &lines, encoding, at);
        size_t back = lsp_text_offset(text, encoding, place);

        /* Between CR and LF there is no place. */
        HOLDS(back == at || (text.bytes[at] == '\n' && at > 0 &&
                             text.bytes[at - 1] == '\r' && back == at - 1));
        at += at < text.size ? utf8_next(text, at).size : 1;
    }
    lsp_lines_release(&lines);
}

/* What stands before and behind a change is what stood there. */
static void check_change(struct text before, struct text after,
                         const struct lsp_range *range,
                         enum lsp_encoding encoding, struct text with)
{
    size_t start = lsp_text_offset(before, encoding, range->start);
    size_t end = lsp_text_offset(before, encoding, range->end);

    HOLDS(start <= end && end <= before.size);
    HOLDS(after.size == before.size - (end - start) + with.size);
    HOLDS(
        text_equal(text_slice(before, 0, start), text_slice(after, 0, start)));
    HOLDS(text_equal(with, text_slice(after, start, start + with.size)));
    HOLDS(text_equal(text_slice(before, end, before.size),
                     text_slice(after, start + with.size, after.size)));
}

static void change_text(struct input input)
{
    enum lsp_encoding encoding = take_byte(&input) & 1 ? LSP_UTF8 : LSP_UTF16;
    struct buffer text = BUFFER_EMPTY, before = BUFFER_EMPTY;

    while (input.size && text.size < TEXT_MAX) {
        struct lsp_range range = take_range(&input);
        struct text with = take_text(&input);

        buffer_clear(&before);
        buffer_text(&before, buffer_view(&text));
        if (lsp_text_replace(&text, encoding, &range, with))
            check_change(buffer_view(&before), buffer_view(&text), &range,
                         encoding, with);
        else
            HOLDS(text_equal(buffer_view(&before), buffer_view(&text)));
    }
    check_places(buffer_view(&text), encoding);
    buffer_release(&before);
    buffer_release(&text);
}

/* ---- a server ------------------------------------------------------------ */

static void say(struct lsp_server *server, struct json *json)
{
    json_close(json, '}');
    json_close(json, '}');
    lsp_server_take(server, buffer_view(json->out));
}

static struct json begin(struct buffer *body, const char *method, bool asks)
{
    struct json json = JSON_TO(body);

    buffer_clear(body);
    json_open(&json, NULL, '{');
    if (asks)
        json_value(&json, "id", "1");
    json_words(&json, "method", method);
    json_open(&json, "params", '{');
    if (strcmp(method, "initialize") == 0)
        return json;
    json_open(&json, "textDocument", '{');
    json_words(&json, "uri", "untitled:a");
    json_words(&json, "languageId", "python");
    json_value(&json, "version", "1");
    return json;
}

static void put_place(struct json *json, const char *name,
                      struct lsp_place place)
{
    json_open(json, name, '{');
    json_value(json, "line", "%u", (unsigned)place.line);
    json_value(json, "character", "%u", (unsigned)place.character);
    json_close(json, '}');
}

static void put_range(struct json *json, const struct lsp_range *range)
{
    json_open(json, "range", '{');
    put_place(json, "start", range->start);
    put_place(json, "end", range->end);
    json_close(json, '}');
}

static void start(struct lsp_server *server, struct buffer *body, bool utf8)
{
    struct json json = begin(body, "initialize", true);

    json_open(&json, "capabilities", '{');
    json_open(&json, "general", '{');
    json_open(&json, "positionEncodings", '[');
    json_words(&json, NULL, utf8 ? "utf-8" : "utf-16");
    json_close(&json, ']');
    json_close(&json, '}');
    json_open(&json, "textDocument", '{');
    json_open(&json, "codeAction", '{');
    json_open(&json, "codeActionLiteralSupport", '{');
    json_close(&json, '}');
    json_close(&json, '}');
    json_close(&json, '}');
    json_close(&json, '}');
    say(server, &json);
}

static void open_document(struct lsp_server *server, struct buffer *body,
                          struct text text)
{
    struct json json = begin(body, "textDocument/didOpen", false);

    json_text(&json, "text", text);
    json_close(&json, '}');
    say(server, &json);
}

static void change_document(struct lsp_server *server, struct buffer *body,
                            const struct lsp_range *range, struct text with)
{
    struct json json = begin(body, "textDocument/didChange", false);

    json_close(&json, '}');
    json_open(&json, "contentChanges", '[');
    json_open(&json, NULL, '{');
    put_range(&json, range);
    json_text(&json, "text", with);
    json_close(&json, '}');
    json_close(&json, ']');
    say(server, &json);
}

static void ask_actions(struct lsp_server *server, struct buffer *body)
{
    static const struct lsp_range all = { { 0, 0 }, { 1000, 0 } };
    struct json json = begin(body, "textDocument/codeAction", true);

    json_close(&json, '}');
    put_range(&json, &all);
    say(server, &json);
}

/* All that the server says are messages, as it would read them itself. */
static void check_said(const struct buffer *out)
{
    struct lsp_stream stream = { .used = 0 };
    struct error err;
    struct text body;
    int found;

    lsp_stream_feed(&stream, buffer_view(out));
    while ((found = lsp_stream_next(&stream, &body, &err)) == 1) {
        struct json_object *message = lsp_value_read(body, &err);

        HOLDS(message);
        lsp_value_free(message);
    }
    HOLDS(found == 0 && !lsp_stream_is_within(&stream));
    lsp_stream_release(&stream);
}

static void serve(struct input input)
{
    struct lsp_server *server = lsp_server_open();
    struct buffer body = BUFFER_EMPTY, out = BUFFER_EMPTY;

    start(server, &body, take_byte(&input) & 1);
    open_document(server, &body, take_text(&input));
    for (int i = 0; input.size && i < 8; i++) {
        struct lsp_range range = take_range(&input);

        change_document(server, &body, &range, take_text(&input));
        ask_actions(server, &body);
        lsp_server_work(server, &out);
    }
    check_said(&out);
    HOLDS(lsp_server_ended(server) == LSP_GOES_ON);
    lsp_server_close(server);
    buffer_release(&body);
    buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct input input = { bytes, size };
    static void (*const kinds[])(struct input input) = { read_stream,
                                                         change_text, serve };

    kinds[take_byte(&input) % 3](input);
    return 0;
}
